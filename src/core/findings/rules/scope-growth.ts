import { createFinding } from '../create-finding.ts';
import type { ItemKey } from '../../model/ids.ts';
import type { Rule } from '../rule.ts';

/** An open milestone that holds much more than at the last report (metrics.md 4.3 SCOPE_GREW). Net: what left is taken off. */
export const findScopeGrowth: Rule = ({ metrics, previous, thresholds }) => {
  const known = new Map(previous?.milestones.map((milestone) => [milestone.id, milestone]));
  return metrics.milestones.flatMap((milestone) => {
    const before = known.get(milestone.id);
    if (!before || milestone.state !== 'open') return [];
    const itemsBefore = before.openItems + before.doneItems;
    const grown = milestone.openItems + milestone.doneItems - itemsBefore;
    const { scopeGrowthItems, scopeGrowthShare } = thresholds.milestones;
    // A milestone that just came to be has no scope to grow from.
    if (itemsBefore === 0 || grown < scopeGrowthItems || grown / itemsBefore < scopeGrowthShare) return [];
    return createFinding({
      rule: 'SCOPE_GROWTH',
      // A list without a date is there to be filled.
      severity: milestone.currentOn === null ? 'low' : 'medium',
      subject: milestone.id,
      baseline: milestone.committedOn,
      facts: {
        milestone: milestone.name,
        grown,
        itemsBefore,
        itemsNow: itemsBefore + grown,
        share: grown / itemsBefore,
      },
      evidence: newIn(milestone.openKeys, before.openKeys),
    });
  });
};

function newIn(keys: readonly ItemKey[], before: readonly ItemKey[]): readonly ItemKey[] {
  const known = new Set(before);
  return keys.filter((key) => !known.has(key));
}
