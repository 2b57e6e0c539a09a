import { afterEach, describe, expect, it } from 'vitest';
import type { Version } from '../../src/core/model/plan.ts';
import type { Day } from '../../src/core/time/day.ts';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import { evaluateDueAlerts, evaluateProject } from '../../src/jobs/alerts/evaluate-alerts.ts';
import { refreshSheets } from '../../src/jobs/making/make-sheet.ts';
import { readAlerts } from '../../src/store/alerts.ts';
import { aPast, aVersion, at } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';
import { doneDaily, pullRecords, recordsOf } from './pull-items.ts';

const config = (locale = 'en') => `slack: { botToken: "\${TOKEN}", signingSecret: "\${SECRET}" }
locale: ${locale}
zone: Europe/Paris
sources: { files: { kind: jira-export, path: nowhere } }
projects: { APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: C1 } }
`;

let stage: JobStage;
afterEach(() => stage.close());

async function pull(version: Partial<Version>, seenAt: string): Promise<void> {
  const open = ['APO-1', 'APO-2'].map((key) =>
    aPast({ key, createdAt: at('2026-08-03T09:00:00Z'), fixVersionIds: ['900'], summary: `Work on ${key}` }),
  );
  const versions = [aVersion({ id: '900', name: '1.0', ...version })];
  await pullRecords(stage.db, 'APOLLO', recordsOf('APOLLO', [...doneDaily(60), ...open], versions), seenAt);
}

async function wake(now: string): Promise<number> {
  stage.now = at(now);
  const evaluated = await evaluateDueAlerts(stage);
  await deliverDue(stage, { signal: new AbortController().signal });
  return evaluated;
}

/** A version that was set for 18 December and is moved to 29 January on Tuesday 24 November. */
async function slip(): Promise<void> {
  await pull({ releaseOn: '2026-12-18' }, '2026-11-16T07:00:00Z');
  await wake('2026-11-23T12:00:00Z');
  await pull({ releaseOn: '2027-01-29' }, '2026-11-24T06:00:00Z');
}

const posts = () => stage.poster.posted.map(({ text }) => text);
const edits = () => stage.poster.edited.map(({ text }) => text);
const keys = () => stage.poster.posted.map(({ key, number }) => `${key} ${number}`);

