import type { Finding } from '../../findings/finding.ts';
import { isLeftover } from '../../findings/leftover.ts';
import { findBlocked } from '../../findings/rules/blocked.ts';
import { findStaleInProgress } from '../../findings/rules/stale-in-progress.ts';
import { keyOf, promiseOf } from './signal-input.ts';
import type { SignalRule } from './signal-input.ts';
import { createStayOdds } from './stay-odds.ts';

/**
 * Work that stands still: blocked for days, or in progress without any change. One alert an item, blocked first, since
 * that says what to do. Its chance of trouble is that of standing still for another week, as the project's own past has
 * it. What nobody has touched for a quarter and nothing waits for is no news.
 */
export const signalWorkStalled: SignalRule = (input) => {
  const { view, thresholds } = input;
  const blocked = findBlocked(input).filter(({ severity }) => severity !== 'low');
  const byItem = new Map<string, Finding[]>();
  for (const finding of [...blocked, ...findStaleInProgress(input)])
    byItem.set(finding.subject, [...(byItem.get(finding.subject) ?? []), finding]);
  if (byItem.size === 0) return [];
  const oddsOf = createStayOdds(view, thresholds.items.agedSample);
  return [...byItem].flatMap(([key, [first, ...others]]) => {
    const item = view.itemsByKey.get(key)!;
    const impact = input.impactOf(key);
    if (impact === 0 && isLeftover(item, view)) return [];
    return {
      key: keyOf('WORK_STALLED', key),
      rule: 'WORK_STALLED',
      subject: key,
      severity: first!.severity,
      probability: oddsOf(item),
      facts: [],
      impact,
      parents: input.milestonesOf(key).map(({ id }) => id),
      dueOn: promiseOf(key, input),
      finding: { ...first!, reasons: [...first!.reasons, ...others.map(({ rule }) => rule)] },
    };
  });
};
