import { createFinding } from '../create-finding.ts';
import type { Rule } from '../rule.ts';
import type { Day } from '../../time/day.ts';

/** One day that closed many usual weeks' items (metrics.md 7.5 H28): tidying up, or work that the forecast may count? */
export const findBulkClose: Rule = ({ view, metrics, previous, thresholds }) => {
  const usualWeek = metrics.figures.throughputPerWeek.value?.median ?? null;
  if (!previous || usualWeek === null) return [];
  const byDay = new Map<Day, string[]>();
  for (const { key, doneAt } of view.counted) {
    if (doneAt === null || doneAt <= previous.asOf || doneAt > metrics.asOf) continue;
    const day = view.calendar.zone.dayAt(doneAt);
    byDay.set(day, [...(byDay.get(day) ?? []), key]);
  }
  const limit = Math.max(thresholds.data.bulkCloseItems, usualWeek * thresholds.data.bulkCloseWeeks + 1);
  return [...byDay]
    .filter(([, keys]) => keys.length >= limit)
    .map(([closedOn, keys]) =>
      createFinding({
        rule: 'BULK_CLOSE',
        severity: 'info',
        subject: metrics.project,
        baseline: closedOn,
        facts: { closedOn, closed: keys.length, usualWeek },
        evidence: keys,
      }),
    );
};
