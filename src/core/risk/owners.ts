import type { PersonId, VersionId } from '../model/ids.ts';
import { nearestRank } from '../metrics/statistics.ts';
import type { Instant } from '../time/instant.ts';
import { existsAt, isDoneAt } from '../view/item-clock.ts';
import { valueAt } from '../view/timeline.ts';
import type { Zone } from '../time/zone.ts';
import type { ItemView, VersionView } from '../view/view.ts';
import { lastOfInstants } from './last-of-instants.ts';

/** What an owner carries at an instant, beside the others. */
export type LoadOfOwner = (person: PersonId, at: Instant) => boolean;

const leastLoad = 4;
const loadShare = 0.75;

/** The stretches in which one person had one item in progress: times are kept as plain numbers, to be gone through fast. */
interface Loads {
  readonly of: readonly { readonly item: ItemView; readonly person: PersonId }[];
  readonly from: Float64Array;
  readonly until: Float64Array;
}

/** Has this person at least four items in progress, and no fewer than three quarters of those who have any (metrics.md 4.3)? */
export function createOwnerLoad(items: readonly ItemView[]): LoadOfOwner {
  const loads = loadsOf(items);
  const known = new Map<Instant, ReadonlySet<PersonId>>();
  return (person, at) => {
    let overloaded = known.get(at);
    if (!overloaded) known.set(at, (overloaded = overloadedAt(loads, at)));
    return overloaded.has(person);
  };
}

/** Every such stretch of the past, once: who had too much is asked for many Mondays. */
function loadsOf(items: readonly ItemView[]): Loads {
  const of: { item: ItemView; person: PersonId }[] = [];
  const froms: Instant[] = [];
  const untils: Instant[] = [];
  for (const item of items) {
    const { status, assignee } = item.past;
    status.forEach(({ at, value }, index) => {
      if (value.phase !== 'started') return;
      const start = index === 0 ? -Infinity : at;
      const end = status[index + 1]?.at ?? Infinity;
      assignee.forEach((owner, place) => {
        const from = Math.max(start, place === 0 ? -Infinity : owner.at);
        const until = Math.min(end, assignee[place + 1]?.at ?? Infinity);
        if (owner.value === null || from >= until) return;
        of.push({ item, person: owner.value });
        froms.push(from);
        untils.push(until);
      });
    });
  }
  return { of, from: Float64Array.from(froms), until: Float64Array.from(untils) };
}

function overloadedAt({ of, from, until }: Loads, at: Instant): ReadonlySet<PersonId> {
  const loads = new Map<PersonId, number>();
  for (let index = 0; index < of.length; index += 1) {
    if (from[index]! > at || until[index]! <= at) continue;
    const { item, person } = of[index]!;
    if (existsAt(item, at)) loads.set(person, (loads.get(person) ?? 0) + 1);
  }
  const limit = Math.max(leastLoad, nearestRank([...loads.values()], loadShare) ?? leastLoad);
  return new Set([...loads].flatMap(([person, load]) => (load >= limit ? [person] : [])));
}

/** Late share of a person in parts of that of the project; null with fewer than eight promises that are over. */
export type LateShareOfOwner = (person: PersonId, at: Instant) => number | null;

const leastPromises = 8;
/** Promises of the project's own share that a person is credited with beforehand. */
const credit = 2;

interface Ended {
  readonly at: Instant;
  readonly isLate: boolean;
}

/**
 * From the releases that had come by that instant (metrics.md 4.3): who had each item that was once planned for one, when
 * it came or when the item was moved away, and whether it was done by then. Not from first commitments: which of several
 * releases was the first with a day is known only afterwards, and no signal may know it.
 */
export function createOwnerRecord(
  items: readonly ItemView[],
  versions: readonly VersionView[],
  zone: Zone,
): LateShareOfOwner {
  const cameAt = new Map<VersionId, Instant>();
  for (const { version, releasedOn } of versions)
    if (releasedOn !== null) cameAt.set(version.id, zone.endOf(releasedOn));
  const everyone: Ended[] = [];
  const byPerson = new Map<PersonId, Ended[]>();
  for (const item of items) {
    for (const { ended, person } of endingsOf(item, cameAt)) {
      everyone.push(ended);
      if (person === null) continue;
      const own = byPerson.get(person);
      if (own) own.push(ended);
      else byPerson.set(person, [ended]);
    }
  }
  const countOf = counter(everyone);
  const counters = new Map([...byPerson].map(([person, ended]) => [person, counter(ended)]));
  return (person, at) => {
    const own = counters.get(person)?.(at);
    const all = countOf(at);
    if (!own || own.n < leastPromises || all.late === 0) return null;
    const rate = all.late / all.n;
    return (own.late + credit * rate) / (own.n + credit) / rate;
  };
}

interface Ending {
  readonly ended: Ended;
  /** Who had it when that was plain. */
  readonly person: PersonId | null;
}

function endingsOf(item: ItemView, cameAt: ReadonlyMap<VersionId, Instant>): readonly Ending[] {
  const { assignee } = item.past;
  const endings: Ending[] = [];
  const fixVersions = lastOfInstants(item.past.fixVersions);
  const met = new Set<VersionId>();
  for (const [index, { at, value }] of fixVersions.entries()) {
    for (const id of value) {
      const came = cameAt.get(id);
      if (met.has(id) || came === undefined || at >= came || isDoneAt(item, at)) continue;
      met.add(id);
      const left = fixVersions.slice(index + 1).find((step) => step.at < came && !step.value.includes(id));
      const isMoved = left !== undefined && !isDoneAt(item, left.at);
      // To an earlier release: no slip, and that one has its own line.
      if (isMoved && left.value.some((other) => (cameAt.get(other) ?? Infinity) <= came)) continue;
      const isLate = isMoved || !isDoneAt(item, came - 1);
      endings.push({ ended: { at: came, isLate }, person: valueAt(assignee, isMoved ? left.at : came - 1) });
    }
  }
  return endings;
}

/** Answers how many had ended by an instant, and how many of them late. */
function counter(ended: readonly Ended[]): (at: Instant) => { readonly n: number; readonly late: number } {
  const sorted = ended.toSorted((a, b) => a.at - b.at);
  const late: number[] = [0];
  for (const { isLate } of sorted) late.push(late.at(-1)! + Number(isLate));
  return (at) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sorted[middle]!.at <= at) low = middle + 1;
      else high = middle;
    }
    return { n: low, late: late[low]! };
  };
}
