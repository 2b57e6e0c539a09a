import type { PlanItem } from '../../dependencies/plan.ts';
import { createFinding } from '../create-finding.ts';
import { orderOfWork } from '../order-of-work.ts';
import type { Rule } from '../rule.ts';

/**
 * Own open items that other projects wait for (metrics.md 7.1): here nobody feels it, and there nobody can mend it. It
 * weighs more once work there has begun.
 */
export const findHoldsUpOthers: Rule = (input) => {
  const { view } = input;
  const graph = orderOfWork(input);
  const waiting = new Map<string, PlanItem[]>();
  for (const { blocker, blocked, isPart } of graph.links) {
    if (isPart) continue;
    const other = graph.items.get(blocked)!;
    if (!view.itemsByKey.has(blocker) || view.itemsByKey.has(blocked) || other.kind === 'opaque') continue;
    waiting.set(blocker, [...(waiting.get(blocker) ?? []), other]);
  }
  return [...waiting].map(([key, others]) =>
    createFinding({
      rule: 'HOLDS_UP_OTHERS',
      severity: others.some(({ isStarted }) => isStarted) ? 'medium' : 'low',
      subject: key,
      facts: {
        others: others.length,
        by: others.map(({ id }) => id).sort(),
        dueOn: graph.items.get(key)!.finishOn,
        isStarted: graph.items.get(key)!.isStarted,
      },
      evidence: [key],
    }),
  );
};
