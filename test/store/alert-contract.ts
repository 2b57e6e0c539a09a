import { describe, expect, test } from 'vitest';
import { noAlerts } from '../../src/core/alerts/alert.ts';
import type { AlertState } from '../../src/core/alerts/alert.ts';
import type { AlertCard } from '../../src/core/reports/alert-card.ts';
import {
  findTold,
  listDecisions,
  listOpenTold,
  noteDecision,
  readAlerts,
  saveAlerts,
  saveTold,
} from '../../src/store/alerts.ts';
import { openAlerts } from '../../src/store/migrations/0030-open-alerts.ts';
import { countOpenedByOthers, readTurn, takeTurn } from '../../src/store/alert-turn.ts';
import type { DigestNote } from '../../src/core/alerts/digest-note.ts';
import { listDigestNotes, saveDigestNotes } from '../../src/store/digest-notes.ts';
import type { Database } from '../../src/store/database.ts';
import { inTransaction } from '../../src/store/dialect.ts';
import { forgetInbox, takeOnce } from '../../src/store/inbox.ts';
import { claim, markRejected, markSent } from '../../src/store/lane.ts';
import { enqueue, enqueueFollowUp } from '../../src/store/outbox.ts';
import { aDelivery, monday } from './records.ts';

const stale: AlertState = { ...noAlerts, isStale: true };

export function aCard(over: Partial<AlertCard> = {}): AlertCard {
  return {
    kind: 'alert',
    asOf: monday,
    zone: 'Europe/Paris',
    project: { id: 'APO', name: 'Apollo' },
    alert: 'WORK_STALLED',
    key: 'WORK_STALLED:APO-1',
    episode: '2026-03-02',
    state: 'open',
    colour: 'amber',
    severity: 'medium',
    probability: 0.8,
    dueOn: null,
    openedOn: '2026-03-02',
    line: {
      rule: 'BLOCKED',
      severity: 'medium',
      subject: 'APO-1',
      facts: { workingDays: 4 },
      reasons: [],
      evidence: ['APO-1'],
      fingerprint: 'BLOCKED:APO-1',
      count: 1,
      items: [{ key: 'APO-1', summary: 'Land on the moon', url: null }],
      milestones: [],
      blockers: [],
      chain: [],
    },
    more: 0,
    evidence: { items: [{ key: 'APO-1', summary: 'Land on the moon', url: null }], more: 0 },
    role: 'teamLead',
    by: '2026-03-09',
    answer: null,
    resolved: null,
    story: [{ kind: 'opened', at: monday, reason: null, by: null, until: null }],
    ...over,
  };
}

