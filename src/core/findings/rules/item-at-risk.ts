import { itemRisksOf } from '../../risk/item-risks.ts';
import type { RiskCode } from '../../risk/scorecard.ts';
import { createFinding } from '../create-finding.ts';
import { createImpact } from '../impact.ts';
import type { Rule } from '../rule.ts';

/** So many reasons are told: those that add most. */
const told = 3;
/** A reason about a person is weighed and never told: findings go further than the team (metrics.md 4.3). */
const untold: readonly RiskCode[] = ['OWNER_LATE_HISTORY'];
/** This close to the date it is more than a remark. */
const closeWorkingDays = 10;

/**
 * Items that will probably miss the day that they were first promised for (metrics.md 4.3), ranked by chance times what
 * they hold up, the first few. Only where the ranking did well on the project's own past, and without the chance itself:
 * chance from time and weights together were never tested on a past with known dates.
 */
export const findItemAtRisk: Rule = ({ view, metrics, thresholds }) => {
  const { items, isRankTrusted } = itemRisksOf(view, thresholds);
  if (!isRankTrusted) return [];
  const impactOf = createImpact(metrics, view);
  const weightOf = ({ item: { key }, probability }: (typeof items)[number]) => probability * (1 + impactOf(key));
  return items
    .filter(({ probability, contributions }) => probability >= thresholds.risk.likely && contributions.length > 0)
    .sort((a, b) => weightOf(b) - weightOf(a))
    .slice(0, thresholds.risk.listed)
    .map(({ item, dueOn, contributions }) => {
      const workingDays = view.calendar.distance(view.today, dueOn);
      const codes = contributions.map(({ code }) => code).filter((code) => !untold.includes(code));
      return createFinding({
        rule: 'ITEM_AT_RISK',
        severity: workingDays <= closeWorkingDays ? 'medium' : 'low',
        subject: item.key,
        baseline: dueOn,
        facts: { dueOn, workingDays, codes: codes.slice(0, told) },
        evidence: [item.key],
      });
    });
};
