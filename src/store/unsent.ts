import type { Instant } from '../core/time/instant.ts';
import { deliveryOfRow, unfinishedStates } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import type { Db } from './tables.ts';

/** Messages that will not be posted any more. */
export interface Unsent {
  readonly delivery: Delivery;
  readonly at: Instant;
}

const most = 200;

/**
 * What was given up after one instant and by another, oldest first: refused for good, or too late. Parts that fell with
 * their message are not counted, nor what tells the operator, which would be told for ever.
 */
export async function listUnsent(
  db: Db,
  { after, until }: { readonly after: Instant; readonly until: Instant },
): Promise<readonly Unsent[]> {
  const ends = await db
    .selectFrom('delivery_event')
    .select(['delivery_id', 'at'])
    .where('to_state', 'in', ['dead', 'expired'])
    .where('at', '>', after)
    .where('at', '<=', until)
    .orderBy('id')
    .execute();
  const at = new Map(ends.map((end) => [end.delivery_id, end.at]));
  if (at.size === 0) return [];
  const rows = await db
    .selectFrom('delivery')
    .selectAll()
    .where('id', 'in', [...at.keys()].slice(0, most))
    .where('kind', '!=', 'operator')
    .orderBy('id')
    .execute();
  const given = new Set(rows.map(({ id }) => id));
  return rows
    .filter(({ root_id: root }) => root === null || !given.has(root))
    .map((row) => ({ delivery: deliveryOfRow(row), at: at.get(row.id)! }));
}

/** Messages that could not be sent yet and are tried again, oldest first; not what tells the operator. */
export async function listWaiting(db: Db): Promise<readonly Delivery[]> {
  const rows = await db
    .selectFrom('delivery')
    .selectAll()
    .where('state', 'in', unfinishedStates)
    .where('error', 'is not', null)
    .where('kind', '!=', 'operator')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(deliveryOfRow);
}
