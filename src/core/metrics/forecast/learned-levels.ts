import { createAdaptiveLayer, toldChances } from './adaptive.ts';
import type { AdaptiveLayer, MaturedForecast } from './adaptive.ts';
import { chanceOfItems } from './forecast.ts';
import { fitPace } from './pace.ts';

/** Horizons that are learned from, one in each bucket of metrics.md 3.5, and how often they are made. */
const horizons = [1, 4, 8, 12, 26];
const firstOrigin = 12;
const originStep = 4;
/** Older forecasts have long been outweighed by newer ones. */
const longestMemory = 260;

export interface PastWeeks {
  readonly weekly: readonly number[];
  readonly exposure: readonly number[];
  readonly priorPace: number;
}

/**
 * The adaptive layer of a team as its own past teaches it (metrics.md 3.5): the forecasts of every fourth week are made
 * again, each from what came before it, and learned from in the order in which they matured. Nothing is kept between
 * reports: the same past gives the same levels.
 */
export function learnLevels({ weekly, exposure, priorPace }: PastWeeks): AdaptiveLayer {
  const layer = createAdaptiveLayer();
  const open: (MaturedForecast & { readonly dueAt: number })[] = [];
  const sum = (values: readonly number[], from: number, to: number) =>
    values.slice(from, to).reduce((total, value) => total + value, 0);
  const learnUntil = (week: number) => {
    for (let index = 0; index < open.length;) {
      if (open[index]!.dueAt > week) index++;
      else layer.learn(open.splice(index, 1)[0]!);
    }
  };
  const from = Math.max(firstOrigin, weekly.length - longestMemory);
  for (let origin = from; origin < weekly.length; origin += originStep) {
    learnUntil(origin);
    const pace = fitPace({ weekly: weekly.slice(0, origin), exposure: exposure.slice(0, origin), priorPace });
    for (const weeks of horizons) {
      const dueAt = origin + weeks;
      if (dueAt > weekly.length) continue;
      const finished = sum(weekly, origin, dueAt);
      const chanceOfMore = chanceOfItems(pace, finished + 1, { weeks, exposure: sum(exposure, origin, dueAt) });
      open.push({ weeks, levels: layer.learningOf(weeks), chanceOfMore, dueAt });
    }
  }
  learnUntil(weekly.length);
  return layer;
}

/** What the past of a team makes of plain chances, so many weeks ahead; both ways. */
export interface Calibration {
  /** The chance that a plain one stands for. */
  chanceOf(plain: number, weeks: number): number;
  /** The plain chance that has to be reached for a told one: p_t of metrics.md 3.5. */
  levelOf(chance: number, weeks: number): number;
}

/** What the past weeks of a team teach about its forecasts. */
export function learnCalibration(past: PastWeeks): Calibration {
  return calibrationOf(learnLevels(past));
}

/** The same, each past once: evaluations of one week have the same weeks behind them. */
export function createLearner(): (past: PastWeeks) => Calibration {
  const learned = new Map<string, Calibration>();
  return (past) => {
    const key = `${past.priorPace} ${past.weekly.join()} ${past.exposure.join()}`;
    const known = learned.get(key) ?? learnCalibration(past);
    learned.set(key, known);
    return known;
  };
}

/** Nothing can be surer than this: a level beyond would never have a date. */
const surest = 0.99;
const leastApart = 0.01;

/**
 * The levels of even odds and 85 % as a scale for all chances, in proportion between them, and up to 0 and 1. What is
 * learned of rarer misses is mostly noise, and bends nothing.
 */
export function calibrationOf(layer: AdaptiveLayer): Calibration {
  const scaleAt = (weeks: number): readonly (readonly [number, number])[] => {
    const levels = layer.levelsOf(weeks);
    const high = Math.min(surest, Math.max(2 * leastApart, levels[1]!));
    const low = Math.min(high - leastApart, Math.max(leastApart, levels[0]!));
    return [
      [0, 0],
      [low, toldChances[0]!],
      [high, toldChances[1]!],
      [1, 1],
    ];
  };
  return {
    chanceOf: (plain, weeks) => between(scaleAt(weeks), plain),
    levelOf: (chance, weeks) =>
      between(
        scaleAt(weeks).map(([level, target]) => [target, level] as const),
        chance,
      ),
  };
}

/** Along the points, which rise from 0, 0 to 1, 1. Where the scale is the plain one, the value is itself to the last bit. */
function between(points: readonly (readonly [number, number])[], value: number): number {
  if (points.every(([from, to]) => from === to)) return value;
  const above = Math.max(
    1,
    points.findIndex(([from]) => from >= value),
  );
  const [fromLow, toLow] = points[above - 1]!;
  const [fromHigh, toHigh] = points[above]!;
  return toLow + ((value - fromLow) / (fromHigh - fromLow)) * (toHigh - toLow);
}