describe('alerts in the worker', () => {
  it('are evaluated once a working day, at half past eight, and each change is told once', async () => {
    stage = await openJobStage(config(), 0);
    await slip();
    expect(await wake('2026-11-24T07:29:59Z')).toBe(0);
    expect(await wake('2026-11-24T07:30:00Z')).toBe(1);
    expect(await wake('2026-11-24T07:30:15Z')).toBe(0);
    expect(await wake('2026-11-24T16:00:00Z')).toBe(0);
    expect(posts()).toEqual(['▲ Apollo · Milestone slipped — 1.0 moved from 18 Dec to 29 Jan 2027']);
    expect(keys()).toEqual([expect.stringMatching(/^alert:APOLLO:MILESTONE_SLIPPED:900:2026-12-18:2026-11-24:1 0$/)]);
  });

  it('change their one message, and say in its thread what happened', async () => {
    stage = await openJobStage(config(), 0);
    await slip();
    await wake('2026-11-24T07:30:00Z');
    await pull({ releaseOn: '2027-02-26' }, '2026-11-26T06:00:00Z');
    await wake('2026-11-26T07:30:00Z');
    expect(posts().slice(1)).toEqual(['Something more has happened · 1.0 moved from 29 Jan 2027 to 26 Feb 2027']);
    expect(edits()).toEqual(['▲ Apollo · Milestone slipped — 1.0 moved from 29 Jan 2027 to 26 Feb 2027']);
    await pull({ releaseOn: '2027-02-26', isReleased: true }, '2026-11-27T06:00:00Z');
    await wake('2026-11-27T07:30:00Z');
    expect(posts().slice(2)).toEqual([
      '○ over: finished on 27 Nov, 15 working days before the first promise, 2 items left open',
    ]);
    expect(edits().slice(1)).toEqual([
      '○ Apollo · Milestone slipped — over: finished on 27 Nov, 15 working days before the first promise, 2 items left open',
    ]);
    expect(new Set(stage.poster.edited.map(({ ts }) => ts))).toEqual(new Set(['1.000100']));
  });

  it('are evaluated once after an outage, for now and not for the days that were missed', async () => {
    stage = await openJobStage(config(), 0);
    await slip();
    await pull({ releaseOn: '2027-01-29' }, '2026-11-27T10:00:00Z');
    expect(await wake('2026-11-27T10:30:00Z')).toBe(1);
    expect(await wake('2026-11-27T10:30:15Z')).toBe(0);
    expect(posts()).toHaveLength(1);
    expect(keys()[0]).toContain(':2026-11-27:1');
  });

  it('wait for Monday when the weekend has begun', async () => {
    stage = await openJobStage(config(), 0);
    await slip();
    expect(await wake('2026-11-28T10:00:00Z')).toBe(0);
    await pull({ releaseOn: '2027-01-29' }, '2026-11-30T06:00:00Z');
    expect(await wake('2026-11-30T07:30:00Z')).toBe(1);
  });

  it('are not evaluated twice by two workers', async () => {
    stage = await openJobStage(config(), 0);
    await slip();
    stage.now = at('2026-11-24T07:30:00Z');
    const evaluated = await Promise.all([evaluateDueAlerts(stage), evaluateDueAlerts(stage)]);
    expect(evaluated[0] + evaluated[1]).toBe(1);
    await deliverDue(stage, { signal: new AbortController().signal });
    expect(posts()).toHaveLength(1);
  });

  it('keep nothing of an evaluation whose messages could not be kept', async () => {
    stage = await openJobStage(config(), 0);
    await slip();
    await stage.db.schema.alterTable('alert').renameTo('alert_gone').execute();
    await wake('2026-11-24T07:30:00Z');
    await stage.db.schema.alterTable('alert_gone').renameTo('alert').execute();
    expect(posts()).toEqual([]);
    expect(await wake('2026-11-24T07:40:00Z')).toBe(0);
    expect(await wake('2026-11-24T07:46:00Z')).toBe(1);
    expect(posts()).toHaveLength(1);
  });

  it('say nothing on data that is too old, and look again on the same day', async () => {
    stage = await openJobStage(config(), 0);
    await pull({ releaseOn: '2026-12-18' }, '2026-11-16T07:00:00Z');
    await wake('2026-11-23T12:00:00Z');
    expect(await wake('2026-11-24T07:30:00Z')).toBe(1);
    expect((await readAlerts(stage.db, 'APOLLO', 0)).state.isStale).toBe(true);
    await pull({ releaseOn: '2027-01-29' }, '2026-11-24T07:50:00Z');
    expect(await wake('2026-11-24T07:40:00Z')).toBe(0);
    expect(await wake('2026-11-24T08:10:00Z')).toBe(1);
    expect(posts()).toHaveLength(1);
  });

  it('are told anew when their message never reached the channel', async () => {
    stage = await openJobStage(config(), 0);
    await slip();
    stage.poster.answers.push({ kind: 'rejected', reason: 'msg_too_long', todo: null });
    await wake('2026-11-24T07:30:00Z');
    expect(posts()).toEqual([]);
    await pull({ releaseOn: '2027-02-26' }, '2026-11-26T06:00:00Z');
    await wake('2026-11-26T07:30:00Z');
    expect(posts()).toEqual(['▲ Apollo · Milestone slipped — 1.0 moved from 29 Jan 2027 to 26 Feb 2027']);
  });

  it('are told where their project is told of by then, and no more where they were', async () => {
    stage = await openJobStage(config(), 0);
    await slip();
    await wake('2026-11-24T07:30:00Z');
    const { APOLLO } = stage.config.projects;
    Object.assign(stage.config.projects, { APOLLO: { ...APOLLO, channel: 'C2' } });
    await pull({ releaseOn: '2027-02-26' }, '2026-11-26T06:00:00Z');
    await wake('2026-11-26T07:30:00Z');
    expect(stage.poster.posted.map(({ channel, text }) => `${channel} ${text}`).slice(1)).toEqual([
      'C2 ▲ Apollo · Milestone slipped — 1.0 moved from 29 Jan 2027 to 26 Feb 2027',
    ]);
    expect(edits()).toEqual([]);
    await pull({ releaseOn: '2027-02-26', isReleased: true }, '2026-11-27T06:00:00Z');
    await wake('2026-11-27T07:30:00Z');
    expect(stage.poster.posted.slice(2).map(({ channel }) => channel)).toEqual(['C2']);
    expect(edits()).toHaveLength(1);
  });

  it('send an edit again when nobody knows whether it arrived, without looking for it', async () => {
    stage = await openJobStage(config(), 0);
    await slip();
    await wake('2026-11-24T07:30:00Z');
    await pull({ releaseOn: '2027-02-26' }, '2026-11-26T06:00:00Z');
    stage.poster.answers.push({ kind: 'unknown', reason: 'reset' });
    await wake('2026-11-26T07:30:00Z');
    await wake('2026-11-26T07:32:00Z');
    expect(edits()).toHaveLength(2);
    expect(posts()).toHaveLength(2);
  });

  it('are in the language of the channel', async () => {
    stage = await openJobStage(config('fr'), 0);
    await slip();
    await wake('2026-11-24T07:30:00Z');
    expect(posts()[0]).toMatch(/^▲ Apollo · Jalon décalé — 1\.0 /);
  });
});

