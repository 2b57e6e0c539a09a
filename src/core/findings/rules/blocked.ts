import { blockersOf } from '../blocker-chain.ts';
import { createFinding } from '../create-finding.ts';
import type { Severity } from '../finding.ts';
import { openWork } from '../open-work.ts';
import type { Rule } from '../rule.ts';
import type { Thresholds } from '../../model/thresholds.ts';

/**
 * Flagged, in a blocked status, or waiting for an open item; the oldest reason counts (metrics.md 2.2). Not for work
 * that nobody began and no date holds: a backlog may wait. A block of today or yesterday is being dealt with.
 */
export const findBlocked: Rule = ({ view, metrics, thresholds }) => {
  const dated = metrics.milestones.filter(({ state, currentOn }) => state === 'open' && currentOn !== null);
  const planned = new Set(dated.flatMap(({ openKeys }) => openKeys));
  return openWork(view)
    .filter((item) => item.blocks.length > 0 && (item.status.phase === 'started' || planned.has(item.key)))
    .map((item) => {
      const since = item.blocks[0]!.since;
      const sinceOn = view.calendar.zone.dayAt(since);
      return { item, sinceOn, workingDays: view.calendar.distance(sinceOn, view.today) };
    })
    .sort((a, b) => b.workingDays - a.workingDays)
    .map(({ item, sinceOn, workingDays }) =>
      createFinding({
        rule: 'BLOCKED',
        severity: severityOf(workingDays, thresholds),
        subject: item.key,
        facts: {
          sinceOn,
          workingDays,
          kind: item.blocks[0]!.kind,
          ...blockersOf(item, view),
        },
        evidence: [item.key],
      }),
    );
};

function severityOf(workingDays: number, { items }: Thresholds): Severity {
  if (workingDays >= items.blockedHighWorkingDays) return 'high';
  return workingDays >= items.blockedWorkingDays ? 'medium' : 'low';
}
