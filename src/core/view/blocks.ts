import type { ItemKey } from '../model/ids.ts';
import type { ItemLink, LinkKind } from '../model/work-item.ts';
import type { Instant } from '../time/instant.ts';
import type { ItemAlone } from './item-as-of.ts';
import type { Timeline } from './timeline.ts';
import type { Block, ItemView } from './view.ts';

const blockedBy = 'blocked-by:';

/** Adds its links and what keeps it from going on, in place: a second object an item would be most of the memory. */
export function addBlocks(item: ItemAlone, find: (key: ItemKey) => ItemView | undefined, asOf: Instant): void {
  const links = item.past.links.at(-1)!.value;
  if (links.length > 0) item.links = links.map(linkOf);
  if (item.isDone || (links.length === 0 && !item.isFlagged && !item.status.isBlocked)) return;
  const { blocks, unknownBlockers } = blocksOf(item, find, asOf);
  if (blocks.length > 0) item.blocks = blocks;
  if (unknownBlockers.length > 0) item.unknownBlockers = unknownBlockers;
}

function linkOf(text: string): ItemLink {
  const colon = text.indexOf(':');
  return { kind: text.slice(0, colon) as LinkKind, key: text.slice(colon + 1) };
}

/**
 * What keeps an open item from going on at as-of, oldest first (metrics.md 2.2): a flag, a blocked status, or a blocker
 * that is not done. Blockers of which nothing is kept are named apart: their state is not known.
 */
function blocksOf(
  item: ItemView,
  find: (key: ItemKey) => ItemView | undefined,
  asOf: Instant,
): Pick<ItemView, 'blocks' | 'unknownBlockers'> {
  const { links: linkPast, flagged: flagPast } = item.past;
  const blocks: Block[] = [];
  const unknownBlockers: ItemKey[] = [];
  if (flagPast.at(-1)!.value) blocks.push({ kind: 'flagged', by: null, since: sinceOf(flagPast, (flag) => flag) });
  if (item.status.isBlocked) blocks.push({ kind: 'status', by: null, since: item.statusSince });
  for (const link of linkPast.at(-1)!.value) {
    if (!link.startsWith(blockedBy)) continue;
    const key = link.slice(blockedBy.length);
    const blocker = find(key);
    if (!blocker) unknownBlockers.push(key);
    else if (!blocker.isDone && (blocker.goneAt === null || blocker.goneAt > asOf)) {
      const linkedAt = sinceOf(linkPast, (links) => links.includes(link));
      const openSince = blocker.doneSpans.at(-1)?.until ?? blocker.createdAt;
      blocks.push({ kind: 'link', by: blocker.key, since: Math.max(linkedAt, openSince) });
    }
  }
  return { blocks: blocks.sort((a, b) => a.since - b.since), unknownBlockers: unknownBlockers.sort() };
}

/** Since when a condition has held without a break up to the last step. */
function sinceOf<T>(timeline: Timeline<T>, holds: (value: T) => boolean): Instant {
  let since = timeline.at(-1)!.at;
  for (let index = timeline.length - 1; index >= 0 && holds(timeline[index]!.value); index -= 1)
    since = timeline[index]!.at;
  return since;
}
