import { workInProgress } from '../open-work.ts';
import type { RuleInput } from '../rule.ts';
import type { ItemKey } from '../../model/ids.ts';
import type { ItemView, WorklogView } from '../../view/view.ts';
import { lookBackFrom } from './discipline.ts';
import { checked, notApplicable, notCollected, ofItem, ofOther } from './hygiene-rule.ts';
import type { HygieneHit, HygieneResult } from './hygiene-rule.ts';

/**
 * H18: time logged lately on an item more than five working days after it was closed; and, where the team has to log its
 * work, an item in progress for more than five working days on which, or on whose sub-tasks, nothing was logged since.
 */
export function checkWorklogs({ view, thresholds }: RuleInput): HygieneResult {
  const { worklogs, settings } = view;
  if (worklogs === null) return notCollected('noWorklogs');
  const isMandatory = settings.worklogs === 'mandatory';
  if (worklogs.length === 0 && !isMandatory) return notApplicable('nothingLogged');
  return checked([
    ...loggedLate({ view, thresholds }, worklogs),
    ...(isMandatory ? notLogged({ view, thresholds }, worklogs) : []),
  ]);
}

function loggedLate(
  { view, thresholds }: Pick<RuleInput, 'view' | 'thresholds'>,
  worklogs: readonly WorklogView[],
): HygieneHit[] {
  const { calendar } = view;
  const { recentDays, worklogWorkingDays } = thresholds.hygiene;
  const since = lookBackFrom(view, recentDays);
  const dayAt = (at: number) => calendar.zone.dayAt(at);
  const isLate = ({ item, createdAt }: WorklogView) =>
    createdAt >= since &&
    item.doneAt !== null &&
    createdAt > item.doneAt &&
    calendar.distance(dayAt(item.doneAt), dayAt(createdAt)) > worklogWorkingDays;
  const keys = new Set(worklogs.filter(isLate).map(({ item }) => item.key));
  return [...keys].sort().map((key) => ofOther(key, [key]));
}

function notLogged(
  { view, thresholds }: Pick<RuleInput, 'view' | 'thresholds'>,
  worklogs: readonly WorklogView[],
): HygieneHit[] {
  const { calendar, today } = view;
  const lastAt = new Map<ItemKey, number>();
  const note = (key: ItemKey, at: number) => lastAt.set(key, Math.max(at, lastAt.get(key) ?? at));
  for (const { item, startedAt } of worklogs) {
    note(item.key, startedAt);
    if (item.type.isSubtask && item.parentKey !== null) note(item.parentKey, startedAt);
  }
  const isSilent = ({ key, startedAt }: ItemView & { readonly startedAt: number }) => {
    const begunOn = calendar.zone.dayAt(startedAt);
    if (calendar.distance(begunOn, today) <= thresholds.hygiene.worklogWorkingDays) return false;
    // Time is often logged for a day, at whatever hour.
    return (lastAt.get(key) ?? -Infinity) < calendar.zone.startOf(begunOn);
  };
  return workInProgress(view).filter(isSilent).map(ofItem);
}
