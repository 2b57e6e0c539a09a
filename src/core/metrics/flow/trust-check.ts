import { dayMs } from '../../time/instant.ts';
import type { ItemView } from '../../view/view.ts';
import type { Excluded, Proof } from '../figure.ts';
import { exclusionsOf } from '../figure.ts';
import { gradeOf, share } from '../grade.ts';
import { keysOf } from '../../view/item-key.ts';
import { recentDays } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';
import { littlesLaw } from './littles-law.ts';
import type { LittlesLaw } from './littles-law.ts';

/** Within this of 1 the law holds well enough (metrics.md 2.3). */
const tolerance = 0.25;
/** Two sides that differ by more than this are not equal: the same line as for starts against finishes (metrics.md 2.2). */
const unlike = 1.15;
/** Above this the pace of before says little about what is in progress: forecasts lose a grade. */
const untrusted = 1.5;

/**
 * Little's law over the last 90 days (metrics.md 2.3): work in progress over throughput times cycle time, 1 where it
 * holds. No target: a check whether the throughput can be forecast from. Flags name what is violated.
 */
export function littlesLawRatio({ view }: FlowBase): Proof {
  const to = view.asOf;
  const from = to - recentDays * dayMs;
  const around = view.counted.filter(({ doneAt, isDone }) => !isDone || (doneAt !== null && doneAt > from));
  const items = around.filter(({ startedAt }) => startedAt !== null && startedAt < to);
  const excluded: Excluded[] = [
    {
      reason: 'truncatedHistory',
      items: around.filter(({ startedAt, isDone, isComplete }) => startedAt === null && isDone && !isComplete),
    },
  ];
  const stays = items.map(({ startedAt, doneAt }) => ({
    start: startedAt! / dayMs,
    end: doneAt === null ? null : doneAt / dayMs,
  }));
  const law = littlesLaw(stays, from / dayMs, to / dayMs);
  const isOff = law.littleRatio !== null && Math.abs(law.littleRatio - 1) > tolerance;
  const cut = excluded[0]!.items.length;
  return {
    figure: {
      value: law.littleRatio,
      unit: 'ratio',
      n: law.departures,
      window: { from, to },
      grade: gradeOf(law.departures, share(cut, law.departures + cut)),
      flags:
        law.littleRatio === null
          ? [cut > 0 ? 'noHistory' : 'noItems']
          : isOff
            ? violations(items, { from, to, ...law })
            : [],
      evidence: keysOf(items),
      ...exclusionsOf(excluded),
    },
    parts: () =>
      items.map(({ key, startedAt, doneAt }) => ({
        key,
        value: ((doneAt ?? to) - startedAt!) / dayMs,
        from: startedAt,
        to: doneAt,
      })),
    excluded,
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
  const isUnlike = (one: number, other: number) => Math.max(one, other) > unlike * Math.min(one, other);
  return [
    ...(isUnlike(arrivals, departures) ? ['arrivalsUnlikeDepartures'] : []),
    ...(isUnlike(atStart.length, atEnd.length) ? ['wipChanged'] : []),
    ...(meanAge(atEnd, to) > unlike * meanAge(atStart, from) ? ['ageRising'] : []),
    ...(atEnd.some(({ startedAt }) => startedAt! < from) ? ['workNeverFinished'] : []),
  ];
}

/**
 * Whether the ratio is so far off that forecasts from throughput lose a grade; never by so few finishes that it is of
 * grade D itself (metrics.md 0.2, 2.3).
 */
export function isThroughputUntrusted({ littleRatio, departures }: LittlesLaw): boolean {
  return littleRatio !== null && littleRatio > untrusted && gradeOf(departures) !== 'D';
}
