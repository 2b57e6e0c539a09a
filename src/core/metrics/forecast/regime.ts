import type { PersonId } from '../../model/ids.ts';

/** Who finished something in each week. */
export type FinishersByWeek = readonly Iterable<PersonId>[];

/** Weeks on each side of a change that are compared, and people that have to be on each. */
const comparedWeeks = 12;
const leastPeople = 3;
const leastWeeks = 4;
/** An older change has nearly been forgotten by every length of memory. */
const longestWeeks = 104;
/** Half of the people gone and half of them new: another team (metrics.md 3.3, regime change). */
const changedShare = 0.5;
/** What the history of the team of before still weighs. */
const weightBefore = 0.25;

/** A team whose people come and go all the time is no other team each time: before the change it was stable. */
const stableShare = 0.34;

/**
 * The week with which another team took over (metrics.md 3.3): the newest one where at least half of those who finished
 * something in the 12 weeks before are gone in the 12 from then on, and half of those are new, though hardly anybody had
 * changed before. Null when there is none, or when too few people are known to tell.
 */
export function reformedIn(weeks: FinishersByWeek): number | null {
  const oldest = Math.max(2 * comparedWeeks, weeks.length - longestWeeks);
  const peopleFrom = createWindows(weeks);
  let best: { week: number; changed: number } | null = null;
  for (let week = weeks.length - leastWeeks; week >= oldest; week--) {
    const before = peopleFrom(week - comparedWeeks);
    const changed = changedPart(before, peopleFrom(week));
    const isChange = changed >= changedShare && isStable(peopleFrom(week - 2 * comparedWeeks), before);
    if (isChange && changed > (best?.changed ?? 0)) best = { week, changed };
    else if (best !== null && !isChange) break;
  }
  return best?.week ?? null;
}

function isStable(earlier: ReadonlySet<PersonId>, later: ReadonlySet<PersonId>): boolean {
  return earlier.size >= leastPeople && changedPart(earlier, later) <= stableShare;
}

/** Who finished something in the weeks from one on; each is before one week and after another. */
function createWindows(weeks: FinishersByWeek): (first: number) => ReadonlySet<PersonId> {
  const known = new Map<number, ReadonlySet<PersonId>>();
  return (first) => {
    let people = known.get(first);
    if (!people) {
      people = new Set(weeks.slice(first, first + comparedWeeks).flatMap((week) => [...week]));
      known.set(first, people);
    }
    return people;
  };
}

/** The lesser of the parts that left and that came; 0 with too few people on a side. */
function changedPart(before: ReadonlySet<PersonId>, after: ReadonlySet<PersonId>): number {
  if (before.size < leastPeople || after.size < leastPeople) return 0;
  let stayed = 0;
  for (const person of before) if (after.has(person)) stayed++;
  return Math.min(1 - stayed / before.size, 1 - stayed / after.size);
}

/**
 * How much each of `weeks` weeks counts when another team took over in one of them (metrics.md 3.3). To multiply counts
 * and exposures by a quarter instead would pass for quieter weeks: the noise would be taken for a quarter too.
 */
export function weightsSince(reformed: number | null, weeks: number): readonly number[] {
  return Array.from({ length: weeks }, (_, index) => (reformed !== null && index < reformed ? weightBefore : 1));
}
