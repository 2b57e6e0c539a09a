import type { Selectable } from 'kysely';
import type { ProjectId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { sanitizeText } from './sanitize.ts';
import type { DeliveryTable } from './message-tables.ts';
import type { Db } from './tables.ts';

/**
 * Where a message is on its way to a channel.
 * - `planned`: to be posted; it surely was not yet
 * - `sending`: a worker holds it, and may have posted it
 * - `uncertain`: it may have been posted; look for it in the channel before posting it again
 * - `sent`: it is there
 * - `dead`: it will not be posted, a person has to look
 * - `expired`: it came too late to be of use
 */
export type DeliveryState = 'planned' | 'sending' | 'uncertain' | 'sent' | 'dead' | 'expired';

/**
 * All moves there are. `sending` to `sending` is another worker taking over a lease that ran out. From `uncertain` no way
 * leads to `planned`, `dead` or `expired`: only a worker that has looked may say that it is not there.
 */
export const transitions: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  planned: ['sending', 'dead', 'expired'],
  sending: ['sending', 'sent', 'uncertain', 'planned', 'dead', 'expired'],
  uncertain: ['sending'],
  sent: [],
  dead: [],
  expired: [],
};

export const unfinishedStates: readonly DeliveryState[] = ['planned', 'sending', 'uncertain'];

/** One post: a message, or one reply in its thread. */
export interface Delivery {
  readonly id: number;
  /** The message's key and the number of the part: `digest:…:0`. */
  readonly dedupKey: string;
  readonly kind: string;
  readonly channel: string;
  /** The message whose thread this part goes to; null for the message itself. */
  readonly rootId: number | null;
  readonly partNo: number;
  readonly report: string | null;
  readonly project: ProjectId | null;
  readonly scheduleId: string | null;
  readonly slot: Instant | null;
  readonly asOf: Instant | null;
  /** As it was stored, before the first try; null until it is rendered. */
  readonly payload: unknown;
  readonly isRendered: boolean;
  readonly dueAt: Instant;
  readonly notBefore: Instant;
  readonly expiresAt: Instant | null;
  readonly state: DeliveryState;
  /** How often a worker took it. */
  readonly attempt: number;
  /** How often it surely failed, not counting "come later". */
  readonly failures: number;
  readonly fence: number;
  readonly leaseUntil: Instant | null;
  readonly firstTryAt: Instant | null;
  readonly lastTryAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly slackTs: string | null;
  readonly error: string | null;
}

export function deliveryOfRow(row: Selectable<DeliveryTable>): Delivery {
  return {
    id: row.id,
    dedupKey: row.dedup_key,
    kind: row.kind,
    channel: row.channel,
    rootId: row.root_id,
    partNo: row.part_no,
    report: row.report,
    project: row.project,
    scheduleId: row.schedule_id,
    slot: row.slot,
    asOf: row.as_of,
    payload: row.payload === null ? null : (JSON.parse(row.payload) as unknown),
    isRendered: row.payload !== null,
    dueAt: row.due_at,
    notBefore: row.not_before,
    expiresAt: row.expires_at,
    state: row.state as DeliveryState,
    attempt: row.attempt,
    failures: row.failures,
    fence: row.fence,
    leaseUntil: row.lease_until,
    firstTryAt: row.first_try_at,
    lastTryAt: row.last_try_at,
    sentAt: row.sent_at,
    slackTs: row.slack_ts,
    error: row.error,
  };
}

/** What is changed along with a move. */
type MoveChanges = Partial<
  Pick<
    DeliveryTable,
    | 'not_before'
    | 'failures'
    | 'attempt'
    | 'fence'
    | 'lease_until'
    | 'first_try_at'
    | 'last_try_at'
    | 'sent_at'
    | 'slack_ts'
    | 'error'
  >
>;

export interface Move {
  /** The row as the mover knows it: when its fence or state is another by now, nothing happens. */
  readonly of: { readonly id: number; readonly fence: number; readonly state: DeliveryState };
  readonly to: DeliveryState;
  readonly at: Instant;
  readonly changes?: MoveChanges;
  readonly detail?: string | null;
}

/** Moves one delivery and notes it, in the caller's transaction. False when somebody else was faster. */
export async function moveDelivery(tx: Db, { of, to, at, changes = {}, detail = null }: Move): Promise<boolean> {
  if (!transitions[of.state].includes(to)) throw new Error(`A delivery cannot go from ${of.state} to ${to}`);
  const moved = await tx
    .updateTable('delivery')
    .set({ ...changes, state: to })
    .where('id', '=', of.id)
    .where('fence', '=', of.fence)
    .where('state', '=', of.state)
    .returning('attempt')
    .executeTakeFirst();
  if (!moved) return false;
  await noteEvent(tx, { id: of.id, at, from: of.state, to, attempt: moved.attempt, detail });
  return true;
}

export async function noteEvent(
  tx: Db,
  event: {
    readonly id: number;
    readonly at: Instant;
    readonly from: DeliveryState | null;
    readonly to: DeliveryState;
    readonly attempt: number;
    readonly detail: string | null;
  },
): Promise<void> {
  await tx
    .insertInto('delivery_event')
    .values({
      delivery_id: event.id,
      at: event.at,
      from_state: event.from,
      to_state: event.to,
      attempt: event.attempt,
      detail: event.detail === null ? null : sanitizeText(event.detail),
    })
    .execute();
}
