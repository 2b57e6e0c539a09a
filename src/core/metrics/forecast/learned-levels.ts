import { createAdaptiveLayer, toldChances } from './adaptive.ts';
import type { AdaptiveLayer, MaturedForecast } from './adaptive.ts';
import { chanceOfItems } from './forecast.ts';
import type { Supply } from './mixture.ts';
import { fitPace } from './pace.ts';
import { leastWeeks } from './silence.ts';

/** Horizons that are learned from, one in each bucket of metrics.md 3.5, and how often they are made. */
const horizons = [1, 4, 8, 12, 26];
const firstOrigin = 12;
const originStep = 4;
/** Older forecasts have long been outweighed by newer ones. */
const longestMemory = 260;

export interface TeamPast {
  readonly weekly: readonly number[];
  readonly exposure: readonly number[];
  readonly priorPace: number;
}

/** The weeks of teams that share the work, each up to the same last one. */
export interface PooledWeeks {
  readonly teams: readonly TeamPast[];
  readonly correlation: number;
}

export interface PastWeeks extends TeamPast {
  /** Who does the work, where that is not one team. */
  readonly pool?: PooledWeeks;
}

/**
 * The adaptive layer of a team as its own past teaches it (metrics.md 3.5): the forecasts of every fourth week are made
 * again, each from what came before it, and learned from in the order in which they matured. Nothing is kept between
 * reports: the same past gives the same levels.
 */
export function learnLevels(past: PastWeeks): AdaptiveLayer {
  const { weekly, exposure } = past;
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
    const supply = supplyAt(past, origin);
    if (supply === null) continue;
    for (const weeks of horizons) {
      const dueAt = origin + weeks;
      if (dueAt > weekly.length) continue;
      const finished = sum(weekly, origin, dueAt);
      const chanceOfMore = chanceOfItems(supply, finished + 1, { weeks, exposure: sum(exposure, origin, dueAt) });
      open.push({ weeks, levels: layer.learningOf(weeks), chanceOfMore, dueAt });
    }
  }
  learnUntil(weekly.length);
  return layer;
}

/** Who did the work as it could be known so many weeks after the first; null where teams share it and none had a past yet. */
function supplyAt({ pool, ...whole }: PastWeeks, weeks: number): Supply | null {
  const until = ({ weekly, exposure, priorPace }: TeamPast, end: number) =>
    fitPace({ weekly: weekly.slice(0, end), exposure: exposure.slice(0, end), priorPace });
  if (!pool) return until(whole, weeks);
  const teams = pool.teams.flatMap((team) => {
    const end = weeks - (whole.weekly.length - team.weekly.length);
    return end >= leastWeeks ? [until(team, end)] : [];
  });
  return teams.length === 0 ? null : { teams, correlation: pool.correlation };
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
    const text = ({ priorPace, weekly, exposure }: TeamPast) => `${priorPace} ${weekly.join()} ${exposure.join()}`;
    const { pool } = past;
    const key = [text(past), ...(pool ? [pool.correlation, ...pool.teams.map(text)] : [])].join(' ');
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
