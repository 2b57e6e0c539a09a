import { createFinding } from '../create-finding.ts';
import { openWork } from '../open-work.ts';
import type { Rule } from '../rule.ts';
import { carriedItems } from '../../metrics/sprints/carried.ts';
import { dayMs } from '../../time/instant.ts';

/** A sprint that closed longer ago is of the past: the item was put back, not carried on. */
const recentMs = 31 * dayMs;

/**
 * In one sprint after another without being done (metrics.md 2.5, 7.5 H14): the number of sprints in a row on one board,
 * the one that runs included.
 */
export const findSerialCarryover: Rule = ({ view, metrics, thresholds }) => {
  const carried = carriedItems(metrics.sprints);
  return openWork(view)
    .flatMap((item) => {
      const found = carried.get(item.key);
      return found ? [{ item, ...found }] : [];
    })
    .filter(({ sprints, newestAt }) => sprints >= thresholds.items.serialSprints && newestAt >= view.asOf - recentMs)
    .sort((a, b) => b.sprints - a.sprints)
    .map(({ item, sprints }) =>
      createFinding({
        rule: 'SERIAL_CARRYOVER',
        severity: 'medium',
        subject: item.key,
        facts: { sprints },
        evidence: [item.key],
      }),
    );
};
