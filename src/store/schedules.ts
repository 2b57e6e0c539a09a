import type { Instant } from '../core/time/instant.ts';
import { inTransaction } from './dialect.ts';
import { enqueue } from './outbox.ts';
import type { Enqueued, NewDelivery } from './outbox.ts';
import type { Db } from './tables.ts';

/** How far a schedule is planned: the watermark that due slots are reckoned from. */
export interface ScheduleState {
  readonly scheduleId: string;
  readonly lastSlot: Instant;
  /** Where the period of the next digest begins: periods have no hole between them. */
  readonly lastPeriodEnd: Instant;
}

/** The state of a schedule; one that is new starts at `now` and owes nothing for the past. */
export async function readSchedule(db: Db, scheduleId: string, now: Instant): Promise<ScheduleState> {
  return inTransaction(db, async (tx) => {
    await tx
      .insertInto('schedule_state')
      .values({ schedule_id: scheduleId, last_slot: now, last_period_end: now })
      .onConflict((conflict) => conflict.column('schedule_id').doNothing())
      .execute();
    const row = await tx
      .selectFrom('schedule_state')
      .selectAll()
      .where('schedule_id', '=', scheduleId)
      .executeTakeFirstOrThrow();
    return { scheduleId, lastSlot: row.last_slot, lastPeriodEnd: row.last_period_end };
  });
}

export interface WatermarkStep {
  readonly scheduleId: string;
  /** The watermark that the plan was reckoned from. */
  readonly from: Instant;
  readonly toSlot: Instant;
  readonly periodEnd: Instant;
}

/**
 * Moves the watermark, only forward, and only from where the caller saw it: false when another worker has planned in the
 * meantime, or when the clock went back.
 */
export async function advanceSchedule(db: Db, step: WatermarkStep): Promise<boolean> {
  const moved = await db
    .updateTable('schedule_state')
    .set({ last_slot: step.toSlot, last_period_end: step.periodEnd })
    .where('schedule_id', '=', step.scheduleId)
    .where('last_slot', '=', step.from)
    .where('last_slot', '<', step.toSlot)
    .returning('schedule_id')
    .executeTakeFirst();
  return moved !== undefined;
}

/**
 * The due slots become planned messages and the watermark moves past them, in one transaction. Null, and nothing done,
 * when another worker was faster: the caller reads the state again. Slots that came too late are messages whose
 * `expiresAt` is past: they stay in the record as expired.
 */
export async function planDigests(
  db: Db,
  plan: { readonly step: WatermarkStep; readonly digests: readonly NewDelivery[]; readonly at: Instant },
): Promise<readonly Enqueued[] | null> {
  return inTransaction(db, async (tx) => {
    if (!(await advanceSchedule(tx, plan.step))) return null;
    const planned: Enqueued[] = [];
    for (const digest of plan.digests) planned.push(await enqueue(tx, digest, plan.at));
    return planned;
  });
}
