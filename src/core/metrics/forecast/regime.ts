import type { PersonId } from '../../model/ids.ts';

/** Who finished something in a week, each person once or more. */
export type FinishersByWeek = readonly (readonly PersonId[])[];

/** Weeks on each side of a change that are compared, and people that have to be on each. */
const comparedWeeks = 12;
const leastPeople = 3;
const leastWeeks = 4;
/** Half of the people gone and half of them new: another team (metrics.md 3.3, regime change). */
const changedShare = 0.5;
/** What the history of the team of before still weighs. */
const weightBefore = 0.25;

/**
 * The week with which another team took over (metrics.md 3.3): the newest one where at least half of those who finished
 * something in the 12 weeks before are gone in the 12 from then on, and half of those are new. Null when there is none,
 * or when too few people are known to tell.
 */
export function reformedIn(weeks: FinishersByWeek): number | null {
  let best: { week: number; changed: number } | null = null;
  for (let week = weeks.length - leastWeeks; week >= leastWeeks; week--) {
    const before = new Set(weeks.slice(Math.max(0, week - comparedWeeks), week).flat());
    const after = new Set(weeks.slice(week, week + comparedWeeks).flat());
    const changed = changedPart(before, after);
    if (changed >= changedShare && changed > (best?.changed ?? 0)) best = { week, changed };
    else if (best !== null && changed < changedShare) break;
  }
  return best?.week ?? null;
}

/** The lesser of the parts that left and that came; 0 with too few people on a side. */
function changedPart(before: ReadonlySet<PersonId>, after: ReadonlySet<PersonId>): number {
  if (before.size < leastPeople || after.size < leastPeople) return 0;
  let stayed = 0;
  for (const person of before) if (after.has(person)) stayed++;
  return Math.min(1 - stayed / before.size, 1 - stayed / after.size);
}

/** Counts and exposures with the weeks before a change weighing a quarter. */
export function discountBefore(
  week: number,
  { weekly, exposure }: { readonly weekly: readonly number[]; readonly exposure: readonly number[] },
): { readonly weekly: number[]; readonly exposure: number[] } {
  const weigh = (value: number, index: number) => (index < week ? value * weightBefore : value);
  return { weekly: weekly.map(weigh), exposure: exposure.map(weigh) };
}
