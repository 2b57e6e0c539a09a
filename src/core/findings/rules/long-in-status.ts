import { createFinding } from '../create-finding.ts';
import { workInProgress } from '../open-work.ts';
import type { Rule } from '../rule.ts';
import { inclusiveDays } from '../../metrics/flow/flow-base.ts';
import { nearestRank } from '../../metrics/statistics.ts';
import type { ItemKey } from '../../model/ids.ts';
import type { ProjectView } from '../../view/view.ts';
import { dayMs } from '../../time/instant.ts';

/** Stays that ended longer ago are of another way of working. */
const recentMs = 180 * dayMs;

/**
 * In one status for longer than 85 % of the stays in it lasted: "in review for 9 days (85 % of reviews end in 3)". Days
 * with both ends, as the cycle time; the stays are those that ended in the last 180 days. Silent with too few of them,
 * and for items whose history is not whole.
 */
export const findLongInStatus: Rule = ({ view, thresholds }) => {
  const p85s = new Map<string | null, number>();
  for (const [status, stays] of staysByStatus(view)) {
    const days = stays.map((stay) => stay.days);
    if (days.length >= thresholds.items.agedSample) p85s.set(status, nearestRank(days, 0.85)!);
  }
  return workInProgress(view)
    .filter(({ isComplete }) => isComplete)
    .flatMap((item) => {
      const days = inclusiveDays(view, item.statusSince, view.asOf);
      const p85Days = p85s.get(item.status.id);
      return p85Days !== undefined && days > p85Days && days > 1 ? [{ item, days, p85Days }] : [];
    })
    .sort((a, b) => b.days / b.p85Days - a.days / a.p85Days || b.days - a.days)
    .map(({ item, days, p85Days }) =>
      createFinding({
        rule: 'LONG_IN_STATUS',
        severity: days > p85Days * thresholds.items.agedHighFactor ? 'high' : 'medium',
        subject: item.key,
        facts: { days, p85Days, status: item.status.name },
        evidence: [item.key],
      }),
    );
};

/** One stay of an item in a status, in days with both ends. */
export interface StatusStay {
  readonly key: ItemKey;
  readonly days: number;
}

/** The stays in each started status, by its id, that ended in the last 180 days. */
export function staysByStatus(view: ProjectView): ReadonlyMap<string | null, readonly StatusStay[]> {
  const stays = new Map<string | null, StatusStay[]>();
  for (const { key, past, isComplete } of view.counted) {
    if (!isComplete) continue;
    const { status } = past;
    for (const [index, { at, value }] of status.entries()) {
      const next = status[index + 1];
      if (!next || value.phase !== 'started' || next.value.id === value.id || next.at <= view.asOf - recentMs) continue;
      const known = stays.get(value.id);
      const stay = { key, days: inclusiveDays(view, at, next.at) };
      if (known) known.push(stay);
      else stays.set(value.id, [stay]);
    }
  }
  return stays;
}
