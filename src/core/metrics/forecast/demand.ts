import type { Supply } from './mixture.ts';
import type { Pace } from './pace.ts';

/** How the work of a milestone grows before it is finished (metrics.md 3.4). */
export interface Growth {
  /** Factors by which its items multiply when they are split, each as likely as the others; `[1]` when they do not. */
  readonly splits: readonly number[];
  /** Pace at which items come in and stay, a normal week; null when none do, or when nobody knows. */
  readonly arrivals: Pace | null;
}

/** What has to be finished: items as they are known now, and how they grow. */
export interface Demand {
  readonly items: number;
  readonly growth: Growth;
}

/** Without a history of its own: each item becomes one to three, most often 1.3 (metrics.md 3.4). */
const leastSplit = 1;
const usualSplit = 1.3;
const mostSplit = 3;
const splitChances = [0.05, 0.25, 0.5, 0.75, 0.95];

/** The triangle from 1 to 3 with its peak at 1.3, as five factors that are equally likely. */
export function usualSplits(): readonly number[] {
  return splitChances.map(triangleQuantile);
}

function triangleQuantile(chance: number): number {
  const width = mostSplit - leastSplit;
  const rise = usualSplit - leastSplit;
  return chance < rise / width
    ? leastSplit + Math.sqrt(chance * width * rise)
    : mostSplit - Math.sqrt((1 - chance) * width * (mostSplit - usualSplit));
}

/** A milestone that is finished: how many items it had when it was promised, and what they had become at its end. */
export interface ClosedScope {
  readonly promised: number;
  readonly finished: number;
}

const leastClosed = 3;

/**
 * Splits as they were in milestones that are closed (metrics.md 3.4): finished items over those of the promise, at least
 * 1, since what was dropped is no split. Null with fewer than three of them: nothing is known then.
 */
export function learnSplits(closed: readonly ClosedScope[]): readonly number[] | null {
  const factors = closed
    .filter(({ promised }) => promised > 0)
    .map(({ promised, finished }) => Math.max(1, finished / promised))
    .sort((a, b) => a - b);
  return factors.length < leastClosed ? null : factors;
}

/** Items to finish for each of the factors, as likely as one another. */
export function effectiveItems({ items, growth }: Demand): readonly number[] {
  // 3 * 1.1 is a hair more than 3.3: only a real part of an item makes one more.
  return growth.splits.map((factor) => Math.ceil(items * factor - 1e-9));
}

/** Work comes in at least as fast as this part of the team finishes it: there is no date then (metrics.md 3.4). */
export function outgrows(arrivals: Pace | null, supply: Supply, share = 1): boolean {
  if (arrivals === null) return false;
  const teams = 'teams' in supply ? supply.teams : [supply];
  return meanPace(arrivals) >= share * teams.reduce((sum, pace) => sum + meanPace(pace), 0);
}

/** Items a normal week, over the three lengths of memory. */
export function meanPace({ speeds }: Pace): number {
  return speeds.reduce((sum, { alpha, beta }) => sum + alpha / beta, 0) / speeds.length;
}
