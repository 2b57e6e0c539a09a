import { createHash } from 'node:crypto';
import type { ProjectId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { deliveryOfRow, noteEvent } from './delivery.ts';
import type { Delivery } from './delivery.ts';
import { inTransaction } from './dialect.ts';
import { sanitize } from './sanitize.ts';
import type { Db } from './tables.ts';

/** A message to be posted once: whoever enqueues the same key again enqueues nothing. */
export interface NewDelivery {
  /** `digest:<schedule>:2026-10-25T02:30[Europe/Paris]:<channel>`. */
  readonly key: string;
  /** `digest`, `alert`, and `edit` for what another message says from now on. */
  readonly kind: string;
  readonly channel: string;
  readonly report: string | null;
  readonly project: ProjectId | null;
  readonly scheduleId: string | null;
  readonly slot: Instant | null;
  readonly asOf: Instant | null;
  /** Its place in the channel: earlier ones are posted first. */
  readonly dueAt: Instant;
  readonly expiresAt: Instant | null;
  /** What is posted; null when it is to be rendered later, with `storePayload`. */
  readonly message: RenderedMessage | null;
}

/** JSON for one post, and for each reply in its thread. The store does not read it. */
export interface RenderedMessage {
  readonly root: unknown;
  readonly replies: readonly unknown[];
}

export interface Enqueued {
  readonly id: number;
  /** False when this key was there before. */
  readonly isNew: boolean;
}

/** Puts a message in the outbox. Call it in the transaction of the fact that caused the message. */
export async function enqueue(db: Db, delivery: NewDelivery, at: Instant): Promise<Enqueued> {
  return inTransaction(db, async (tx) => {
    const root = await insertPart(
      tx,
      { ...delivery, rootId: null, partNo: 0, payload: delivery.message?.root ?? null },
      at,
    );
    if (root.isNew && delivery.message) await insertReplies(tx, delivery, root.id, delivery.message.replies, at);
    return root;
  });
}

/** What comes later to a message: a reply in its thread, or (`edit`) what it says from now on. */
export interface FollowUp {
  readonly key: string;
  readonly kind: string;
  /** Its place among those of one moment, from 1. */
  readonly partNo: number;
  readonly payload: unknown;
  readonly dueAt: Instant;
  readonly expiresAt: Instant | null;
}

/**
 * Puts something in the outbox that follows a message of earlier. Null when that will never be in the channel. Call it in
 * the transaction of the fact that caused it.
 */
export async function enqueueFollowUp(
  db: Db,
  rootId: number,
  followUp: FollowUp,
  at: Instant,
): Promise<Enqueued | null> {
  return inTransaction(db, async (tx) => {
    const row = await tx.selectFrom('delivery').selectAll().where('id', '=', rootId).executeTakeFirstOrThrow();
    const root = deliveryOfRow(row);
    if (root.state === 'dead' || root.state === 'expired') return null;
    // Before its message it would hold up the lane for good, should the clock have gone back.
    return insertPart(tx, { ...root, ...followUp, rootId, dueAt: Math.max(followUp.dueAt, root.dueAt) }, at);
  });
}

/**
 * Stores what a planned message says, once: the first rendering stays, whatever is asked later, so that a retry posts
 * what the first try posted. False when there was one already, or the message is planned no more.
 */
export async function storePayload(
  db: Db,
  id: number,
  rendered: { readonly message: RenderedMessage; readonly asOf: Instant; readonly at: Instant },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { payload, sha } = encodePayload(rendered.message.root);
    const row = await tx
      .updateTable('delivery')
      .set({ payload, payload_sha: sha, as_of: rendered.asOf, failures: 0, error: null })
      .where('id', '=', id)
      .where('payload', 'is', null)
      .where('state', '=', 'planned')
      .where('root_id', 'is', null)
      .returningAll()
      .executeTakeFirst();
    if (!row) return false;
    const root = deliveryOfRow(row);
    const key = root.dedupKey.slice(0, -':0'.length);
    await insertReplies(tx, { ...root, key }, id, rendered.message.replies, rendered.at);
    return true;
  });
}

