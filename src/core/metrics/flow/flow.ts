import { dayNumber } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { dayMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { Figure } from '../figure.ts';
import { gradeOf, gradeOfGaps, lower, share } from '../grade.ts';
import { keysOf } from '../../view/item-key.ts';
import type { FlowFigures, ItemTimes, Percentiles, Throughput } from '../metrics.ts';
import { median, nearestRank } from '../statistics.ts';
import { completeWeeks, countByWeek } from './throughput.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';

/** Population of service-level statements: the last 90 days or the last 100 items, whichever holds more. */
const recentDays = 90;
const recentItems = 100;
/** The usual week is the median of this many; the list holds all weeks. */
const usualWeeks = 12;
const reopenDays = 30;
/** With more gaps than this (grade D) a count says nothing: it is unknown, not small. */
const blindShare = 0.3;
/** More items than this share that were never seen in progress: what is left to measure are the slow ones. */
const notStartedLimit = 0.15;
/** One day with more of all creations than this share, and at least so many, is an import. */
const importShare = 0.05;
const importItems = 20;

/** Inclusive local days from one instant to another (metrics.md 0.3): the same day is 1. */
export function inclusiveDays(view: ProjectView, from: Instant, to: Instant): number {
  const { zone } = view.calendar;
  return dayNumber(zone.dayAt(to)) - dayNumber(zone.dayAt(from)) + 1;
}

/** Clocks of all items, sub-tasks too, in order of key. */
export function itemTimes(view: ProjectView): readonly ItemTimes[] {
  return view.items.map((item) => ({
    key: item.key,
    startedAt: item.startedAt,
    doneAt: item.doneAt,
    cycleTimeDays: cycleTimeDays(view, item),
  }));
}

function cycleTimeDays(view: ProjectView, { startedAt, doneAt }: ItemView): number | null {
  return startedAt === null || doneAt === null ? null : inclusiveDays(view, startedAt, doneAt);
}

/**
 * The flow figures (metrics.md 2.1, 2.2). Sub-tasks are left out of all of them. Times are measured over delivered
 * items only: to close as "won't fix" is no delivery.
 */
export function measureFlow(view: ProjectView): FlowFigures {
  const delivered = view.counted
    .filter((item) => item.isDelivered && item.doneAt !== null)
    .sort((a, b) => b.doneAt! - a.doneAt! || (a.key < b.key ? -1 : 1));
  return {
    cycleTimeDays: cycleTime(view, delivered),
    leadTimeDays: leadTime(view, delivered),
    ageDays: age(view),
    throughputPerWeek: throughput(view, delivered),
    wip: wip(view),
    arrivalsPerWeek: arrivals(view),
    completedNotStarted: completedNotStarted(view, delivered),
    reopenRate: reopenRate(view),
    blocked: blocked(view),
  };
}

/** The last 90 days or the last 100, whichever holds more; `delivered` is newest first. */
function recent(view: ProjectView, delivered: readonly ItemView[]): readonly ItemView[] {
  const since = view.asOf - recentDays * dayMs;
  const inDays = delivered.findIndex(({ doneAt }) => doneAt! <= since);
  return delivered.slice(0, Math.max(inDays === -1 ? delivered.length : inDays, recentItems));
}

function windowOf(view: ProjectView, population: readonly ItemView[]): Figure['window'] {
  const oldest = population.at(-1)?.doneAt ?? view.asOf;
  return { from: Math.min(oldest, view.asOf - recentDays * dayMs), to: view.asOf };
}

function percentiles(values: readonly number[]): Percentiles | null {
  if (values.length === 0) return null;
  const at = (probability: number) => nearestRank(values, probability)!;
  return { p50: at(0.5), p85: at(0.85), p95: at(0.95) };
}

function cycleTime(view: ProjectView, delivered: readonly ItemView[]): Figure<Percentiles> {
  const started = delivered.filter(({ startedAt }) => startedAt !== null);
  const population = recent(view, started);
  const window = windowOf(view, population);
  const around = delivered.filter(({ doneAt }) => doneAt! >= window!.from);
  const cut = around.filter(({ isComplete, startedAt }) => !isComplete && startedAt === null).length;
  const skipped = around.filter(({ isComplete, startedAt }) => isComplete && startedAt === null).length;
  const isBiased = share(skipped, around.length) > notStartedLimit;
  const flags = [
    ...(population.length === 0 ? [cut > 0 ? 'noHistory' : 'noItems'] : []),
    ...(cut > 0 && population.length > 0 ? ['truncatedHistories'] : []),
    ...(isBiased ? ['completedNotStarted'] : []),
  ];
  const grade = gradeOf(population.length, share(cut, around.length));
  return {
    value: percentiles(population.map((item) => cycleTimeDays(view, item)!)),
    unit: 'day',
    n: population.length,
    window,
    grade: isBiased ? lower(grade) : grade,
    flags,
    evidence: keysOf(population),
  };
}

function leadTime(view: ProjectView, delivered: readonly ItemView[]): Figure<Percentiles> {
  const population = recent(view, delivered);
  return {
    value: percentiles(population.map(({ createdAt, doneAt }) => inclusiveDays(view, createdAt, doneAt!))),
    unit: 'day',
    n: population.length,
    window: windowOf(view, population),
    grade: gradeOf(population.length),
    flags: [...(population.length === 0 ? ['noItems'] : []), ...(isImported(view) ? ['importedCreation'] : [])],
    evidence: keysOf(population),
  };
}

/** Many items made on one day were brought in on it: their creation is not when they were asked for. */
function isImported(view: ProjectView): boolean {
  const perDay = new Map<Day, number>();
  for (const { createdAt } of view.counted) {
    const day = view.calendar.zone.dayAt(createdAt);
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
  }
  let most = 0;
  for (const count of perDay.values()) most = Math.max(most, count);
  return most >= importItems && most / view.counted.length > importShare;
}

function age(view: ProjectView): Figure<Percentiles> {
  const population = view.counted.filter(({ startedAt, isDone }) => startedAt !== null && !isDone);
  const unknown = view.counted.filter(isStartUnknown).length;
  return {
    value: percentiles(population.map(({ startedAt }) => inclusiveDays(view, startedAt!, view.asOf))),
    unit: 'day',
    n: population.length,
    window: null,
    grade: gradeOf(population.length, share(unknown, population.length + unknown)),
    flags: population.length > 0 ? [] : [unknown > 0 ? 'noHistory' : 'noItems'],
    evidence: keysOf(population),
  };
}

/** Open, and nobody can say whether or since when it is being worked on. */
function isStartUnknown({ isDone, isComplete, startedAt, status }: ItemView): boolean {
  return !isDone && !isComplete && startedAt === null && (status.name === null || status.phase === 'started');
}

/** Started and not done (metrics.md 2.2). Without a history the status of then tells, where it is known. */
function wip(view: ProjectView): Figure {
  const open = view.counted.filter(({ isDone }) => !isDone);
  const started = open.filter(({ startedAt, status }) => startedAt !== null || status.phase === 'started');
  const unknown = open.filter(({ isComplete, status }) => !isComplete && status.name === null).length;
  const missing = share(unknown, open.length);
  const isBlind = missing > blindShare;
  return {
    value: isBlind ? null : started.length,
    unit: 'item',
    n: started.length,
    window: null,
    grade: gradeOfGaps(missing),
    flags: isBlind ? ['noHistory'] : [],
    evidence: keysOf(started),
  };
}

/** Finished items per week, each once (metrics.md 2.2). An item of which nobody knows when it was done is in no week. */
function throughput(view: ProjectView, delivered: readonly ItemView[]): Figure<Throughput> {
  const timeless = view.counted.filter(({ isDelivered, doneAt }) => isDelivered && doneAt === null).length;
  const missing = share(timeless, delivered.length + timeless);
  return weekly(view, { items: delivered, instantOf: ({ doneAt }) => doneAt, missing });
}

/** Started items per week. Where most histories are missing, so are the starts: unknown, not none. */
function arrivals(view: ProjectView): Figure<Throughput> {
  const cut = view.counted.filter(({ isComplete, startedAt }) => !isComplete && startedAt === null).length;
  return weekly(view, {
    items: view.counted,
    instantOf: ({ startedAt }) => startedAt,
    missing: share(cut, view.counted.length),
  });
}

interface WeeklyParts {
  readonly items: readonly ItemView[];
  readonly instantOf: (item: ItemView) => Instant | null;
  /** Share of the items that have no instant for want of a history. */
  readonly missing: number;
}

function weekly(view: ProjectView, { items, instantOf, missing }: WeeklyParts): Figure<Throughput> {
  const weeks = completeWeeks(view.counted, view.calendar, view.asOf);
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
  const isBlind = missing > blindShare;
  return {
    value: usual === null || isBlind ? null : { median: usual, weeks: counts },
    unit: 'item/week',
    n: weeks.count,
    window: weeks.count === 0 ? null : { from: weeks.from, to: weeks.to },
    grade: gradeOf(weeks.count, missing),
    flags: isBlind
      ? ['noHistory']
      : usual === null
        ? ['noCompleteWeek']
        : weeks.count > usualWeeks
          ? [`medianOfLast${usualWeeks}Weeks`]
          : [],
    evidence: keysOf(inWeeks),
  };
}

function completedNotStarted(view: ProjectView, delivered: readonly ItemView[]): Figure {
  const population = recent(view, delivered);
  const known = population.filter(({ isComplete, startedAt }) => isComplete || startedAt !== null);
  const skipped = known.filter(({ startedAt }) => startedAt === null);
  return {
    value: known.length > 0 ? skipped.length / known.length : null,
    unit: 'ratio',
    n: known.length,
    window: windowOf(view, population),
    grade: gradeOf(known.length, share(population.length - known.length, population.length)),
    flags: known.length > 0 ? [] : [population.length > 0 ? 'noHistory' : 'noItems'],
    evidence: keysOf(skipped),
  };
}

/**
 * Of the items first done in the 90 days that ended 30 days ago, the share that left done within 30 days. Younger ones
 * have not had their 30 days: to count them would make every recent month look better (metrics.md 2.2).
 */
function reopenRate(view: ProjectView): Figure {
  const to = view.asOf - reopenDays * dayMs;
  const from = to - recentDays * dayMs;
  const cohort = view.counted.filter(({ doneSpans, isDoneTimeKnown }) => {
    const firstAt = doneSpans[0]?.from;
    return firstAt !== undefined && isDoneTimeKnown && firstAt > from && firstAt <= to;
  });
  const known = cohort.filter(({ isComplete }) => isComplete);
  const reopened = known.filter(({ doneSpans: [first] }) => {
    return first!.until !== null && first!.until - first!.from <= reopenDays * dayMs;
  });
  return {
    value: known.length > 0 ? reopened.length / known.length : null,
    unit: 'ratio',
    n: known.length,
    window: { from, to },
    grade: gradeOf(known.length, share(cohort.length - known.length, cohort.length)),
    flags: known.length > 0 ? [] : [cohort.length > 0 ? 'noHistory' : 'noItems'],
    evidence: keysOf(reopened),
  };
}

function blocked(view: ProjectView): Figure {
  const open = view.counted.filter(({ isDone }) => !isDone);
  const held = open.filter(({ blocks }) => blocks.length > 0);
  const blind = open.filter(({ blocks, unknownBlockers }) => blocks.length === 0 && unknownBlockers.length > 0);
  return {
    value: held.length,
    unit: 'item',
    n: held.length,
    window: null,
    grade: gradeOfGaps(share(blind.length, open.length)),
    flags: blind.length > 0 ? ['unknownBlockers'] : [],
    evidence: keysOf(held),
  };
}
