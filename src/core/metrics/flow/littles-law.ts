/** One item's stay in progress, in days on any common axis; `end` null while it goes on. */
export interface Stay {
  readonly start: number;
  readonly end: number | null;
}

export interface LittlesLaw {
  /** Time-average of the work in progress. */
  readonly wip: number;
  /** Finishes a day. */
  readonly throughput: number;
  /** Mean elapsed days of what was finished in the window, without the "+ 1" of inclusive days; null when nothing was. */
  readonly cycleTime: number | null;
  /** wip / (throughput x cycleTime): 1 where the law holds; null when nothing was finished, or all of it in no time. */
  readonly littleRatio: number | null;
  readonly arrivals: number;
  readonly departures: number;
}

/** Little's law over the window [from, to) (metrics.md 2.3, vector T12): a check on the data, no target to work for. */
export function littlesLaw(stays: Iterable<Stay>, from: number, to: number): LittlesLaw {
  let area = 0;
  let arrivals = 0;
  let departures = 0;
  let elapsed = 0;
  for (const { start, end } of stays) {
    area += Math.max(0, Math.min(end ?? to, to) - Math.max(start, from));
    if (start >= from && start < to) arrivals += 1;
    if (end === null || end < from || end >= to) continue;
    departures += 1;
    elapsed += end - start;
  }
  const length = to - from;
  const wip = area / length;
  const throughput = departures / length;
  const cycleTime = departures === 0 ? null : elapsed / departures;
  return {
    wip,
    throughput,
    cycleTime,
    littleRatio: cycleTime === null || cycleTime === 0 ? null : wip / (throughput * cycleTime),
    arrivals,
    departures,
  };
}
