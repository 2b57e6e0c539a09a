import type { ItemKey, SourceId } from '../core/model/ids.ts';
import type { ItemHistory } from '../core/model/project.ts';
import { inChunks } from './chunks.ts';
import { itemOfRow } from './items.ts';
import { changeColumns, groupChanges, inOrder } from './changes.ts';
import type { Db } from './tables.ts';

/** Links of a chain that are followed: longer ones are told by the projects in between. */
const longestChain = 5;

/**
 * The items outside a project that its items wait for, or that wait for them, now or once, and what those wait for in
 * turn, as far as they are kept: their keys stand in links and in changes of links. `neighbours` are those of the
 * project's own items, whose keys are `ownKeys`.
 */
export async function loadLinked(
  tx: Db,
  { sources, ownKeys, neighbours }: Linked,
  intern: (text: string) => string,
): Promise<ItemHistory[]> {
  const linked: ItemHistory[] = [];
  const asked = new Set(ownKeys);
  let wanted = [...neighbours].sort();
  for (let round = 0; round < longestChain && sources.length > 0; round += 1) {
    const keys = wanted.filter((key) => !asked.has(key));
    if (keys.length === 0) break;
    for (const key of keys) asked.add(key);
    const newest = await loadByKey(tx, sources, keys, intern);
    linked.push(...newest);
    const next = new Set<ItemKey>();
    for (const item of newest) addEnds(item, next, [waitsFor]);
    wanted = [...next].sort();
  }
  return linked;
}

export interface Linked {
  readonly sources: readonly SourceId[];
  readonly ownKeys: Iterable<ItemKey>;
  readonly neighbours: Iterable<ItemKey>;
}

async function loadByKey(
  tx: Db,
  sources: readonly SourceId[],
  wanted: readonly ItemKey[],
  intern: (text: string) => string,
): Promise<ItemHistory[]> {
  const found: ItemHistory[] = [];
  await inChunks(wanted, async (keys) => {
    const rows = await tx
      .selectFrom('item as i')
      .leftJoin('history as h', (join) => join.onRef('h.source', '=', 'i.source').onRef('h.item_id', '=', 'i.id'))
      .selectAll('i')
      .select('h.is_complete')
      // Gone only when it is gone from every project that it was in.
      .select((eb) =>
        eb
          .selectFrom('membership as m')
          .select((inner) => [
            inner
              .case()
              .when(inner.fn.count('m.gone_at'), '=', inner.fn.countAll())
              .then(inner.fn.max('m.gone_at'))
              .end()
              .as('gone_at'),
          ])
          .whereRef('m.source', '=', 'i.source')
          .whereRef('m.item_id', '=', 'i.id')
          .as('gone_at'),
      )
      .where('i.source', 'in', [...sources])
      .where('i.key', 'in', [...keys])
      .orderBy('i.source')
      .orderBy('i.id')
      .execute();
    for (const source of new Set(rows.map((row) => row.source))) {
      const mine = rows.filter((row) => row.source === source);
      const changes = groupChanges(
        await tx
          .selectFrom('change')
          .select(changeColumns)
          .where('source', '=', source)
          .where(
            'item_id',
            'in',
            mine.map((row) => row.id),
          )
          .execute(),
        intern,
      );
      found.push(
        ...mine.map((row) => ({
          item: itemOfRow(row, intern),
          changes: inOrder(changes.get(row.id) ?? []),
          isComplete: row.is_complete === 1,
          goneAt: row.gone_at,
        })),
      );
    }
  });
  return found;
}

const waitsFor = 'blocked-by:';
const holdsUp = 'blocks:';

/** Adds the keys that an item waits for or has waited for, and those that wait or have waited for it. */
export function addNeighbours(history: ItemHistory, keys: Set<ItemKey>): void {
  addEnds(history, keys, [waitsFor, holdsUp]);
}

function addEnds({ item, changes }: ItemHistory, keys: Set<ItemKey>, marks: readonly string[]): void {
  for (const { kind, key } of item.links) if (marks.includes(`${kind}:`)) keys.add(key);
  for (const change of changes) {
    if (change.field !== 'link') continue;
    for (const end of [change.from, change.to]) {
      const mark = marks.find((one) => end?.startsWith(one));
      if (mark !== undefined) keys.add(end!.slice(mark.length));
    }
  }
}
