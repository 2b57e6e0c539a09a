/**
 * The codes of the scorecard, each with the limits of its levels: the further, the more it weighs (metrics.md 4.3). A
 * code says what raises a risk; none lowers it.
 */
export const levels = {
  /** Days without a sign of life. */
  NO_ACTIVITY: [3, 7, 14, 112],
  /** Days since it was promised. */
  LONG_PROMISED: [7, 21],
  /** Days from creation to the promise. */
  OLD_WHEN_PROMISED: [90],
  /** Share of its release that is not done. */
  LITTLE_DONE: [0.95],
  /** Days since something was first planned for its release. */
  OLD_RELEASE: [180],
  /** Older releases that are still open and not empty. */
  RELEASE_NOT_NEXT: [1],
  /** 1 while its status is that of its creation. */
  NOT_STARTED: [1],
  UNASSIGNED: [1],
  /** 1 without an owner and with at most five working days to a known date. */
  UNASSIGNED_NEAR_DUE: [1],
  /** 0 for the highest priority, 4 for the lowest. */
  LOW_PRIORITY: [2, 3],
  /** Flagged, in a blocked status, or waiting for an item that is not done. */
  BLOCKED: [1],
  BLOCKS_OTHERS: [1],
  REOPENED: [1],
  /** Times that a date or a release was changed. */
  REPLANNED: [1, 2, 3],
  /** Sprints that it was in. */
  SERIAL_CARRYOVER: [3],
  /** Growth of its estimate since the promise. */
  SCOPE_GREW: [0.25],
  /** Links to items of other projects. */
  MANY_DEPENDENCIES: [3],
  /** 1 if its owner has at least 4 items in progress and no fewer than three quarters of the team. */
  OWNER_OVERLOADED: [1],
  /** Late share of its owner in parts of that of the project. */
  OWNER_LATE_HISTORY: [1.5],
} as const satisfies Readonly<Record<string, readonly number[]>>;

export type RiskCode = keyof typeof levels;
export const riskCodes = Object.keys(levels) as readonly RiskCode[];

/** What is known of one item at one instant, by code; null where it is not. */
export type RiskSignals = Readonly<Record<RiskCode, number | null>>;

/** Log odds without any code, and what each level adds to those below it: 0 or more. */
export interface Scorecard {
  readonly base: number;
  readonly weights: Readonly<Record<RiskCode, readonly number[]>>;
}

/** Which levels hold, in the order of the codes: the row of the model for one item. */
export function rowOf(signals: RiskSignals): readonly boolean[] {
  const row: boolean[] = [];
  for (const code of riskCodes) {
    const value = signals[code];
    for (const limit of levels[code]) row.push(value !== null && value >= limit);
  }
  return row;
}

/** Weight of each code that holds: the sum of its levels that hold; codes of no weight are left out. */
export function reasonsOf(signals: RiskSignals, { weights }: Scorecard): Readonly<Partial<Record<RiskCode, number>>> {
  const reasons: Partial<Record<RiskCode, number>> = {};
  for (const code of riskCodes) {
    const value = signals[code];
    if (value === null) continue;
    const weight = levels[code].reduce<number>(
      (sum, limit, index) => sum + (value >= limit ? weights[code][index]! : 0),
      0,
    );
    if (weight > 0) reasons[code] = weight;
  }
  return reasons;
}

/** The same from a row. */
export function reasonsOfRow(
  row: readonly boolean[],
  { weights }: Scorecard,
): Readonly<Partial<Record<RiskCode, number>>> {
  const reasons: Partial<Record<RiskCode, number>> = {};
  let next = 0;
  for (const code of riskCodes) {
    const own = weights[code];
    let weight = 0;
    for (const part of own) if (row[next++]) weight += part;
    if (weight > 0) reasons[code] = weight;
  }
  return reasons;
}

/** The weights as one list, in the order of `rowOf`, and back. */
export function toList({ weights }: Scorecard): readonly number[] {
  return riskCodes.flatMap((code) => weights[code]);
}

/** The scorecard of such a list (`toList`). */
export function fromList(base: number, list: readonly number[]): Scorecard {
  let next = 0;
  const weights = Object.fromEntries(
    riskCodes.map((code) => {
      const own = list.slice(next, next + levels[code].length);
      next += levels[code].length;
      return [code, own];
    }),
  ) as unknown as Scorecard['weights'];
  return { base, weights };
}
