import { earnedSchedule } from '../metrics/value/earned-schedule.ts';

export interface EarnedScheduleQuestion {
  /** Never falling, the last one above 0. */
  readonly pvCumulative: readonly number[];
  readonly cases: readonly { readonly ev: number; readonly at: number }[];
}

/** `calc earned-schedule` (metrics.md 1.4). */
export function calcEarnedSchedule({ pvCumulative, cases }: EarnedScheduleQuestion) {
  return { cases: cases.map(({ ev, at }) => earnedSchedule(pvCumulative, ev, at)) };
}
