import { openWork } from '../open-work.ts';
import type { RuleInput } from '../rule.ts';
import { accountOfSprint } from '../../metrics/sprints/measure-sprints.ts';
import type { ItemKey } from '../../model/ids.ts';
import type { ItemView } from '../../view/view.ts';
import { checked, notApplicable, ofItem, ofOther } from './hygiene-rule.ts';
import type { HygieneResult } from './hygiene-rule.ts';

/** H09: done with open sub-tasks, or open with everything below it done. */
export function checkParents({ view }: RuleInput): HygieneResult {
  const below = new Map<ItemKey, ItemView[]>();
  for (const item of view.items) {
    if (item.parentKey === null) continue;
    const known = below.get(item.parentKey);
    if (known) known.push(item);
    else below.set(item.parentKey, [item]);
  }
  const hits = [...below].flatMap(([key, children]) => {
    const parent = view.itemsByKey.get(key);
    if (!parent || parent.goneAt !== null) return [];
    const open = children.filter(({ isDone }) => !isDone);
    if (!parent.isDone) return open.length === 0 ? [ofItem(parent)] : [];
    const left = open.filter(({ type }) => type.isSubtask).map((child) => child.key);
    return left.length > 0 ? [ofOther(key, [key, ...left])] : [];
  });
  return checked(hits);
}

/** H25: an open item in several sprints that run at once. */
export function checkSeveralSprints({ view }: RuleInput): HygieneResult {
  const running = new Set(view.sprints.flatMap(({ sprint, state }) => (state === 'active' ? [sprint.id] : [])));
  const isTwice = ({ sprintIds }: ItemView) => sprintIds.filter((id) => running.has(id)).length > 1;
  return checked(openWork(view).filter(isTwice).map(ofItem));
}

/** H15: an open item that came into a running sprint after its start, without a label that says why. */
export function checkLateAdditions({ view, thresholds }: RuleInput): HygieneResult {
  const reasons = new Set(view.settings.sprintReasons?.map((label) => label.toLowerCase()));
  if (reasons.size === 0) return notApplicable('noReasonLabel');
  const hits = view.sprints
    .filter(({ state, startedAt }) => state === 'active' && startedAt !== null)
    .flatMap((sprint) => [...accountOfSprint(view, sprint, thresholds.sprints.graceMinutes).items])
    .filter(([, { added }]) => added)
    .flatMap(([key]) => view.itemsByKey.get(key) ?? [])
    .filter(({ isDone, labels }) => !isDone && !labels.some((label) => reasons.has(label.toLowerCase())));
  return checked(hits.map(ofItem));
}

/** Shorter summaries ("Fix tests") are the same by chance. */
const leastLetters = 12;

/**
 * H27: open items of the same summary, whatever its case, blanks and punctuation, and whatever their type: a bug is reported
 * as a task as well. An epic is called as what it is made of; it is a duplicate of other epics only. One breach a group.
 */
export function checkDuplicates({ view }: RuleInput): HygieneResult {
  const alike = new Map<string, ItemKey[]>();
  for (const { key, summary, type } of openWork(view)) {
    const text = summary
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    if (text.length < leastLetters) continue;
    const id = `${type.isEpic} ${text}`;
    const known = alike.get(id);
    if (known) known.push(key);
    else alike.set(id, [key]);
  }
  const groups = [...alike.values()].filter((keys) => keys.length > 1);
  // The first one may stay as it is: the others are to be merged into it.
  return checked(
    groups.map(([first, ...others]) => ({ subject: first!, items: others, evidence: [first!, ...others] })),
  );
}
