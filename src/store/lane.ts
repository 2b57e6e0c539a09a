import type { Selectable } from 'kysely';
import type { Instant } from '../core/time/instant.ts';
import { deliveryOfRow, moveDelivery, noteEvent, unfinishedStates } from './delivery.ts';
import type { Delivery, DeliveryState } from './delivery.ts';
import { inTransaction } from './dialect.ts';
import { sanitizeText } from './sanitize.ts';
import type { DeliveryTable } from './message-tables.ts';
import type { Db } from './tables.ts';

/** A delivery that this worker holds until its lease runs out. Only the holder of the latest fence may write. */
export interface Claim {
  readonly delivery: Delivery;
  /** It may have been posted already: look for it in the channel first. */
  readonly isUncertain: boolean;
  /** The message whose thread it goes to; null for a message of its own. */
  readonly threadTs: string | null;
}

export interface ClaimOptions {
  readonly channel: string;
  readonly now: Instant;
  /** How long the worker may take, more than the timeout of its request. */
  readonly leaseMs: number;
  /**
   * How long after a try that nobody knows the end of the channel's history can be trusted to show it: more than the
   * timeout of the request and the lag of the history together. Too short, and messages come twice.
   */
  readonly settleMs: number;
}

/**
 * Takes the next delivery of a channel, strictly in order (when it was due, then message by message with its thread):
 * while one is under way or has to wait, the whole channel waits. Null when there is nothing to do now, or when another
 * worker took it first: both looked at the same head, and only one can move its fence. (SKIP LOCKED would hand the second
 * worker the message behind, out of order.)
 */
export async function claim(db: Db, options: ClaimOptions): Promise<Claim | null> {
  return inTransaction(db, async (tx) => {
    for (;;) {
      const row = await readHead(tx, options.channel);
      if (!row || wakeOf(row, options.settleMs) > options.now) return null;
      const isLate = row.expires_at !== null && row.expires_at <= options.now;
      if (row.state === 'planned' && isLate) {
        await finish(tx, row, 'expired', { at: options.now, error: null });
        continue;
      }
      if (row.payload === null) return null;
      return take(tx, row, options);
    }
  });
}

async function take(tx: Db, row: Row, { now, leaseMs }: ClaimOptions): Promise<Claim | null> {
  const isTaken = await moveDelivery(tx, {
    of: identityOf(row),
    to: 'sending',
    at: now,
    changes: {
      attempt: row.attempt + 1,
      fence: row.fence + 1,
      lease_until: now + leaseMs,
      first_try_at: row.first_try_at ?? now,
      last_try_at: now,
    },
    detail: row.state === 'sending' ? 'the lease ran out' : null,
  });
  if (!isTaken) return null;
  const taken = await tx.selectFrom('delivery').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow();
  const root =
    row.root_id === null
      ? null
      : await tx.selectFrom('delivery').select('slack_ts').where('id', '=', row.root_id).executeTakeFirstOrThrow();
  return { delivery: deliveryOfRow(taken), isUncertain: row.state !== 'planned', threadTs: root?.slack_ts ?? null };
}

/** It is in the channel, just posted or found there. False when another worker holds it by now. */
export async function markSent(
  db: Db,
  { delivery }: Claim,
  sent: { readonly slackTs: string; readonly at: Instant; readonly detail?: string },
): Promise<boolean> {
  const changes = { slack_ts: sent.slackTs, sent_at: sent.at, lease_until: null, error: null };
  return inTransaction(db, (tx) =>
    moveDelivery(tx, { of: delivery, to: 'sent', at: sent.at, changes, detail: sent.detail ?? null }),
  );
}

/** Nobody knows whether it was posted: it is looked for, not before `notBefore`. */
export async function markUncertain(
  db: Db,
  { delivery }: Claim,
  why: { readonly error: string; readonly notBefore: Instant; readonly at: Instant },
): Promise<boolean> {
  const error = sanitizeText(why.error);
  const changes = { not_before: why.notBefore, lease_until: null, error };
  return inTransaction(db, (tx) =>
    moveDelivery(tx, { of: delivery, to: 'uncertain', at: why.at, changes, detail: error }),
  );
}

/** It surely was not posted, and is tried again from `notBefore`. `isFailure` is false for "come later" (429). */
export async function markRetry(
  db: Db,
  { delivery }: Claim,
  why: { readonly error: string; readonly notBefore: Instant; readonly isFailure: boolean; readonly at: Instant },
): Promise<boolean> {
  const error = sanitizeText(why.error);
  const failures = delivery.failures + (why.isFailure ? 1 : 0);
  const changes = { not_before: why.notBefore, lease_until: null, failures, error };
  return inTransaction(db, (tx) =>
    moveDelivery(tx, { of: delivery, to: 'planned', at: why.at, changes, detail: error }),
  );
}

