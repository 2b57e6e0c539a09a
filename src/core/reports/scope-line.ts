import type { Thresholds } from '../model/thresholds.ts';
import { existsAt } from '../view/item-clock.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import { valueAt } from '../view/timeline.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import type { Instant } from '../time/instant.ts';
import { isLive } from '../metrics/milestones/deciding-milestone.ts';
import type { ItemRef, RefOf } from './item-ref.ts';

/** How the scope of a milestone changed in the period. */
export interface ScopeLine {
  readonly milestone: string;
  /** Items in it, done ones too, at the start and at the end of the period. */
  readonly itemsBefore: number;
  readonly itemsNow: number;
  readonly added: readonly ItemRef[];
  readonly removed: readonly ItemRef[];
}

export interface ScopeOf {
  readonly metrics: Metrics;
  readonly about: MilestoneFigures | null;
  readonly since: Instant;
  readonly thresholds: Thresholds;
  readonly refOf: RefOf;
}

/**
 * Items that came into or left milestones in the period: the one that decides first, then those with a date that is
 * still waited for, most first. To fill or empty a list without a date is no change of scope, and an item or two of
 * another milestone are its own team's business. Of an item without its history nobody knows when it came: it counts as
 * having been there.
 */
export function scopeChanges(view: ProjectView, of: ScopeOf): readonly ScopeLine[] {
  const { metrics, about, thresholds } = of;
  const told = metrics.milestones
    .filter(({ state, kind }) => state === 'open' && (kind === 'version' || kind === 'epic'))
    .filter((milestone) => milestone.id === about?.id || (milestone.currentOn !== null && isLive(milestone, view)));
  const everIn = membersOf(told, view.counted);
  return told
    .map((milestone) => {
      const line = scopeLine(milestone, everIn.get(placeOf(milestone))!, { ...of, asOf: view.asOf });
      const isAbout = milestone.id === about?.id;
      return { line, isAbout, least: isAbout ? 1 : thresholds.milestones.scopeGrowthItems };
    })
    .filter(({ line, least }) => sizeOf(line) >= least)
    .sort(
      (a, b) =>
        Number(b.isAbout) - Number(a.isAbout) ||
        sizeOf(b.line) - sizeOf(a.line) ||
        a.line.milestone.localeCompare(b.line.milestone),
    )
    .map(({ line }) => line);
}

/** Where an item that belongs to it names it: its version id, or the key of its parent. */
function placeOf({ kind, key, id }: MilestoneFigures): string {
  return kind === 'epic' ? `parent ${key}` : `version ${id}`;
}

/** The items that were ever in each of the milestones, in one pass: most of a large project are in none of them. */
function membersOf(
  milestones: readonly MilestoneFigures[],
  items: readonly ItemView[],
): ReadonlyMap<string, ReadonlySet<ItemView>> {
  const members = new Map(milestones.map((milestone) => [placeOf(milestone), new Set<ItemView>()]));
  for (const item of items) {
    for (const { value } of item.past.parent) members.get(`parent ${value}`)?.add(item);
    for (const { value } of item.past.fixVersions) for (const id of value) members.get(`version ${id}`)?.add(item);
  }
  return members;
}

function scopeLine(
  milestone: MilestoneFigures,
  everIn: Iterable<ItemView>,
  { since, asOf, refOf }: Pick<ScopeOf, 'since' | 'refOf'> & { readonly asOf: Instant },
): ScopeLine {
  const added: string[] = [];
  const removed: string[] = [];
  let itemsBefore = 0;
  let itemsNow = 0;
  for (const item of everIn) {
    if (item.key === milestone.key) continue;
    const is = isInScope(item, milestone, asOf);
    const was = item.isComplete ? existsAt(item, since) && isInScope(item, milestone, since) : is;
    itemsBefore += Number(was);
    itemsNow += Number(is);
    if (is && !was) added.push(item.key);
    if (was && !is) removed.push(item.key);
  }
  return { milestone: milestone.name, itemsBefore, itemsNow, added: added.map(refOf), removed: removed.map(refOf) };
}

function sizeOf({ added, removed }: ScopeLine): number {
  return added.length + removed.length;
}

function isInScope(item: ItemView, milestone: MilestoneFigures, at: Instant): boolean {
  if (milestone.kind === 'epic') return valueAt(item.past.parent, at) === milestone.key;
  return valueAt(item.past.fixVersions, at).includes(milestone.id);
}
