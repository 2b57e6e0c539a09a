/** How far one matured forecast moves the level (metrics.md 3.5). */
const step = 0.03;
/** Forecasts of a bucket that have to mature before its level is used instead of the plain one. */
export const leastMatured = 12;

/**
 * The level after a forecast has matured (metrics.md 3.5, T17): down a little when the statement held, up much when it
 * did not, so that in the long run statements made at it hold as often as the target says. It is not kept within 0 to 1:
 * a level beyond means "the surest thing that can be said".
 */
export function adaptLevel(level: number, target: number, hasHeld: boolean): number {
  return level + step * (target - (hasHeld ? 1 : 0));
}

const bucketEnds = [1, 4, 8, 13, 26];

/** Horizons that share a level: up to 1, 4, 8, 13 and 26 weeks ahead; null beyond, where too few ever mature. */
export function bucketOf(weeks: number): number | null {
  return bucketEnds.find((end) => weeks <= end) ?? null;
}
