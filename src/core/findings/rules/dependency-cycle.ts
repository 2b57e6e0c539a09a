import { createFinding } from '../create-finding.ts';
import { orderOfWork } from '../order-of-work.ts';
import type { Rule } from '../rule.ts';

/** Items that wait for one another in a circle (metrics.md 7.1): none of them can be finished first. One finding a circle. */
export const findDependencyCycle: Rule = (input) => {
  const { itemsByKey } = input.view;
  return orderOfWork(input).cycles.flatMap(({ nodes, cut }) => {
    const own = nodes.find((key) => itemsByKey.has(key));
    if (own === undefined) return [];
    return createFinding({
      rule: 'DEPENDENCY_CYCLE',
      severity: 'high',
      subject: own,
      facts: { size: nodes.length, cutBlocker: cut.blocker, cutBlocked: cut.blocked },
      evidence: nodes,
    });
  });
};