/** It surely was not posted and will not be; what was to follow in its thread falls with it. */
export async function markRejected(
  db: Db,
  { delivery }: Claim,
  why: { readonly error: string; readonly at: Instant },
): Promise<boolean> {
  return inTransaction(db, (tx) => finish(tx, delivery, 'dead', why));
}

/** It surely was not posted, and by now it is too late. */
export async function markExpired(db: Db, { delivery }: Claim, at: Instant): Promise<boolean> {
  return inTransaction(db, (tx) => finish(tx, delivery, 'expired', { at, error: null }));
}

/** A planned message that could not be rendered this time: its channel waits for it. False when it is no longer to be. */
export async function postponeRendering(
  db: Db,
  delivery: Delivery,
  why: { readonly error: string; readonly notBefore: Instant },
): Promise<boolean> {
  const put = await db
    .updateTable('delivery')
    .set({ failures: delivery.failures + 1, not_before: why.notBefore, error: sanitizeText(why.error) })
    .where('id', '=', delivery.id)
    .where('state', '=', 'planned')
    .where('payload', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return put !== undefined;
}

/** A planned message that cannot be rendered, ever: it must not hold up its channel. */
export async function markUnrenderable(
  db: Db,
  delivery: Delivery,
  why: { readonly error: string; readonly at: Instant },
): Promise<boolean> {
  return inTransaction(db, (tx) => finish(tx, delivery, 'dead', why));
}

/** When the next delivery can be claimed or rendered, over all channels; null when all is done. It may be in the past. */
export async function nextWake(db: Db, settleMs: number): Promise<Instant | null> {
  let earliest: Instant | null = null;
  for (const channel of await listLanes(db)) {
    const row = await readHead(db, channel);
    if (!row) continue;
    const at = wakeOf(row, settleMs);
    if (earliest === null || at < earliest) earliest = at;
  }
  return earliest;
}

/** Channels in which something is due and not finished. */
export async function listChannelsWithWork(db: Db, now: Instant): Promise<string[]> {
  return listLanes(db, now);
}

async function listLanes(db: Db, dueBy?: Instant): Promise<string[]> {
  let query = db
    .selectFrom('delivery')
    .select('channel')
    .distinct()
    .where('state', 'in', [...unfinishedStates])
    .orderBy('channel');
  if (dueBy !== undefined) query = query.where('due_at', '<=', dueBy);
  return (await query.execute()).map((row) => row.channel);
}

type Row = Selectable<DeliveryTable>;

function identityOf(row: Row): { id: number; fence: number; state: DeliveryState } {
  return { id: row.id, fence: row.fence, state: row.state as DeliveryState };
}

/** The first of a channel's lane that is not finished. */
async function readHead(db: Db, channel: string): Promise<Row | undefined> {
  return db
    .selectFrom('delivery')
    .selectAll()
    .where('channel', '=', channel)
    .where('state', 'in', [...unfinishedStates])
    .orderBy('due_at')
    .orderBy((eb) => eb.fn.coalesce('root_id', 'id'))
    .orderBy('part_no')
    .limit(1)
    .executeTakeFirst();
}

/** From when a lane's head can be taken. One whose worker is silent may still land: its lease and the settling count. */
function wakeOf(row: Row, settleMs: number): Instant {
  const at = Math.max(row.due_at, row.not_before);
  return row.state === 'sending' ? Math.max(at, row.lease_until ?? at, (row.last_try_at ?? at) + settleMs) : at;
}

async function finish(
  tx: Db,
  of: Row | Delivery,
  to: 'dead' | 'expired',
  why: { readonly at: Instant; readonly error: string | null },
): Promise<boolean> {
  const error = why.error === null ? null : sanitizeText(why.error);
  const identity = { id: of.id, fence: of.fence, state: of.state as DeliveryState };
  const isMoved = await moveDelivery(tx, {
    of: identity,
    to,
    at: why.at,
    changes: { lease_until: null, error },
    detail: error,
  });
  if (!isMoved) return false;
  const replies = await tx
    .updateTable('delivery')
    .set({ state: to, error: 'the message that it replies to was not posted' })
    .where('root_id', '=', of.id)
    .where('state', '=', 'planned')
    .returning(['id', 'attempt'])
    .execute();
  for (const { id, attempt } of replies) {
    await noteEvent(tx, { id, at: why.at, from: 'planned', to, attempt, detail: 'its message was not posted' });
  }
  return true;
}

/** Somebody asks for a channel's messages now: what surely was not posted need not wait for its next try. */
export async function hurryLane(db: Db, channel: string, now: Instant): Promise<void> {
  await db
    .updateTable('delivery')
    .set({ not_before: now })
    .where('channel', '=', channel)
    .where('state', '=', 'planned')
    .where('not_before', '>', now)
    .where('due_at', '<=', now)
    .execute();
}
