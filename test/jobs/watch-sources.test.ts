import { afterEach, describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import { watchSources } from '../../src/jobs/pulling/watch-sources.ts';
import type { Source } from '../../src/sources/source.ts';
import { endPull, startPull } from '../../src/store/pulls.ts';
import { listTroubles } from '../../src/store/troubles.ts';
import { at } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

const config = (locale = 'en') => `slack: { botToken: "\${TOKEN}", signingSecret: "\${SECRET}" }
zone: Europe/Paris
locale: ${locale}
operator: { channel: COPS }
sources: { files: { kind: jira-export, path: nowhere }, other: { kind: jira-export, path: nowhere } }
projects:
  APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: C1 }
  HERMES: { name: Hermes, scope: { source: files, project: HER }, channel: C1 }
  ZEUS: { name: Zeus, scope: { source: files, project: ZEU }, channel: C2 }
  HADES: { name: Hades, scope: { source: other, project: HAD }, channel: C3 }
`;

let stage: JobStage;
afterEach(() => stage.close());

const source: Source = {
  id: 'files',
  check: () => Promise.resolve([]),
  pull: async function* () {},
};

async function open(locale?: string): Promise<void> {
  stage = await openJobStage(config(locale), at('2026-11-24T05:00:00Z'));
  stage = Object.assign(stage, { sources: new Map([['files', source]]) });
}

async function pulled(startedAt: string, error: string | null): Promise<void> {
  const id = await startPull(stage.db, { source: 'files', projects: ['APOLLO'], startedAt: at(startedAt) });
  await endPull(stage.db, id, { outcome: error === null ? 'done' : 'failed', error, endedAt: at(startedAt) + 1000 });
}

async function wake(now: string): Promise<void> {
  stage.now = at(now);
  await watchSources(stage);
  await watchSources(stage);
  await deliverDue(stage, { signal: new AbortController().signal });
}
const told = (channel: string) => stage.poster.posted.filter((one) => one.channel === channel).map(({ text }) => text);

describe('a source that fails', () => {
  it('is told once to the operator at once, and to the channels of its projects in their working hours', async () => {
    await open();
    await pulled('2026-11-23T18:00:00Z', null);
    await pulled('2026-11-23T18:15:00Z', 'HTTP 503 from https://jira');
    await wake('2026-11-23T23:59:00Z');
    expect(stage.poster.posted).toEqual([]);
    await wake('2026-11-24T00:01:00Z');
    expect(told('COPS')).toEqual([
      expect.stringMatching(/^The source files fails, and has given nothing since 23 Nov 19:00/),
    ]);
    expect(told('C1')).toEqual([]);
    await wake('2026-11-24T09:00:00Z');
    await wake('2026-11-24T12:00:00Z');
    expect(told('COPS')).toHaveLength(1);
    // Two projects in one channel hear of it once, and who has nothing to do with it not at all.
    for (const channel of ['C1', 'C2'])
      expect(told(channel)).toEqual([expect.stringMatching(/^○ No new data from files since 23 Nov 19:00\. /)]);
    expect(told('C3')).toEqual([]);
    expect(JSON.stringify(stage.poster.posted)).not.toMatch(/C1.*503/);
    expect(await listTroubles(stage.db)).toMatchObject([{ subject: 'source:files', code: 'source-failing' }]);
  });

  it('is told to be back where it was told to fail, in the message itself and its thread', async () => {
    await open();
    await pulled('2026-11-23T18:00:00Z', null);
    await pulled('2026-11-24T08:00:00Z', 'HTTP 503');
    await wake('2026-11-24T09:00:00Z');
    await pulled('2026-11-24T09:30:00Z', null);
    await wake('2026-11-24T09:31:00Z');
    await wake('2026-11-24T09:32:00Z');
    expect(told('COPS').slice(1)).toEqual([expect.stringMatching(/^The source files gives data again/)]);
    expect(told('C1').slice(1)).toEqual([expect.stringMatching(/^● files gives data again/)]);
    expect(stage.poster.edited.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^● files gives data again/),
      expect.stringMatching(/^● files gives data again/),
    ]);
    expect(await listTroubles(stage.db)).toEqual([]);
  });

  it('is not told of to a channel that slept through it', async () => {
    await open();
    await pulled('2026-11-23T14:00:00Z', null);
    await pulled('2026-11-23T20:00:00Z', 'HTTP 503');
    await wake('2026-11-23T21:00:00Z');
    await pulled('2026-11-23T22:00:00Z', null);
    await wake('2026-11-24T09:00:00Z');
    expect(told('COPS')).toHaveLength(2);
    expect([...told('C1'), ...stage.poster.edited]).toEqual([]);
  });

  it.each([
    ['is pulled rarely', [['2026-11-22T18:00:00Z', null]]],
    [
      'failed a moment ago for the first time',
      [
        ['2026-11-24T08:45:00Z', null],
        ['2026-11-24T08:50:00Z', 'HTTP 503'],
      ],
    ],
  ] as const)('is not one that %s', async (_name, pulls) => {
    await open();
    for (const [startedAt, error] of pulls) await pulled(startedAt, error);
    await wake('2026-11-24T09:00:00Z');
    expect(stage.poster.posted).toEqual([]);
  });

  it('may never have worked at all, and speaks French to those who do', async () => {
    await open('fr');
    await pulled('2026-11-24T00:00:00Z', 'HTTP 401');
    await wake('2026-11-24T09:00:00Z');
    expect(told('C1')).toEqual([expect.stringMatching(/^○ Plus de nouvelles données de files depuis le 24 novembre/)]);
  });
});
