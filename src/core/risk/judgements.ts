import { addDays, startOfWeek } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { ItemKey } from '../model/ids.ts';
import type { ProjectView } from '../view/view.ts';
import { commitmentsOf } from './commitment.ts';
import type { Commitment } from './commitment.ts';
import { createRiskSignals } from './risk-signals.ts';
import { rowOf } from './scorecard.ts';
import type { RiskSignals } from './scorecard.ts';

/** One look at one promised item on a Monday while nobody knew how it would end. */
export interface PastJudgement {
  readonly key: ItemKey;
  readonly at: Instant;
  readonly committedAt: Instant;
  /** The promised day was over: from then on the outcome may teach. */
  readonly dueAt: Instant;
  readonly signals: RiskSignals;
  readonly row: readonly boolean[];
  readonly isLate: boolean;
  /** An item that was looked at for long does not count as often as its weeks: they are much alike. */
  readonly weight: number;
}

/**
 * What could have been known of each settled promise, every Monday from the promise to its end (metrics.md 4.2, 4.3): in
 * order of the promise, then of time. Promises from before `since` are left out.
 */
export function judgementsOf(view: ProjectView, since: Instant = -Infinity): readonly PastJudgement[] {
  const commitments = commitmentsOf(view);
  const signalsAt = createRiskSignals(view);
  return commitments.flatMap((commitment) => {
    const { item, committedAt, dueAt, settledAt, outcome } = commitment;
    if (outcome === null || settledAt === null || committedAt < since) return [];
    const mondays = mondaysOf(view, commitment, settledAt);
    return mondays.map((at) => {
      const signals = signalsAt(commitment, at);
      return {
        key: item.key,
        at,
        committedAt,
        dueAt,
        signals,
        row: rowOf(signals),
        isLate: outcome !== 'kept',
        weight: 1 / Math.sqrt(mondays.length),
      };
    });
  });
}

function mondaysOf({ calendar }: ProjectView, { committedAt }: Commitment, settledAt: Instant): readonly Instant[] {
  const { zone } = calendar;
  const mondays: Instant[] = [];
  for (let day = addDays(startOfWeek(zone.dayAt(committedAt)), 7); zone.startOf(day) < settledAt; day = addDays(day, 7))
    mondays.push(zone.startOf(day));
  return mondays;
}
