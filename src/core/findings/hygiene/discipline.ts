import { openWork, workInProgress } from '../open-work.ts';
import type { RuleInput } from '../rule.ts';
import { addDays } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import type { ItemView, Phase, ProjectView } from '../../view/view.ts';
import { checked, notApplicable, notCollected, ofItem, ofOther } from './hygiene-rule.ts';
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

/** The usual schemes, each from its highest priority down; a project with none of these names is not judged. */
const schemes = [
  ['highest', 'high', 'medium', 'low', 'lowest'],
  ['blocker', 'critical', 'major', 'minor', 'trivial'],
  ['urgent', 'high', 'medium', 'normal', 'low'],
  ['critical', 'high', 'medium', 'low'],
] as const;

/**
 * The highest priority of the scheme that a project uses: the one with most of the names that its items bear, of several
 * the first. "Critical" is the highest of one and the second of another. Null where none is known.
 */
function highestOf(items: readonly ItemView[]): string | null {
  const used = new Set(items.flatMap(({ priority }) => priority?.trim().toLowerCase() ?? []));
  const known = schemes.map((scheme) => ({ top: scheme[0], n: scheme.filter((name) => used.has(name)).length }));
  const best = Math.max(...known.map(({ n }) => n));
  return best === 0 ? null : known.find(({ n }) => n === best)!.top;
}

/** H24: the highest priority on more than 15 % of the open items: then it says nothing. One breach. */
export function checkPriorities({ view, thresholds }: RuleInput): HygieneResult {
  const rated = openWork(view).filter(({ priority }) => priority !== null);
  if (rated.length === 0) return notCollected('noPriority');
  const highest = highestOf(view.counted);
  if (highest === null) return notApplicable('unknownPriorities');
  const top = rated.filter(({ priority }) => priority!.trim().toLowerCase() === highest).map(({ key }) => key);
  const share = top.length / rated.length;
  const isMany = top.length > 1 && share > thresholds.hygiene.highestShare;
  return checked(isMany ? [ofOther('priority', top)] : [], { share });
}
