/** Where a project stands on the time axis of its plan; all in periods of the plan. */
export interface EarnedSchedule {
  /** Earned schedule: when the plan meant to have earned what is earned. */
  readonly es: number;
  /** Planned duration. */
  readonly pd: number;
  readonly svT: number;
  readonly spiT: number | null;
  /** Duration at completion at the rate so far; null when nothing is earned or no time has passed. */
  readonly ieacT: number | null;
  /** The same with the rest at plan rate: the optimist's. */
  readonly ieacTPf1: number;
  /** The rate that the rest would need; null from the planned finish on. */
  readonly tspiT: number | null;
}

/**
 * Earned schedule after Lipke (metrics.md 1.4, vector T3). `pvCumulative` is the planned value at the end of each period,
 * never falling, its last one the whole plan and above 0. On a plateau the last period of it counts. Unlike SPI in money
 * it does not come back to 1 when a late project ends.
 */
export function earnedSchedule(pvCumulative: readonly number[], ev: number, at: number): EarnedSchedule {
  const bac = pvCumulative.at(-1) ?? 0;
  const pd = pvCumulative.findIndex((value) => value >= bac) + 1;
  const es = ev >= bac ? pd : scheduleOf(pvCumulative, ev);
  const spiT = at === 0 ? null : es / at;
  return {
    es,
    pd,
    svT: es - at,
    spiT,
    ieacT: spiT === null || spiT === 0 ? null : pd / spiT,
    ieacTPf1: at + (pd - es),
    tspiT: at >= pd ? null : (pd - es) / (pd - at),
  };
}

/** Whole periods that are earned, and the earned part of the next. */
export function scheduleOf(pvCumulative: readonly number[], ev: number): number {
  const place = placeOf(pvCumulative, ev);
  if (place === null) return pvCumulative.length;
  return place.period + (ev - place.before) / (place.after - place.before);
}

/** Between which periods the plan meant to have earned this much. */
export interface Place {
  /** The last period by whose end no more was planned: `C`; 0 is the beginning. */
  readonly period: number;
  /** Planned value at its end, and at the end of the next. */
  readonly before: number;
  readonly after: number;
}

/** Null when more is earned than was ever planned, or all of it. */
export function placeOf(pvCumulative: readonly number[], ev: number): Place | null {
  const next = pvCumulative.findIndex((value) => value > ev);
  if (next === -1) return null;
  return { period: next, before: next === 0 ? 0 : pvCumulative[next - 1]!, after: pvCumulative[next]! };
}
