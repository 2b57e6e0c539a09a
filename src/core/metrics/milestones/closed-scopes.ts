import type { ClosedScope } from '../forecast/demand.ts';
import type { ProjectView } from '../../view/view.ts';
import { isDoneAt } from '../../view/item-clock.ts';
import type { Finished } from './finished-milestones.ts';
import { measureSlip } from './slip.ts';

/**
 * How many items each finished milestone had when it was promised, and how many were finished in it (metrics.md 3.4, split
 * rate). Without a known promise it was promised when the first of its items was started.
 */
export function closedScopes(view: ProjectView, finished: readonly Finished[]): readonly ClosedScope[] {
  const { zone } = view.calendar;
  return finished.flatMap(({ milestone, endedAt }) => {
    const { dates: history, commitments, startOn, scopeAt, isBaselineKnown } = milestone;
    const slip = measureSlip({ history, commitments, startOn, finishedOn: null, asOf: endedAt }, view.calendar);
    const promisedAt =
      (isBaselineKnown ? slip.committedAt : null) ?? (startOn === null ? null : zone.endOf(startOn) - 1);
    if (promisedAt === null || promisedAt >= endedAt) return [];
    const done = scopeAt(endedAt).filter((item) => isDoneAt(item, endedAt));
    return [{ promised: scopeAt(promisedAt).length, finished: done.length }];
  });
}
