import { addDays, startOfWeek } from '../time/day.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { ItemKey } from '../model/ids.ts';
import type { ProjectView } from '../view/view.ts';
import { commitmentsOf } from './commitment.ts';
import type { Commitment } from './commitment.ts';
import { createRiskSignals } from './risk-signals.ts';
import { rowOf } from './scorecard.ts';

/** One look at one promised item on a Monday while nobody knew how it would end. */
export interface PastJudgement {
  readonly key: ItemKey;
  readonly at: Instant;
  readonly committedAt: Instant;
  /** The promised day was over: from then on the outcome may teach. */
  readonly dueAt: Instant;
  /** Which levels held: judgements with the same ones share one row. */
  readonly row: readonly boolean[];
  readonly isLate: boolean;
  /** An item that was looked at for long does not count as often as its weeks: they are much alike. */
  readonly weight: number;
}

/** For those who have made them already. */
interface Known {
  /** In order of time; those that are left out are not judged. */
  readonly commitments?: readonly Commitment[];
  readonly signalsAt?: ReturnType<typeof createRiskSignals>;
}

/**
 * What could have been known of each settled promise, every Monday from the promise to its end (metrics.md 4.2, 4.3): in
 * order of the promise, then of time.
 */
export function judgementsOf(
  view: ProjectView,
  { commitments = commitmentsOf(view), signalsAt = createRiskSignals(view) }: Known = {},
): readonly PastJudgement[] {
  const mondaysOf = createMondays(view);
  const rows = new Map<string, readonly boolean[]>();
  const shared = (row: readonly boolean[]) => {
    const name = row.map(Number).join('');
    const known = rows.get(name);
    if (!known) rows.set(name, row);
    return known ?? row;
  };
  const judgements: PastJudgement[] = [];
  for (const commitment of commitments) {
    const { item, committedAt, dueAt, settledAt, outcome } = commitment;
    if (outcome === null || settledAt === null) continue;
    const mondays = mondaysOf(commitment, settledAt);
    const weight = 1 / Math.sqrt(mondays.length);
    const isLate = outcome !== 'kept';
    for (const at of mondays) {
      const row = shared(rowOf(signalsAt(commitment, at)));
      judgements.push({ key: item.key, at, committedAt, dueAt, row, isLate, weight });
    }
  }
  return judgements;
}

/** The Mondays between a promise and its outcome. */
function createMondays({ calendar }: ProjectView): (promise: Commitment, settledAt: Instant) => readonly Instant[] {
  const { zone } = calendar;
  const starts = new Map<Day, Instant>();
  const startOf = (day: Day) => {
    let start = starts.get(day);
    if (start === undefined) starts.set(day, (start = zone.startOf(day)));
    return start;
  };
  return ({ committedAt }, settledAt) => {
    const mondays: Instant[] = [];
    for (let day = addDays(startOfWeek(zone.dayAt(committedAt)), 7); startOf(day) < settledAt; day = addDays(day, 7))
      mondays.push(startOf(day));
    return mondays;
  };
}
