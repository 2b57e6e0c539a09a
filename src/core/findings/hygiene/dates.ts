import type { RuleInput } from '../rule.ts';
import type { Day } from '../../time/day.ts';
import type { ItemView } from '../../view/view.ts';
import { checked, ofItem } from './hygiene-rule.ts';
import type { HygieneResult } from './hygiene-rule.ts';

/** H06: an epic in progress without a target date or a version. */
export function checkEpicTargets({ view }: RuleInput): HygieneResult {
  const epics = view.counted.filter(({ type, isDone, status }) => type.isEpic && !isDone && status.phase === 'started');
  return checked(epics.filter(({ dueOn, fixVersionIds }) => dueOn === null && fixVersionIds.length === 0).map(ofItem));
}

/** H07: an open item that is due after its parent, or after the date of a version that it is meant for. */
export function checkDueOrder({ view }: RuleInput): HygieneResult {
  const releaseOf = new Map(view.versions.map(({ version, releaseOn }) => [version.id, releaseOn]));
  const limitsOf = (item: ItemView): readonly Day[] => {
    const parent = item.parentKey === null ? undefined : view.itemsByKey.get(item.parentKey);
    const limits = [
      parent && !parent.isDone ? parent.dueOn : null,
      ...item.fixVersionIds.map((id) => releaseOf.get(id)),
    ];
    return limits.filter((day): day is Day => day !== null && day !== undefined);
  };
  const open = view.items.filter(({ isDone, dueOn, goneAt }) => !isDone && dueOn !== null && goneAt === null);
  return checked(open.filter((item) => limitsOf(item).some((limit) => item.dueOn! > limit)).map(ofItem));
}