/** Alerts between evaluations, their messages, the decision log and the inbox. */
export function alertContract(database: () => Database): void {
  const db = () => database().db;

  describe('alerts', () => {
    test('a project that is new owes no evaluation for the past', async () => {
      const first = await readAlerts(db(), 'APO', monday);
      expect(first).toEqual({ project: 'APO', version: 0, lastDue: monday, nextAt: monday, state: noAlerts });
      expect(await readAlerts(db(), 'APO', monday + 5)).toEqual(first);
    });

    test('of two that evaluated the same, one is kept and the other told so', async () => {
      const seen = await readAlerts(db(), 'APO', monday);
      expect(await saveAlerts(db(), { ...seen, lastDue: monday + 1, state: stale })).toBe(true);
      expect(await saveAlerts(db(), { ...seen, lastDue: monday + 2, state: noAlerts })).toBe(false);
      expect(await readAlerts(db(), 'APO', monday)).toEqual({ ...seen, version: 1, lastDue: monday + 1, state: stale });
    });

    test('a message is kept an episode, and says what it said last', async () => {
      await saveTold(db(), { channel: 'C1', deliveryId: 4, card: aCard() });
      await saveTold(db(), { channel: 'C1', deliveryId: 4, card: aCard({ state: 'resolved', resolved: 'recovered' }) });
      await saveTold(db(), { channel: 'C1', deliveryId: 9, card: aCard({ episode: '2026-05-04' }) });
      const name = { project: 'APO', key: 'WORK_STALLED:APO-1', episode: '2026-03-02' } as const;
      expect(await findTold(db(), name)).toEqual({
        channel: 'C1',
        deliveryId: 4,
        card: aCard({ state: 'resolved', resolved: 'recovered' }),
      });
      expect(await findTold(db(), { ...name, episode: '2026-03-03' })).toBeNull();
    });

    test('an old one that is open is listed, however many newer ones are over', async () => {
      await saveTold(db(), { channel: 'C1', deliveryId: 1, card: aCard({ episode: '2025-01-06', state: 'snoozed' }) });
      await inTransaction(db(), async (tx) => {
        for (let number = 2; number <= 210; number += 1) {
          const card = aCard({ key: `WORK_STALLED:APO-${number}`, state: 'resolved', resolved: 'recovered' });
          await saveTold(tx, { channel: 'C1', deliveryId: number, card });
        }
      });
      await saveTold(db(), { channel: 'C1', deliveryId: 999, card: aCard({ state: 'acknowledged' }) });
      const listed = async (...projects: string[]) =>
        (await listOpenTold(db(), projects)).map(({ card }) => [card.episode, card.state]);
      const open = [
        ['2026-03-02', 'acknowledged'],
        ['2025-01-06', 'snoozed'],
      ];
      expect(await listed('APO', 'HER')).toEqual(open);
      expect(await listed('HER')).toEqual([]);
      expect(await listed()).toEqual([]);
    });

    test('those of before the list of open ones are in it', async () => {
      await saveTold(db(), { channel: 'C1', deliveryId: 1, card: aCard() });
      await saveTold(db(), { channel: 'C1', deliveryId: 2, card: aCard({ key: 'B', state: 'resolved' }) });
      await db().schema.alterTable('alert').dropColumn('state').execute();
      await openAlerts.up(db() as never);
      expect((await listOpenTold(db(), ['APO'])).map(({ deliveryId }) => deliveryId)).toEqual([1]);
    });

    test('what is left to the digest is there for its period, in order of time, whenever it is asked for', async () => {
      const note: DigestNote = {
        kind: 'alert',
        at: monday,
        key: 'PROMISE_GAP:1',
        rule: 'PROMISE_GAP',
        subject: '1',
        reason: 'over-cap',
        exposure: 1.4,
      };
      const raised: DigestNote = { kind: 'threshold-raised', at: monday + 5, key: 'A', rule: 'PROMISE_GAP', on: 0.65 };
      await saveDigestNotes(db(), 'APO', [raised, note]);
      await saveDigestNotes(db(), 'APO', [note]);
      await saveDigestNotes(db(), 'HER', [{ ...note, key: 'PROMISE_GAP:2' }]);
      await saveDigestNotes(db(), 'APO', []);
      const listed = (since: number, until: number) => listDigestNotes(db(), 'APO', { since, until });
      expect(await listed(monday - 1, monday + 5)).toEqual([note, raised]);
      expect(await listed(monday, monday + 5)).toEqual([raised]);
      expect(await listed(monday - 1, monday + 4)).toEqual([note]);
    });

    test.each([
      ['its own do not count', { channel: 'C1', on: '2026-03-02', project: 'APO' }, 1],
      ['those of the others do', { channel: 'C1', on: '2026-03-02', project: 'HER' }, 2],
      ['not in another channel', { channel: 'C2', on: '2026-03-02', project: 'HER' }, 0],
      ['not on another day', { channel: 'C1', on: '2026-03-03', project: 'HER' }, 0],
    ] as const)('what was opened in a channel on a day: %s', async (_, of, count) => {
      await saveTold(db(), { channel: 'C1', deliveryId: 1, card: aCard() });
      await saveTold(db(), { channel: 'C1', deliveryId: 2, card: aCard({ key: 'WORK_STALLED:APO-2' }) });
      const other = aCard({ key: 'WORK_STALLED:HER-2', project: { id: 'HER', name: 'Hermes' } });
      await saveTold(db(), { channel: 'C1', deliveryId: 3, card: other });
      expect(await countOpenedByOthers(db(), of)).toBe(count);
    });

    test('only one of two who read the same turn opens alerts in a channel', async () => {
      const turn = await readTurn(db(), 'C1');
      expect(await readTurn(db(), 'C1')).toBe(turn);
      const taken = await Promise.all([takeTurn(db(), 'C1', turn), takeTurn(db(), 'C1', turn)]);
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await takeTurn(db(), 'C2', 0)).toBe(false);
      expect(await takeTurn(db(), 'C1', await readTurn(db(), 'C1'))).toBe(true);
    });

    test('decisions are kept in order, with who, when and what', async () => {
      const about = { project: 'APO', key: 'WORK_STALLED:APO-1', episode: '2026-03-02' } as const;
      const first = { ...about, at: monday, actor: 'U1', kind: 'acknowledged', detail: null };
      const second = { ...about, at: monday + 5, actor: 'U2', kind: 'snoozed', detail: { until: monday + 9 } };
      await noteDecision(db(), first);
      await noteDecision(db(), second);
      await noteDecision(db(), { ...first, project: 'HER' });
      expect(await listDecisions(db(), 'APO')).toEqual([first, second]);
    });
  });

  describe('what follows a message', () => {
    const edit = { key: 'alert:x:2', kind: 'edit', partNo: 1, payload: { text: 'new' }, expiresAt: null };
    const take = (now: number) => claim(db(), { channel: 'C1', now, leaseMs: 30_000, settleMs: 60_000 });

    test('goes to the message, once, and after it', async () => {
      const { id } = await enqueue(db(), aDelivery({ message: { root: { text: 'old' }, replies: [] } }), monday);
      const first = await enqueueFollowUp(db(), id, { ...edit, dueAt: monday + 50 }, monday);
      const again = await enqueueFollowUp(db(), id, { ...edit, dueAt: monday + 50 }, monday);
      expect([first?.isNew, again]).toEqual([true, { id: first!.id, isNew: false }]);
      const root = (await take(monday + 60))!;
      expect(root.delivery.id).toBe(id);
      await markSent(db(), root, { slackTs: '1.000100', at: monday + 60 });
      const next = (await take(monday + 61))!;
      expect(next).toMatchObject({ threadTs: '1.000100', delivery: { kind: 'edit', payload: { text: 'new' } } });
    });

    test('comes after it even when the clock has gone back', async () => {
      const { id } = await enqueue(db(), aDelivery({ message: { root: { text: 'old' }, replies: [] } }), monday);
      await enqueueFollowUp(db(), id, { ...edit, dueAt: monday - 3_600_000 }, monday);
      expect((await take(monday + 60))!.delivery.id).toBe(id);
    });

    test('is not enqueued when the message will never be there', async () => {
      const { id } = await enqueue(db(), aDelivery({ message: { root: { text: 'old' }, replies: [] } }), monday);
      await markRejected(db(), (await take(monday))!, { error: 'invalid_blocks', at: monday });
      expect(await enqueueFollowUp(db(), id, { ...edit, dueAt: monday + 50 }, monday)).toBeNull();
    });
  });

  describe('inbox', () => {
    test('takes a request once, until it is forgotten', async () => {
      const request = { source: 'slack', id: 'trigger-1', at: monday };
      expect(await takeOnce(db(), request)).toBe(true);
      expect(await takeOnce(db(), { ...request, at: monday + 5 })).toBe(false);
      expect(await takeOnce(db(), { ...request, source: 'jira' })).toBe(true);
      await forgetInbox(db(), monday);
      expect(await takeOnce(db(), request)).toBe(false);
      await forgetInbox(db(), monday + 1);
      expect(await takeOnce(db(), request)).toBe(true);
    });
  });
}