describe('alerts of several projects', () => {
  const two = `slack: { botToken: "\${TOKEN}", signingSecret: "\${SECRET}" }
zone: Europe/Paris
sources: { files: { kind: jira-export, path: nowhere } }
projects:
  APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: C1 }
  HERMES: { name: Hermes, scope: { source: files, project: HER }, channel: C2, visibleIn: [C1] }
`;
  type Scope = 'APOLLO' | 'HERMES';

  /** A project with one open item in one dated version; that of Apollo waits for that of Hermes. */
  async function pullOf(scope: Scope, releaseOn: Day, seenAt: string): Promise<void> {
    const prefix = scope.slice(0, 3);
    const ends = { APOLLO: { kind: 'blocked-by', key: 'HER-1' }, HERMES: { kind: 'blocks', key: 'APO-1' } } as const;
    const links = [ends[scope]];
    const parts = { projectKey: prefix, createdAt: at('2026-08-03T09:00:00Z'), fixVersionIds: [`v-${prefix}`], links };
    const item = aPast({ id: `${prefix}-id`, key: `${prefix}-1`, ...parts });
    const versions = [aVersion({ id: `v-${prefix}`, name: `${scope} 1`, releaseOn })];
    await pullRecords(stage.db, scope, recordsOf(scope, [item], versions), seenAt);
  }

  /** Hermes moves its version by a month; an item of Apollo, whose version is due before, waits for one in it. */
  async function push(yaml: string): Promise<void> {
    stage = await openJobStage(yaml, 0);
    const apollo = (seenAt: string) => pullOf('APOLLO', '2026-12-18', seenAt);
    await pullOf('HERMES', '2026-12-04', '2026-11-16T07:00:00Z');
    await apollo('2026-11-16T07:00:00Z');
    await wake('2026-11-23T12:00:00Z');
    await pullOf('HERMES', '2027-01-15', '2026-11-24T06:00:00Z');
    await apollo('2026-11-24T06:00:00Z');
    stage.now = at('2026-11-24T06:30:00Z');
    await refreshSheets(stage);
    await wake('2026-11-24T07:30:00Z');
  }
  const toldIn = (channel: string) =>
    stage.poster.posted.filter((one) => one.channel === channel).map(({ text }) => text);

  it('tell one project that the slip of another pushes its date, and the other that it slipped', async () => {
    await push(two);
    expect(toldIn('C2')).toEqual([expect.stringMatching(/^▲ Hermes · Milestone slipped/)]);
    expect(toldIn('C1')).toEqual([
      expect.stringMatching(
        /^■ Apollo · Pushed by another project — HERMES 1 slipped 30 working days; APOLLO 1, due 18 Dec, had 9 to spare and is now 21 working days late by plan: APO-1 waits for HER-1/,
      ),
    ]);
    await wake('2026-11-25T07:30:00Z');
    expect(toldIn('C1').filter((text) => text.includes('Pushed'))).toHaveLength(1);
  });

  it('do not name the milestone of a project that the channel may not see', async () => {
    await push(two.replace(', visibleIn: [C1]', ''));
    expect(toldIn('C1')).toEqual([expect.stringMatching(/— HER-1 slipped 30 working days; APOLLO 1/)]);
    expect(toldIn('C1').join()).not.toContain('HERMES');
  });

  it('share the cap of their channel, whoever evaluates them at the same moment', async () => {
    const one = two.replace('channel: C2', 'channel: C1');
    stage = await openJobStage(one, 0);
    writeThresholds(stage, { perDay: 1 });
    for (const scope of ['APOLLO', 'HERMES'] as const) await pullOf(scope, '2026-12-04', '2026-11-16T07:00:00Z');
    await wake('2026-11-23T12:00:00Z');
    for (const scope of ['APOLLO', 'HERMES'] as const) await pullOf(scope, '2027-01-15', '2026-11-24T06:00:00Z');
    const dueAt = at('2026-11-24T07:30:00Z');
    stage.now = dueAt;
    const evaluate = async (scope: Scope) =>
      evaluateProject(stage, await readAlerts(stage.db, scope, 0), { at: dueAt, dueAt });
    const kept = await Promise.all([evaluate('APOLLO'), evaluate('HERMES')]);
    expect(kept.filter(Boolean)).toHaveLength(1);
    await wake('2026-11-24T07:31:00Z');
    expect(posts()).toHaveLength(1);
    const states = await Promise.all((['APOLLO', 'HERMES'] as const).map((scope) => readAlerts(stage.db, scope, 0)));
    const told = states.flatMap(({ state }) =>
      Object.values(state.incidents).flatMap((incident) => incident.told ?? []),
    );
    expect(told.toSorted()).toEqual(['digest', 'message']);
  });

  it('are one message when many open at once', async () => {
    stage = await openJobStage(config(), 0);
    writeThresholds(stage, { rollUpFrom: 0 });
    await slip();
    await wake('2026-11-24T07:30:00Z');
    expect(posts()).toEqual([expect.stringMatching(/^▲ Apollo · 1 alerts? at once — 1 × Milestone slipped/)]);
    await wake('2026-11-25T07:30:00Z');
    expect(posts()).toHaveLength(1);
  });
});

/** Other numbers for what a channel bears. */
function writeThresholds({ config: { thresholds } }: JobStage, alerts: Partial<typeof thresholds.alerts>): void {
  Object.assign(thresholds.alerts, alerts);
}
