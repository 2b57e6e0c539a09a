import { addDays } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import type { ItemView } from '../../view/view.ts';
import type { Excluded, Figure, Proof } from '../figure.ts';
import { exclusionsOf } from '../figure.ts';
import { gradeOf, share, worse } from '../grade.ts';
import { keysOf } from '../../view/item-key.ts';
import type { Throughput } from '../figures.ts';
import { median } from '../statistics.ts';
import type { FlowBase } from './flow-base.ts';
import { countByWeek } from './throughput.ts';
import { blindShare } from './work-in-progress.ts';

/** The usual week is the median of this many; the list holds all weeks. */
const usualWeeks = 12;
/** More starts than finishes by this much, in each of the last weeks: work in progress is piling up (metrics.md 2.2). */
const buildingRatio = 1.15;
const buildingWeeks = 4;

/** Finished items per week, each once (metrics.md 2.2). An item of which nobody knows when it was done is in no week. */
export function throughputPerWeek(base: FlowBase): Proof<Throughput> {
  const timeless = base.view.counted.filter(({ isDelivered, doneAt }) => isDelivered && doneAt === null);
  return weekly(base, {
    // Those of the view, not the delivered ones: they are in the order of keys, which the evidence needs.
    items: base.view.counted,
    instantOf: ({ isDelivered, doneAt }) => (isDelivered ? doneAt : null),
    excluded: [{ reason: 'finishUnknown', items: timeless }],
    of: base.delivered.length + timeless.length,
  });
}

/** Started items per week. Where most histories are missing, so are the starts: unknown, not none. */
export function arrivalsPerWeek(base: FlowBase): Proof<Throughput> {
  const { counted } = base.view;
  return weekly(base, {
    items: counted,
    instantOf: ({ startedAt }) => startedAt,
    excluded: [
      {
        reason: 'startUnknown',
        items: counted.filter(({ isComplete, startedAt }) => !isComplete && startedAt === null),
      },
    ],
    of: counted.length,
  });
}

interface WeeklyParts {
  readonly items: readonly ItemView[];
  readonly instantOf: (item: ItemView) => Instant | null;
  /** Items that have no instant for want of a history, out of how many. */
  readonly excluded: readonly Excluded[];
  readonly of: number;
}

function weekly({ view, weeks }: FlowBase, { items, instantOf, excluded, of }: WeeklyParts): Proof<Throughput> {
  const inWeeks = items.filter((item) => {
    const at = instantOf(item);
    return at !== null && at >= weeks.from && at < weeks.to;
  });
  const counts = countByWeek(
    inWeeks.map((item) => instantOf(item)!),
    weeks,
    view.calendar,
  );
  const usual = median(counts.slice(-usualWeeks));
  const missing = share(excluded[0]!.items.length, of);
  const isBlind = missing > blindShare;
  return {
    figure: {
      value: usual === null || isBlind ? null : { median: usual, weeks: counts },
      unit: 'item/week',
      n: weeks.count,
      window: weeks.count === 0 ? null : { from: weeks.from, to: weeks.to },
      grade: gradeOf(weeks.count, missing),
      flags: flagsOf(usual, weeks.count, isBlind),
      evidence: keysOf(inWeeks),
      ...exclusionsOf(excluded),
    },
    parts: () => inWeeks.map((item) => ({ key: item.key, value: null, from: instantOf(item), to: instantOf(item) })),
    excluded,
  };
}

function flagsOf(usual: number | null, weeks: number, isBlind: boolean): readonly string[] {
  if (isBlind) return ['noHistory'];
  if (usual === null) return ['noCompleteWeek'];
  return weeks > usualWeeks ? [`medianOfLast${usualWeeks}Weeks`] : [];
}

/** Starts less finishes of each whole week (metrics.md 2.2): its items and gaps are those of its two sides, named by `explain`. */
export function netFlowPerWeek(starts: Figure<Throughput>, finishes: Figure<Throughput>): Figure<Throughput> {
  const weeks =
    starts.value && finishes.value
      ? starts.value.weeks.map((count, week) => count - finishes.value!.weeks[week]!)
      : null;
  return {
    ...worseOf(starts, finishes),
    value: weeks && { median: median(weeks.slice(-usualWeeks))!, weeks },
    unit: 'item/week',
    flags: weeks ? [] : unknownWeeks(starts, finishes),
  };
}

/**
 * Starts over finishes of the last four whole weeks (metrics.md 2.2); null when nothing was finished in them. Flagged
 * `wipBuilding` when it was above 1.15 in each of the four. Evidence: what was started or finished in them.
 */
export function arrivalDepartureRatio(
  { view, weeks, delivered }: FlowBase,
  starts: Figure<Throughput>,
  finishes: Figure<Throughput>,
): Figure {
  const last = (figure: Figure<Throughput>) => figure.value?.weeks.slice(-buildingWeeks) ?? [];
  const [come, gone] = [last(starts), last(finishes)];
  const isKnown = come.length === buildingWeeks && gone.length === buildingWeeks;
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
  const isBuilding = isKnown && come.every((count, week) => count > buildingRatio * gone[week]!);
  const window = isKnown
    ? { from: view.calendar.zone.startOf(addDays(weeks.firstOn!, 7 * (weeks.count - buildingWeeks))), to: weeks.to }
    : null;
  const isIn = (at: Instant | null) => window !== null && at !== null && at >= window.from && at < window.to;
  const moved = new Set([
    ...view.counted.filter(({ startedAt }) => isIn(startedAt)),
    ...delivered.filter(({ doneAt }) => isIn(doneAt)),
  ]);
  const n = isKnown ? sum(come) + sum(gone) : 0;
  const sides = worseOf(starts, finishes);
  return {
    ...sides,
    value: isKnown && sum(gone) > 0 ? sum(come) / sum(gone) : null,
    unit: 'ratio',
    n,
    window,
    // Its sample is what was started and finished, not the weeks.
    grade: isKnown && sum(gone) > 0 ? worse(sides.grade, gradeOf(n)) : 'D',
    flags: [
      ...(isKnown ? [] : unknownWeeks(starts, finishes)),
      ...(isKnown && sum(gone) === 0 ? ['noItems'] : []),
      ...(isBuilding ? ['wipBuilding'] : []),
    ],
    evidence: keysOf(moved),
  };
}

/** Why there are no weeks to compare: histories are missing, or the project is younger than that. */
function unknownWeeks(...sides: readonly Figure<Throughput>[]): readonly string[] {
  const flags = sides.find(({ value }) => value === null)?.flags ?? [];
  return flags.length > 0 ? flags : ['underFourWeeks'];
}

/** What a figure of both sides inherits from the less certain one. */
function worseOf(one: Figure<Throughput>, other: Figure<Throughput>): Omit<Figure<Throughput>, 'value' | 'flags'> {
  const { value: _value, flags: _flags, ...rest } = one.grade > other.grade ? one : other;
  return { ...rest, evidence: [] };
}
