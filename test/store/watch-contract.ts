import { describe, expect, test } from 'vitest';
import { readChannel, saveChannel } from '../../src/store/channels.ts';
import type { Database } from '../../src/store/database.ts';
import {
  deleteInstallation,
  findInstallation,
  findTeam,
  leaseInstallation,
  listInstallations,
  noteTeam,
  releaseInstallation,
  saveInstallation,
} from '../../src/store/installations.ts';
import { listPlans, savePlan } from '../../src/store/plans.ts';
import { endPull, readCourse, startPull } from '../../src/store/pulls.ts';
import { closeTrouble, listTroubles, noteTold, openTrouble } from '../../src/store/troubles.ts';
import { listUnsent, listWaiting } from '../../src/store/unsent.ts';
import { claim, markRejected, markRetry } from '../../src/store/lane.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { aDelivery, monday } from './records.ts';

/** What is kept of channels, troubles, workspaces and plans, on every database. */
export function watchContract(open: () => Database): void {
  const db = () => open().db;

  describe('what is watched', () => {
    test('a channel is seen by one of two who look at the same time', async () => {
      const seen = { id: 'C1', name: 'apollo', traits: ['public'], standing: 'fine', seenAt: monday };
      expect(await readChannel(db(), 'C1')).toBe(null);
      expect(await saveChannel(db(), null, seen)).toBe(true);
      expect(await saveChannel(db(), null, seen)).toBe(false);
      const next = { ...seen, standing: 'archived', traits: ['public', 'guests'], seenAt: monday + 1 };
      expect(await saveChannel(db(), seen, next)).toBe(true);
      expect(await saveChannel(db(), seen, next)).toBe(false);
      expect(await readChannel(db(), 'C1')).toEqual(next);
    });

    test('a trouble begins once, and ends once, with what told it', async () => {
      const trouble = { subject: 'source:jira', code: 'source-failing', since: monday, detail: { source: 'jira' } };
      expect(await openTrouble(db(), trouble)).toBe(true);
      expect(await openTrouble(db(), { ...trouble, since: monday + 1 })).toBe(false);
      await noteTold(db(), trouble.subject, [7, 9]);
      expect(await listTroubles(db())).toEqual([{ ...trouble, told: [7, 9] }]);
      expect(await closeTrouble(db(), trouble.subject)).toEqual({ ...trouble, told: [7, 9] });
      expect(await closeTrouble(db(), trouble.subject)).toBe(null);
    });

    test('an installation is kept, renewed by one at a time, and taken away', async () => {
      const acme = { team: 'T1', name: 'Acme', installedAt: monday, body: 'v1.sealed' };
      await saveInstallation(db(), acme);
      await saveInstallation(db(), { ...acme, name: 'Acme Corp', installedAt: monday + 5, body: 'v1.other' });
      const kept = { ...acme, name: 'Acme Corp', body: 'v1.other' };
      expect(await findInstallation(db(), 'T1')).toEqual(kept);
      expect(await listInstallations(db())).toEqual([kept]);
      expect(await leaseInstallation(db(), 'T1', { now: monday, until: monday + 100 })).toBe(true);
      expect(await leaseInstallation(db(), 'T1', { now: monday + 99, until: monday + 200 })).toBe(false);
      expect(await leaseInstallation(db(), 'T1', { now: monday + 100, until: monday + 200 })).toBe(true);
      await releaseInstallation(db(), 'T1');
      expect(await leaseInstallation(db(), 'T1', { now: monday + 101, until: monday + 200 })).toBe(true);
      expect([await deleteInstallation(db(), 'T1'), await deleteInstallation(db(), 'T1')]).toEqual([true, false]);
      await noteTeam(db(), 'C1', 'T1');
      await noteTeam(db(), 'C1', 'T2');
      expect([await findTeam(db(), 'C1'), await findTeam(db(), 'C2')]).toEqual(['T2', null]);
    });

    test('a plan is kept without its odds, and of its milestones what is linked', async () => {
      const remaining = { quantile: () => 3 };
      const item = { kind: 'item', id: 'HER-1', project: 'HER', summary: 'Engine', remaining } as const;
      const flags = { isDone: false, isStarted: false, isOwned: false, isHeld: false };
      const dates = { startOn: null, finishOn: null, finishBy: null, finishMilestone: null, finishBeforeOn: null };
      const milestone = { id: 'HER/1', project: 'HER', projectName: 'Hermes', name: '1', committedOn: null } as const;
      const days = { currentOn: null, beforeOn: null, remaining, isDeciding: false } as const;
      const plan = {
        project: 'HER',
        projectName: 'Hermes',
        items: [{ ...item, ...flags, ...dates }],
        links: [],
        milestones: [
          { ...milestone, ...days, openKeys: ['HER-1', 'HER-2'], chance: { baseline: null, current: null } },
        ],
      };
      await savePlan(db(), plan, monday);
      await savePlan(db(), { ...plan, projectName: 'Hermes II' }, monday + 1);
      const [kept] = await listPlans(db(), ['HER', 'APO']);
      expect(kept).toMatchObject({ projectName: 'Hermes II', items: [{ id: 'HER-1', remaining: null }] });
      expect(kept!.milestones[0]).toMatchObject({ openKeys: ['HER-1'], remaining: null });
      expect(await listPlans(db(), [])).toEqual([]);
    });

    test('the course of a source is that since its newest pull that was done', async () => {
      const pull = async (at: number, error: string | null) => {
        const id = await startPull(db(), { source: 'jira', projects: [], startedAt: at });
        await endPull(db(), id, { outcome: error === null ? 'done' : 'failed', error, endedAt: at + 10 });
      };
      expect(await readCourse(db(), 'jira')).toEqual({ doneAt: null, failingSince: null, error: null });
      await pull(monday, 'first');
      await pull(monday + 100, null);
      expect(await readCourse(db(), 'jira')).toEqual({ doneAt: monday + 110, failingSince: null, error: null });
      await pull(monday + 200, 'second');
      await pull(monday + 300, 'third');
      expect(await readCourse(db(), 'jira')).toEqual({
        doneAt: monday + 110,
        failingSince: monday + 200,
        error: 'third',
      });
    });

    test('what was given up is listed once, by when, without the parts that fell with it', async () => {
      const message = { root: { text: 'one', blocks: [] }, replies: [{ text: 'two', blocks: [] }] };
      await enqueue(db(), aDelivery({ key: 'one', channel: 'C1', message }), monday);
      const held = await claim(db(), { channel: 'C1', now: monday + 1, leaseMs: 1000, settleMs: 1000 });
      await markRejected(db(), held!, { error: 'is_archived', at: monday + 2 });
      const unsent = await listUnsent(db(), { after: monday, until: monday + 2 });
      expect(unsent.map(({ delivery, at }) => [delivery.partNo, delivery.error, at])).toEqual([
        [0, 'is_archived', monday + 2],
      ]);
      expect(await listUnsent(db(), { after: monday + 2, until: monday + 9 })).toEqual([]);
    });

    test('what waits after a failure is listed by its message, and what was never tried is not', async () => {
      const message = { root: { text: 'one', blocks: [] }, replies: [{ text: 'two', blocks: [] }] };
      await enqueue(db(), aDelivery({ key: 'stuck', channel: 'C7', message }), monday);
      await enqueue(db(), aDelivery({ key: 'later', channel: 'C8', message }), monday);
      const held = await claim(db(), { channel: 'C7', now: monday + 1, leaseMs: 1000, settleMs: 1000 });
      const why = { error: 'not_in_channel', notBefore: monday + 60, isFailure: true, at: monday + 2 };
      await markRetry(db(), held!, why);
      const waiting = await listWaiting(db());
      expect(waiting.map(({ channel, partNo, error }) => [channel, partNo, error])).toEqual([
        ['C7', 0, 'not_in_channel'],
      ]);
    });
  });
}
