import type { VersionId } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import { existsAt, isDoneAt } from '../view/item-clock.ts';
import { valueAt } from '../view/timeline.ts';
import type { ItemView, VersionView } from '../view/view.ts';
import type { Zone } from '../time/zone.ts';

/** How a release stood at an instant. */
export interface VersionState {
  /** Share of its items that were done; null for an empty one. */
  readonly doneShare: number | null;
  /** When something was first planned for it; null while nothing was. */
  readonly firstAt: Instant | null;
  /** Older releases that were open and not empty. */
  readonly ahead: number;
}

export type StateOfVersion = (id: VersionId, at: Instant) => VersionState;

type Counts = Omit<VersionState, 'ahead'>;

/** Answers how any release stood at any instant; each question is worked out once. */
export function createVersionCourse(
  items: readonly ItemView[],
  versions: readonly VersionView[],
  zone: Zone,
): StateOfVersion {
  const members = membersOf(items);
  const ordered = versions
    .map(({ version, releasedOn }) => ({
      id: version.id,
      closedAt: releasedOn === null ? Infinity : zone.startOf(releasedOn),
    }))
    .sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
  const counted = remembered((id, at) => countsOf(members.get(id) ?? [], id, at));
  return remembered((id, at) => {
    const index = ordered.findIndex((one) => one.id === id);
    const ahead = ordered
      .slice(0, Math.max(0, index))
      .filter((one) => one.closedAt > at && counted(one.id, at).doneShare !== null).length;
    return { ...counted(id, at), ahead };
  });
}

/** An item that was ever planned for a release, and since when. */
interface Member {
  readonly item: ItemView;
  readonly cameAt: Instant;
}

function membersOf(items: readonly ItemView[]): ReadonlyMap<VersionId, readonly Member[]> {
  const members = new Map<VersionId, Member[]>();
  for (const item of items)
    for (const { at, value } of item.past.fixVersions)
      for (const id of value) {
        const known = members.get(id);
        if (!known) members.set(id, [{ item, cameAt: at }]);
        else if (known.at(-1)!.item !== item) known.push({ item, cameAt: at });
      }
  return members;
}

function remembered<T>(answer: (id: VersionId, at: Instant) => T): (id: VersionId, at: Instant) => T {
  const known = new Map<Instant, Map<VersionId, T>>();
  return (id, at) => {
    let then = known.get(at);
    if (!then) known.set(at, (then = new Map()));
    const before = then.get(id);
    if (before !== undefined) return before;
    const found = answer(id, at);
    then.set(id, found);
    return found;
  };
}

function countsOf(members: readonly Member[], id: VersionId, at: Instant): Counts {
  let inside = 0;
  let done = 0;
  let firstAt: Instant | null = null;
  for (const { item, cameAt } of members) {
    if (cameAt > at || !existsAt(item, at)) continue;
    if (firstAt === null || cameAt < firstAt) firstAt = cameAt;
    if (!valueAt(item.past.fixVersions, at).includes(id)) continue;
    inside += 1;
    if (isDoneAt(item, at)) done += 1;
  }
  return { doneShare: inside === 0 ? null : done / inside, firstAt };
}
