import { nearestRank } from '../metrics/statistics.ts';
import type { Figure, Part } from '../metrics/figure.ts';
import type { BlockedDays, CumulativeFlow, Figures, Percentiles, Throughput } from '../metrics/figures.ts';
import { dayMs } from '../time/instant.ts';
import { keysOf } from '../view/item-key.ts';
import type { ItemView } from '../view/view.ts';
import { deliveryStepsOf } from './delivery-steps.ts';
import type { RankStep, Step } from './figure-explanation.ts';

const usualWeeks = 12;

/** What the arithmetic of some figures needs besides its parts. */
export interface StepParts {
  readonly parts: readonly Part[];
  readonly figures: Figures;
  /** Items by the furthest stage of the flow that they reached. */
  readonly stages: readonly (readonly ItemView[])[];
  /** Items finished in the window of the figure. */
  readonly finished: readonly ItemView[];
}

/** The arithmetic from the parts of a figure to its value, in order; none for a value that is unknown. */
export function stepsOf(
  name: string,
  figure: Omit<Figure<unknown>, 'evidence'>,
  { parts, figures, stages, finished }: StepParts,
): readonly Step[] {
  const { value, window } = figure;
  if (value === null) return [];
  if (name === 'ageAtExitDays') return placeSteps(parts);
  if (name === 'cumulativeFlow') return stageSteps(value as CumulativeFlow, stages);
  if (name === 'blockedDays') return [{ code: 'sum', n: parts.length, value: (value as BlockedDays).all }];
  if (isPercentiles(value)) return [0.5, 0.85, 0.95].map((level) => rankStep(parts, level));
  if (isThroughput(value)) return [medianStep(value)];
  if (typeof value !== 'number') return [];
  switch (name) {
    case 'sleDays':
      return [rankStep(parts, 0.85)];
    case 'wip':
    case 'agedWip':
    case 'blocked':
      return [{ code: 'count', n: parts.length }];
    case 'arrivalDepartureRatio':
      return [ratioOfWeeks(figures, value)];
    case 'defectsPer100Done':
      return [{ code: 'per100', bugs: parts.length, done: keysOf(finished), value }];
    case 'flowEfficiency':
      return [efficiencyStep(parts, value)];
    case 'littlesLaw':
      return window === null ? [] : [lawStep(parts, { value, ...window })];
    case 'completedNotStarted':
    case 'reopenRate':
    case 'reopenRateSoFar':
    case 'defectEscapeRate':
      return [{ code: 'ratio', part: parts.filter((part) => part.value === 1).length, whole: parts.length, value }];
    default:
      return deliveryStepsOf(name, { ...figure, value }, parts) ?? [];
  }
}

/** The 85th percentile of each place, in the order of their names. */
function placeSteps(parts: readonly Part[]): readonly Step[] {
  return [...Map.groupBy(parts, ({ place }) => place ?? '')]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([place, own]) => ({ ...rankStep(own, 0.85), code: 'placeRank', place }));
}

function stageSteps({ stages, counts }: CumulativeFlow, items: StepParts['stages']): readonly Step[] {
  return stages.map((stage, index) => ({
    code: 'stage',
    stage,
    entered: counts[index]!.at(-1)!,
    keys: keysOf(items[index] ?? []),
  }));
}

/** Of the last four whole weeks. */
function ratioOfWeeks({ arrivalsPerWeek, throughputPerWeek }: Figures, value: number): Step {
  const lastFour = ({ value: weekly }: Figure<Throughput>) =>
    (weekly?.weeks ?? []).slice(-4).reduce((sum, count) => sum + count, 0);
  return {
    code: 'startsOverFinishes',
    starts: lastFour(arrivalsPerWeek),
    finishes: lastFour(throughputPerWeek),
    value,
  };
}

function isPercentiles(value: unknown): value is Percentiles {
  return typeof value === 'object' && value !== null && 'p85' in value && typeof value.p85 === 'number';
}

function isThroughput(value: unknown): value is Throughput {
  return typeof value === 'object' && value !== null && 'median' in value && 'weeks' in value;
}

/** The rank is where the value stands: the first place at which the share is reached. */
function rankStep(parts: readonly Part[], level: number): RankStep {
  const values = parts.flatMap(({ value }) => value ?? []);
  const value = nearestRank(values, level)!;
  const n = values.length;
  const rank = Math.max(1, Math.ceil(level * n - 1e-9));
  return { code: 'nearestRank', level, n, rank, value, keys: keysOf(parts.filter((part) => part.value === value)) };
}

function medianStep({ median, weeks }: Throughput): Step {
  const counts = weeks.slice(-usualWeeks);
  return { code: 'weeklyMedian', counts, sorted: counts.toSorted((a, b) => a - b), value: median };
}

function lengthOf({ from, to }: Part): number {
  return from === null || to === null ? 0 : (to - from) / dayMs;
}

function efficiencyStep(parts: readonly Part[], value: number): Step {
  const elapsedDays = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  return { code: 'efficiency', idleDays: elapsedDays * (1 - value), elapsedDays, value };
}

function lawStep(parts: readonly Part[], { value, from, to }: { value: number; from: number; to: number }): Step {
  const days = (to - from) / dayMs;
  const area = parts.reduce(
    (sum, part) => sum + Math.max(0, Math.min(part.to ?? to, to) - Math.max(part.from!, from)),
    0,
  );
  const done = parts.filter((part) => part.to !== null && part.to >= from && part.to < to);
  const cycleTimeDays = done.reduce((sum, part) => sum + lengthOf(part), 0) / done.length;
  return { code: 'littlesLaw', wip: area / dayMs / days, throughputPerDay: done.length / days, cycleTimeDays, value };
}
