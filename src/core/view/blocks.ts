import type { ItemKey } from '../model/ids.ts';
import type { ItemLink, LinkKind } from '../model/work-item.ts';
import type { Instant } from '../time/instant.ts';
import type { ItemAlone } from './item-as-of.ts';
import type { Timeline } from './timeline.ts';
import type { Block, ItemView } from './view.ts';

const blockedBy = 'blocked-by:';

/** An item with its links and with what keeps it from going on. */
export function addBlocks(alone: ItemAlone, find: (key: ItemKey) => ItemAlone | undefined, asOf: Instant): ItemView {
  const { aliases: _aliases, ...item } = alone;
  return { ...item, links: alone.past.links.at(-1)!.value.map(linkOf), ...blocksOf(alone, find, asOf) };
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
  item: ItemAlone,
  find: (key: ItemKey) => ItemAlone | undefined,
  asOf: Instant,
): Pick<ItemView, 'blocks' | 'unknownBlockers'> {
  const { links: linkPast, flagged: flagPast } = item.past;
  if (item.isDone) return { blocks: [], unknownBlockers: [] };
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
