import { promisesOf } from '../metrics/milestones/promised.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import type { Milestone } from '../metrics/milestones/milestones.ts';
import { duePromises } from '../metrics/milestones/on-time-rate.ts';
import type { DuePromise } from '../metrics/milestones/on-time-rate.ts';
import type { Clock } from '../metrics/milestones/standing.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { ProjectView } from '../view/view.ts';

/** The promises behind an on-time rate (metrics.md 1.1), the earliest day first: those that count, and those left out. */
export interface PromisesProof {
  readonly since: Day;
  readonly due: readonly PromiseRow[];
  readonly kept: number;
  /** Left out: the day was over when it was set. */
  readonly bornLate: readonly PromiseRow[];
  /** Left out: their first promise is not known. */
  readonly unknown: readonly PromiseName[];
}

export interface PromiseName {
  readonly name: string;
  /** Of an epic or another item with a date. */
  readonly key: ItemKey | null;
}

export interface PromiseRow extends PromiseName {
  readonly dueOn: Day;
  /** Null while it is open. */
  readonly finishedOn: Day | null;
  readonly isKept: boolean;
}

const clockOf: Readonly<Record<string, Clock>> = { onTimeRate: 'baseline', onTimeRateLast: 'current' };

/** Null for a figure that is no on-time rate. */
export function provePromises(view: ProjectView, name: string): PromisesProof | null {
  const clock = clockOf[name];
  if (clock === undefined) return null;
  const { since, counted, bornLate, unknown } = duePromises(view, promisesOf(view, milestonesOf(view)), clock);
  return {
    since,
    due: counted.map(rowOf).sort(byDay),
    kept: counted.filter(({ isKept }) => isKept).length,
    bornLate: bornLate.map(rowOf).sort(byDay),
    unknown: unknown.map(({ milestone }) => nameOf(milestone)),
  };
}

function nameOf({ name, key }: Milestone): PromiseName {
  return { name, key };
}

function rowOf({ milestone, dueOn, isKept }: DuePromise): PromiseRow {
  return { ...nameOf(milestone), dueOn, finishedOn: milestone.finishedOn, isKept };
}

/** Stable: promises for one day stay in the order of the milestones. */
function byDay(a: PromiseRow, b: PromiseRow): number {
  return a.dueOn < b.dueOn ? -1 : Number(a.dueOn > b.dueOn);
}
