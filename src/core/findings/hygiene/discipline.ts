import { openWork, workInProgress } from '../open-work.ts';
import type { RuleInput } from '../rule.ts';
import { addDays } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import type { ItemView, Phase, ProjectView } from '../../view/view.ts';
import { checked, notCollected, ofItem, ofOther } from './hygiene-rule.ts';
import type { HygieneResult } from './hygiene-rule.ts';

/** Start of the days that the rules about what was done look back at. */
export function lookBackFrom({ calendar, today }: ProjectView, days: number): Instant {
  return calendar.zone.startOf(addDays(today, -days));
}

/** H16: finished lately without ever having been in progress; items with a cut history are not judged. */
export function checkNeverStarted({ view, thresholds }: RuleInput): HygieneResult {
  const since = lookBackFrom(view, thresholds.hygiene.recentDays);
  const known = view.counted.filter(({ isComplete, type }) => isComplete && !type.isEpic);
  if (known.length === 0) return notCollected('noHistory');
  const skipped = known.filter(
    ({ isDelivered, startedAt, doneAt }) => isDelivered && startedAt === null && doneAt !== null && doneAt >= since,
  );
  return checked(skipped.map(({ key }) => ofOther(key, [key])));
}

const rank: Readonly<Record<Phase, number | null>> = { 'not-started': 0, started: 1, done: 2, unmapped: null };

/** H17: moved back lately across the category of its status: from done to started, from started to not started. */
export function checkBackwardMoves({ view, thresholds }: RuleInput): HygieneResult {
  const since = lookBackFrom(view, thresholds.hygiene.recentDays);
  const known = view.counted.filter(({ isComplete }) => isComplete);
  if (known.length === 0) return notCollected('noHistory');
  const back = known.filter(({ statusSince, past }) => statusSince >= since && movedBack(past.status, since));
  return checked(back.map((item) => (item.isDone ? ofOther(item.key, [item.key]) : ofItem(item))));
}

function movedBack(steps: ItemView['past']['status'], since: Instant): boolean {
  let before: number | null = null;
  for (const { at, value } of steps) {
    const now = rank[value.phase];
    if (before !== null && now !== null && now < before && at >= since) return true;
    before = now ?? before;
  }
  return false;
}

/** H26: in progress without a description. Sub-tasks stand for parts of what their parent describes. */
export function checkDescriptions({ view }: RuleInput): HygieneResult {
  if (view.counted.every(({ hasDescription }) => hasDescription === null)) return notCollected('noDescriptions');
  return checked(
    workInProgress(view)
      .filter(({ hasDescription }) => hasDescription === false)
      .map(ofItem),
  );
}

/** The names of the highest priority in the usual schemes; a scheme that knows neither is not judged. */
const highest = new Set(['highest', 'blocker']);

/** H24: the highest priority on more than 15 % of the open items: then it says nothing. One breach. */
export function checkPriorities({ view, thresholds }: RuleInput): HygieneResult {
  const rated = openWork(view).filter(({ priority }) => priority !== null);
  if (rated.length === 0) return notCollected('noPriority');
  const top = rated.filter(({ priority }) => highest.has(priority!.toLowerCase())).map(({ key }) => key);
  const share = top.length / rated.length;
  const isMany = top.length > 1 && share > thresholds.hygiene.highestShare;
  return checked(isMany ? [ofOther('priority', top)] : [], { share });
}
