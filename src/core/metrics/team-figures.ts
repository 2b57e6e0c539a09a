import type { ItemKey } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Grade } from './figure.ts';

/** Items a normal week, at the slowest and at the fastest of three lengths of memory. */
export interface PaceRange {
  readonly low: number;
  readonly high: number;
}

/** A team of a project, and what is known of its pace (metrics.md 3.3, 3.4). */
export interface TeamFigures {
  /** Null: what no team takes. */
  readonly team: string | null;
  /** Open items of the project that are its own, in order of key. */
  readonly openKeys: readonly ItemKey[];
  /** Those of them that the rule of a later team takes too. */
  readonly alsoOthersKeys: readonly ItemKey[];
  /** Items that it finished in each whole week, oldest first, at most the last 26; `firstOn` is the Monday of the first. */
  readonly weeks: { readonly firstOn: Day | null; readonly finished: readonly number[] };
  /** Null where its past says nothing; `noForecast` says why. */
  readonly pace: PaceRange | null;
  readonly noForecast: string | null;
  readonly grade: Grade;
  readonly historyWeeks: number;
}
