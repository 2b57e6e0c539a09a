import { describe, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { transitions } from '../../src/store/delivery.ts';
import {
  claim,
  hurryLane,
  listChannelsWithWork,
  markExpired,
  markRejected,
  markRetry,
  markSent,
  markUncertain,
  markUnrenderable,
  nextWake,
} from '../../src/store/lane.ts';
import type { Claim } from '../../src/store/lane.ts';
import { enqueue, findDelivery, lastSent, listParts, listUnrendered, storePayload } from '../../src/store/outbox.ts';
import { planDigests, readSchedule } from '../../src/store/schedules.ts';
import { aDelivery, monday } from './records.ts';
import type { Store } from './store.ts';

const leaseMs = 30_000;
const settleMs = 60_000;

/** The outbox: posted once, in order, by whoever holds the fence. */
export function deliveryContract(database: () => Database, store: Store): void {
  const db = () => database().db;
  const take = (now: number, channel = 'C1', on = db()) => claim(on, { channel, now, leaseMs, settleMs });
  const mustTake = async (now: number): Promise<Claim> => {
    const taken = await take(now);
    if (!taken) throw new Error(`nothing to claim at ${now}`);
    return taken;
  };
  const put = (over: Parameters<typeof aDelivery>[0], at = monday) => enqueue(db(), aDelivery(over), at);

  describe('outbox', () => {
    test('a key is enqueued once, with the payload of the first time', async () => {
      const first = await put({ message: { root: { text: 'one' }, replies: [{ text: 'more' }] } });
      const second = await put({ message: { root: { text: 'two' }, replies: [] } });
      expect([first.isNew, second.isNew, second.id]).toEqual([true, false, first.id]);
      const parts = await listParts(db(), first.id);
      expect(parts.map((part) => [part.partNo, part.rootId, part.payload])).toEqual([
        [0, null, { text: 'one' }],
        [1, first.id, { text: 'more' }],
      ]);
      expect(await findDelivery(db(), aDelivery().key)).toMatchObject({ id: first.id, state: 'planned', attempt: 0 });
      expect(await findDelivery(db(), 'digest:never')).toBeNull();
    });

    test('a message and its cause are stored together or not at all', async () => {
      const work = db()
        .transaction()
        .execute(async (tx) => {
          await enqueue(tx, aDelivery(), monday);
          throw new Error('the cause failed');
        });
      await expect(work).rejects.toThrow('the cause failed');
      expect(await findDelivery(db(), aDelivery().key)).toBeNull();
    });

    test('root first, then its replies in the thread, then the next message', async () => {
      await put({ message: { root: { text: 'one' }, replies: [{ text: 'a' }, { text: 'b' }] } });
      await put({ key: 'later', dueAt: monday + 1, message: { root: { text: 'two' }, replies: [] } });
      const seen: unknown[] = [];
      for (let turn = 0; turn < 4; turn++) {
        const taken = await mustTake(monday + 10 + turn);
        expect(await take(monday + 10 + turn)).toBeNull();
        seen.push([(taken.delivery.payload as { text: string }).text, taken.threadTs, taken.isUncertain]);
        expect(await markSent(db(), taken, { slackTs: `${turn}.0`, at: monday + 10 + turn })).toBe(true);
      }
      expect(seen).toEqual([
        ['one', null, false],
        ['a', '0.0', false],
        ['b', '0.0', false],
        ['two', null, false],
      ]);
      expect(await take(monday + 1_000_000)).toBeNull();
      expect(await nextWake(db(), settleMs)).toBeNull();
    });

    test('nothing is taken before it is due, and channels do not wait for one another', async () => {
      await put({ dueAt: monday + 100 });
      await put({ key: 'other', channel: 'C2', dueAt: monday + 50 });
      expect(await take(monday + 99)).toBeNull();
      expect(await nextWake(db(), settleMs)).toBe(monday + 50);
      expect(await listChannelsWithWork(db(), monday + 60)).toEqual(['C2']);
      expect(await take(monday + 100)).not.toBeNull();
      expect(await take(monday + 100, 'C2')).not.toBeNull();
      expect(await listChannelsWithWork(db(), monday + 100)).toEqual(['C1', 'C2']);
    });

    test('a retry waits, counts its failures, and holds its place in the channel', async () => {
      await put({});
      await put({ key: 'behind', dueAt: monday + 1 });
      const first = await mustTake(monday + 10);
      const later = { error: '429', notBefore: monday + 40, isFailure: false, at: monday + 11 };
      expect(await markRetry(db(), first, later)).toBe(true);
      expect(await take(monday + 39)).toBeNull();
      expect(await nextWake(db(), settleMs)).toBe(monday + 40);
      const second = await mustTake(monday + 40);
      expect([second.delivery.id, second.delivery.attempt, second.delivery.failures, second.isUncertain]).toEqual([
        first.delivery.id,
        2,
        0,
        false,
      ]);
      await markRetry(db(), second, { ...later, error: 'ECONNREFUSED', isFailure: true, notBefore: monday + 50 });
      expect((await mustTake(monday + 50)).delivery.failures).toBe(1);
    });

    test('somebody in a hurry skips the wait of a retry, never that of a message that may have been posted', async () => {
      await put({});
      await markRetry(db(), await mustTake(monday), {
        error: 'ECONNREFUSED',
        notBefore: monday + 500,
        isFailure: true,
        at: monday,
      });
      await hurryLane(db(), 'C2', monday + 1);
      expect(await take(monday + 1)).toBeNull();
      await hurryLane(db(), 'C1', monday + 1);
      const taken = await mustTake(monday + 1);
      await markUncertain(db(), taken, { error: 'reset', notBefore: monday + 500, at: monday + 2 });
      await hurryLane(db(), 'C1', monday + 3);
      expect(await take(monday + 3)).toBeNull();
    });

    test('what may have been posted is looked for before anything else, never simply tried again', async () => {
      await put({});
      const first = await mustTake(monday + 10);
      await markUncertain(db(), first, { error: 'reset', notBefore: monday + 10 + settleMs, at: monday + 20 });
      expect(await take(monday + 10 + settleMs - 1)).toBeNull();
      const second = await mustTake(monday + 10 + settleMs);
      expect([second.isUncertain, second.delivery.attempt, second.delivery.error]).toEqual([true, 2, 'reset']);
      expect(await markSent(db(), second, { slackTs: '9.9', at: monday, detail: 'found' })).toBe(true);
    });

    test('a worker that fell silent: its lease and the settling pass, then another looks for the message', async () => {
      await put({});
      const zombie = await mustTake(monday + 10);
      expect(await take(monday + 10 + leaseMs)).toBeNull();
      expect(await nextWake(db(), settleMs)).toBe(monday + 10 + settleMs);
      const other = await mustTake(monday + 10 + settleMs);
      expect([other.isUncertain, other.delivery.fence]).toEqual([true, zombie.delivery.fence + 1]);

      const at = monday + 11 + settleMs;
      expect(await markSent(db(), zombie, { slackTs: '1.0', at })).toBe(false);
      expect(await markUncertain(db(), zombie, { error: 'x', notBefore: at, at })).toBe(false);
      expect(await markRetry(db(), zombie, { error: 'x', notBefore: at, isFailure: true, at })).toBe(false);
      expect(await markRejected(db(), zombie, { error: 'x', at })).toBe(false);
      expect(await markExpired(db(), zombie, at)).toBe(false);
      expect(await findDelivery(db(), aDelivery().key)).toMatchObject({ state: 'sending', slackTs: null, error: null });
      expect(await markSent(db(), other, { slackTs: '2.0', at })).toBe(true);
      expect(await markSent(db(), other, { slackTs: '3.0', at })).toBe(false);
      expect(await findDelivery(db(), aDelivery().key)).toMatchObject({ state: 'sent', slackTs: '2.0' });
    });

    test('what is refused is dead with its thread, and the channel goes on', async () => {
      const { id } = await put({ message: { root: { text: 'one' }, replies: [{ text: 'a' }] } });
      await put({ key: 'behind', dueAt: monday + 1 });
      const taken = await mustTake(monday + 10);
      expect(await markRejected(db(), taken, { error: 'channel_not_found\0', at: monday + 11 })).toBe(true);
      expect((await listParts(db(), id)).map((part) => part.state)).toEqual(['dead', 'dead']);
      expect((await mustTake(monday + 12)).delivery.dedupKey).toBe('behind:0');
    });

    test('what comes too late is expired, but never while it may have been posted', async () => {
      const { id } = await put({ expiresAt: monday + 100 });
      const taken = await mustTake(monday + 99);
      await markUncertain(db(), taken, { error: 'reset', notBefore: monday + 200, at: monday + 99 });
      const again = await mustTake(monday + 200);
      expect([again.isUncertain, again.delivery.expiresAt]).toEqual([true, monday + 100]);
      expect(await markExpired(db(), again, monday + 201)).toBe(true);
      await put({ key: 'late', expiresAt: monday + 300, dueAt: monday + 250 });
      await put({ key: 'in time', dueAt: monday + 260 });
      expect((await mustTake(monday + 300)).delivery.dedupKey).toBe('in time:0');
      expect((await findDelivery(db(), 'late'))?.state).toBe('expired');
      expect((await listParts(db(), id))[0]?.state).toBe('expired');
    });

    test('two workers: each delivery is taken once', async ({ skip }) => {
      if (!store.connectAgain) skip('a database in memory has one connection');
      const channels = ['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'C8'];
      for (const channel of channels) {
        for (const key of ['a', 'b']) await put({ key: `${channel} ${key}`, channel });
      }
      const second = await store.connectAgain!(database());
      try {
        for (let round = 0; round < 2; round++) {
          const now = monday + 10 + round;
          const all = channels.flatMap((channel) =>
            [db(), second.db, db(), second.db].map((on) => take(now, channel, on)),
          );
          const taken = (await Promise.all(all)).filter((one) => one !== null);
          expect(taken.map(({ delivery }) => delivery.dedupKey).sort()).toEqual(
            channels.map((channel) => `${channel} ${round === 0 ? 'a' : 'b'}:0`),
          );
          expect(taken.every(({ delivery }) => delivery.attempt === 1)).toBe(true);
          for (const one of taken) expect(await markSent(second.db, one, { slackTs: '1', at: now })).toBe(true);
        }
      } finally {
        await second.close();
      }
    });

    test('every move is noted, and only moves of the table are made', async () => {
      await put({ message: { root: { text: 'one' }, replies: [{ text: 'a' }] } });
      const first = await mustTake(monday + 1);
      await markUncertain(db(), first, { error: 'reset', notBefore: monday + 2, at: monday + 1 });
      await markSent(db(), await mustTake(monday + 2), { slackTs: '1', at: monday + 3 });
      const events = await db()
        .selectFrom('delivery_event')
        .selectAll()
        .where('delivery_id', '=', first.delivery.id)
        .orderBy('id')
        .execute();
      expect(events.map((event) => [event.from_state, event.to_state, event.attempt, event.detail])).toEqual([
        [null, 'planned', 0, null],
        ['planned', 'sending', 1, null],
        ['sending', 'uncertain', 1, 'reset'],
        ['uncertain', 'sending', 2, null],
        ['sending', 'sent', 2, null],
      ]);
      const moves = events.filter((event) => event.from_state !== null);
      for (const { from_state: from, to_state: to } of moves)
        expect(transitions[from as keyof typeof transitions]).toContain(to);
      const sent = { ...first, delivery: { ...first.delivery, state: 'sent' as const } };
      await expect(markRejected(db(), sent, { error: 'x', at: monday })).rejects.toThrow(/cannot go from sent to dead/);
    });
  });

  describe('schedules', () => {
    const step = (from: number, toSlot: number) => ({ scheduleId: 'weekly', from, toSlot, periodEnd: toSlot });

    test('a new schedule starts now and owes nothing; its watermark only goes forward', async () => {
      const start = { scheduleId: 'weekly', lastSlot: monday, lastPeriodEnd: monday };
      expect(await readSchedule(db(), 'weekly', monday)).toEqual(start);
      expect(await readSchedule(db(), 'weekly', monday + 99)).toEqual(start);
      const plan = (from: number, to: number) =>
        planDigests(db(), { step: step(from, to), digests: [aDelivery({ key: `s${to}`, message: null })], at: to });
      expect(await plan(monday, monday + 10)).toMatchObject([{ isNew: true }]);
      expect(await plan(monday, monday + 20)).toBeNull();
      expect(await plan(monday + 10, monday + 5)).toBeNull();
      expect(await plan(monday + 10, monday + 10)).toBeNull();
      expect(await findDelivery(db(), `s${monday + 20}`)).toBeNull();
      expect((await readSchedule(db(), 'weekly', monday)).lastSlot).toBe(monday + 10);
    });

    test('workers that plan the same slot at once plan it once', async () => {
      await readSchedule(db(), 'weekly', monday);
      const plan = () => planDigests(db(), { step: step(monday, monday + 10), digests: [aDelivery()], at: monday });
      const done = await Promise.all([plan(), plan(), plan(), plan()]);
      expect(done.filter((one) => one !== null)).toHaveLength(1);
      expect(await db().selectFrom('delivery').selectAll().execute()).toHaveLength(1);
    });

    test('a planned message waits for its words, which are stored once', async () => {
      const { id } = await put({ message: null });
      expect(await take(monday)).toBeNull();
      expect((await listUnrendered(db(), monday)).map((one) => one.id)).toEqual([id]);
      expect(await listUnrendered(db(), monday - 1)).toEqual([]);
      const rendered = {
        message: { root: { text: 'one' }, replies: [{ text: 'a' }] },
        asOf: monday + 5,
        at: monday + 6,
      };
      expect(await storePayload(db(), id, rendered)).toBe(true);
      expect(await storePayload(db(), id, { ...rendered, message: { root: { text: 'two' }, replies: [] } })).toBe(
        false,
      );
      expect(await listUnrendered(db(), monday + 10)).toEqual([]);
      const { delivery } = await mustTake(monday + 10);
      expect([delivery.payload, delivery.asOf]).toEqual([{ text: 'one' }, monday + 5]);
      const keys = (await listParts(db(), id)).map((part) => part.dedupKey);
      expect(keys).toEqual([`${aDelivery().key}:0`, `${aDelivery().key}:1`]);
    });

    test('a message that cannot be rendered does not hold up its channel', async () => {
      await put({ message: null });
      await put({ key: 'behind', dueAt: monday + 1 });
      const [broken] = await listUnrendered(db(), monday + 1);
      expect(await markUnrenderable(db(), broken!, { error: 'bug', at: monday + 1 })).toBe(true);
      expect((await mustTake(monday + 2)).delivery.dedupKey).toBe('behind:0');
    });

    test('a slot that was missed is not rendered, stays in the record, and does not hold up its channel', async () => {
      await put({ key: 'missed', message: null, dueAt: monday - 10, expiresAt: monday - 10 });
      const { id } = await put({ message: null });
      expect((await listUnrendered(db(), monday)).map((one) => one.id)).toEqual([id]);
      await storePayload(db(), id, { message: { root: {}, replies: [] }, asOf: monday, at: monday });
      expect((await mustTake(monday)).delivery.id).toBe(id);
      expect((await findDelivery(db(), 'missed'))?.state).toBe('expired');
    });

    test('the last digest that readers saw before a slot', async () => {
      const of = { report: 'project-digest', project: 'APO', channel: 'C1' };
      for (const [index, key] of ['a', 'b', 'c'].entries()) {
        await put({ key, slot: monday + index * 10, dueAt: monday + index });
        const taken = await mustTake(monday + 100);
        if (key === 'b') await markRejected(db(), taken, { error: 'x', at: monday });
        else await markSent(db(), taken, { slackTs: key, at: monday });
      }
      const slackTs = async (beforeSlot: number) => (await lastSent(db(), { ...of, beforeSlot }))?.slackTs ?? null;
      expect(await slackTs(monday)).toBeNull();
      expect(await slackTs(monday + 20)).toBe('a');
      expect(await slackTs(monday + 21)).toBe('c');
      expect(await lastSent(db(), { ...of, project: null, beforeSlot: monday + 21 })).toBeNull();
    });
  });
}
