import { dayMs } from '../../time/instant.ts';
import type { ItemView } from '../../view/view.ts';
import type { Proof } from '../figure.ts';
import { gradeOf } from '../grade.ts';
import { keysOf } from '../../view/item-key.ts';
import { recentDays } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';
import { littlesLaw } from './littles-law.ts';

/** Within this of 1 the law holds well enough; a condition is violated by as much (metrics.md 2.3). */
const tolerance = 0.25;
/** Above this the pace of before says little about what is in progress: forecasts lose a grade. */
const untrusted = 1.5;

/**
 * Little's law over the last 90 days (metrics.md 2.3): work in progress over throughput times cycle time, 1 where it
 * holds. No target: a check whether the throughput can be forecast from. Flags name what is violated.
 */
export function littlesLawRatio({ view }: FlowBase): Proof {
  const to = view.asOf;
  const from = to - recentDays * dayMs;
  const items = view.counted.filter(
    ({ startedAt, doneAt, isDone }) =>
      startedAt !== null && startedAt < to && (!isDone || (doneAt !== null && doneAt > from)),
  );
  const stays = items.map(({ startedAt, doneAt }) => ({
    start: startedAt! / dayMs,
    end: doneAt === null ? null : doneAt / dayMs,
  }));
  const law = littlesLaw(stays, from / dayMs, to / dayMs);
  const isOff = law.littleRatio !== null && Math.abs(law.littleRatio - 1) > tolerance;
  return {
    figure: {
      value: law.littleRatio,
      unit: 'ratio',
      n: law.departures,
      window: { from, to },
      grade: gradeOf(law.departures),
      flags: law.littleRatio === null ? ['noItems'] : isOff ? violations(items, { from, to, ...law }) : [],
      evidence: keysOf(items),
    },
    parts: () =>
      items.map(({ key, startedAt, doneAt }) => ({
        key,
        value: ((doneAt ?? to) - startedAt!) / dayMs,
        from: startedAt,
        to: doneAt,
      })),
    excluded: [],
  };
}

interface Window {
  readonly from: number;
  readonly to: number;
  readonly arrivals: number;
  readonly departures: number;
}

/** The conditions of the law that do not hold, by the words of the field. */
function violations(items: readonly ItemView[], { from, to, arrivals, departures }: Window): readonly string[] {
  const inProgress = (at: number) =>
    items.filter(({ startedAt, doneAt }) => startedAt! <= at && (doneAt ?? Infinity) > at);
  const atStart = inProgress(from);
  const atEnd = inProgress(to);
  const meanAge = (of: readonly ItemView[], at: number) =>
    of.length === 0 ? 0 : of.reduce((sum, { startedAt }) => sum + at - startedAt!, 0) / of.length;
  const isUnlike = (one: number, other: number) => Math.abs(one - other) > tolerance * Math.max(one, other);
  return [
    ...(isUnlike(arrivals, departures) ? ['arrivalsUnlikeDepartures'] : []),
    ...(isUnlike(atStart.length, atEnd.length) ? ['wipChanged'] : []),
    ...(meanAge(atEnd, to) > (1 + tolerance) * meanAge(atStart, from) ? ['ageRising'] : []),
    ...(atEnd.some(({ startedAt }) => startedAt! < from) ? ['workNeverFinished'] : []),
  ];
}

/** Whether the ratio is so far off that forecasts from throughput lose a grade. */
export function isThroughputUntrusted(ratio: number | null): boolean {
  return ratio !== null && ratio > untrusted;
}
