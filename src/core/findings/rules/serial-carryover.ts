import { createFinding } from '../create-finding.ts';
import { openWork } from '../open-work.ts';
import type { Rule } from '../rule.ts';
import { dayMs } from '../../time/instant.ts';

/** A sprint that closed longer ago is of the past: the item was put back, not carried on. */
const recentMs = 31 * dayMs;

/**
 * Carried out of one sprint after another (metrics.md 2.5, 7.5 H14): the number of sprints in a row, newest first, that
 * ended without the item being done.
 */
export const findSerialCarryover: Rule = ({ view, metrics, thresholds }) => {
  const closed = metrics.sprints
    .filter(({ state, completedAt }) => state === 'closed' && completedAt !== null)
    .sort((a, b) => b.completedAt! - a.completedAt!);
  return openWork(view)
    .map((item) => {
      const own = closed.filter(({ classes }) => classes[item.key] !== undefined);
      const end = own.findIndex(({ classes }) => classes[item.key] !== 'not-completed');
      return { item, sprints: end === -1 ? own.length : end, newest: own[0] };
    })
    .filter(
      ({ sprints, newest }) =>
        sprints >= thresholds.items.serialSprints && newest!.completedAt! >= view.asOf - recentMs,
    )
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