/** Planned messages that are due, not too late, and still to be rendered, in the order of their lanes. */
export async function listUnrendered(db: Db, now: Instant): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('delivery')
    .selectAll()
    .where('state', '=', 'planned')
    .where('payload', 'is', null)
    .where('due_at', '<=', now)
    .where('not_before', '<=', now)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .orderBy('due_at')
    .orderBy('id')
    .execute();
  return rows.map(deliveryOfRow);
}

/** The message with this key (without the number of a part); null when it was never enqueued. */
export async function findDelivery(db: Db, key: string): Promise<Delivery | null> {
  const row = await db.selectFrom('delivery').selectAll().where('dedup_key', '=', partKey(key, 0)).executeTakeFirst();
  return row ? deliveryOfRow(row) : null;
}

/** A message and its replies, in order. */
export async function listParts(db: Db, rootId: number): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('delivery')
    .selectAll()
    .where((eb) => eb.or([eb('id', '=', rootId), eb('root_id', '=', rootId)]))
    .orderBy('part_no')
    .execute();
  return rows.map(deliveryOfRow);
}

/** The last message of this report that reached the channel for a slot before this one: what readers know already. */
export async function lastSent(
  db: Db,
  of: {
    readonly report: string;
    readonly project: ProjectId | null;
    readonly channel: string;
    readonly beforeSlot: Instant;
  },
): Promise<Delivery | null> {
  const row = await db
    .selectFrom('delivery')
    .selectAll()
    .where('state', '=', 'sent')
    .where('root_id', 'is', null)
    .where('report', '=', of.report)
    .where('project', of.project === null ? 'is' : '=', of.project)
    .where('channel', '=', of.channel)
    .where('slot', '<', of.beforeSlot)
    .orderBy('slot', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? deliveryOfRow(row) : null;
}

type Part = Omit<NewDelivery, 'message'> & {
  readonly rootId: number | null;
  readonly partNo: number;
  readonly payload: unknown;
};

async function insertReplies(
  tx: Db,
  root: Omit<NewDelivery, 'message'>,
  rootId: number,
  replies: readonly unknown[],
  at: Instant,
): Promise<void> {
  for (const [index, payload] of replies.entries()) {
    // A reply does not expire by itself: half a message is worse than a late one.
    await insertPart(tx, { ...root, expiresAt: null, rootId, partNo: index + 1, payload }, at);
  }
}

async function insertPart(tx: Db, part: Part, at: Instant): Promise<Enqueued> {
  const dedupKey = partKey(part.key, part.partNo);
  const { payload, sha } = encodePayload(part.payload);
  const row = await tx
    .insertInto('delivery')
    .values({
      dedup_key: dedupKey,
      kind: part.kind,
      channel: part.channel,
      root_id: part.rootId,
      part_no: part.partNo,
      report: part.report,
      project: part.project,
      schedule_id: part.scheduleId,
      slot: part.slot,
      as_of: part.asOf,
      payload,
      payload_sha: sha,
      due_at: part.dueAt,
      not_before: part.dueAt,
      expires_at: part.expiresAt,
      state: 'planned',
      attempt: 0,
      failures: 0,
      fence: 0,
      lease_until: null,
      first_try_at: null,
      last_try_at: null,
      sent_at: null,
      slack_ts: null,
      error: null,
    })
    .onConflict((conflict) => conflict.column('dedup_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (row) {
    await noteEvent(tx, { id: row.id, at, from: null, to: 'planned', attempt: 0, detail: null });
    return { id: row.id, isNew: true };
  }
  const known = await tx
    .selectFrom('delivery')
    .select('id')
    .where('dedup_key', '=', dedupKey)
    .executeTakeFirstOrThrow();
  return { id: known.id, isNew: false };
}

function encodePayload(value: unknown): { payload: string | null; sha: string | null } {
  if (value === null || value === undefined) return { payload: null, sha: null };
  const payload = JSON.stringify(sanitize(value).value);
  return { payload, sha: createHash('sha256').update(payload).digest('hex') };
}

function partKey(key: string, partNo: number): string {
  return `${key}:${partNo}`;
}
