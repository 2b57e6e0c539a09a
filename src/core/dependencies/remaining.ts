import { kaplanMeier } from '../metrics/flow/kaplan-meier.ts';
import type { Duration, Survival } from '../metrics/flow/kaplan-meier.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import type { Remaining } from './plan.ts';

/** Fewer finished items say nothing about the next one. */
const leastFinished = 5;

/**
 * How long items of a project still take (metrics.md 2.9, 7.2): Kaplan-Meier over the working days from start to finish,
 * given the age of the item; one that is not started takes as long as any. Null for a project that finished too little.
 */
export function createRemaining(view: ProjectView): (item: ItemView) => Remaining | null {
  // Most projects are asked about few items, many about none.
  let survival: Survival | null | undefined;
  const byAge = new Map<number, Remaining>();
  return (item) => {
    if (survival === undefined) survival = survivalOf(view);
    const past = survival;
    if (past === null) return null;
    const age = item.startedAt === null ? 0 : ageOf(view, item.startedAt, view.asOf);
    const known = byAge.get(age);
    if (known) return known;
    const remaining = { quantile: (chance: number) => quantileAt(past, age, chance) };
    byAge.set(age, remaining);
    return remaining;
  };
}

function survivalOf(view: ProjectView): Survival | null {
  const durations: Duration[] = [];
  let finished = 0;
  for (const { startedAt, doneAt, isDelivered, isDone, type } of view.counted) {
    if (startedAt === null || type.isEpic || (isDone && (!isDelivered || doneAt === null))) continue;
    if (isDone) finished += 1;
    durations.push({ days: ageOf(view, startedAt, doneAt ?? view.asOf), isFinished: isDone });
  }
  return finished < leastFinished ? null : kaplanMeier(durations);
}

function ageOf({ calendar }: ProjectView, from: number, to: number): number {
  return Math.max(0, calendar.distance(calendar.zone.dayAt(from), calendar.zone.dayAt(to)));
}

/**
 * The first duration by which the share that was still open at this age has fallen to what the chance leaves; Infinity
 * where it never fell so far, and at an age that nothing finished has reached.
 */
function quantileAt(survival: Survival, age: number, chance: number): number {
  if (survival.isOlderThanHistory(age)) return Infinity;
  const { curve } = survival;
  const left = survival.at(age) * (1 - chance) + 1e-12;
  let low = 0;
  let high = curve.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (curve[middle]![1] <= left) high = middle;
    else low = middle + 1;
  }
  const reached = curve[low];
  // What is open today takes at least until the next working day.
  return reached === undefined ? Infinity : Math.max(1, reached[0] - age);
}
