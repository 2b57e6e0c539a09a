import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Instant } from '../../src/core/time/instant.ts';
import type { JobContext } from '../../src/jobs/context.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import type { Worker } from '../../src/jobs/worker.ts';
import type { Page } from '../../src/sources/source.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { readSheet } from '../../src/store/sheets.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { at } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

let stage: JobStage;
let worker: Worker;
const pulls: Instant[] = [];
const yaml = `zone: Europe/Paris
sources: { files: { kind: jira-export, path: /nowhere } }
sync: { every: "0 0 1 1 *" }
projects:
  APOLLO: { scope: { source: files, project: APO } }
  HERMES: { scope: { source: files, project: HER }, zone: America/New_York }
`;

async function* nothing(): AsyncGenerator<Page> {
  yield* [];
}

/** A worker at 20:00, whose source has nothing to tell; with more of the world when it is given. */
async function openWorker(text = yaml, more: Partial<JobContext> = {}): Promise<void> {
  stage = await openJobStage(text, at('2026-11-24T20:00:00Z'));
  pulls.length = 0;
  const source = {
    pull: () => {
      pulls.push(stage.now);
      return nothing();
    },
    id: 'files',
    check: () => Promise.resolve([]),
  };
  worker = startWorker({ ...stage, sources: new Map([['files', source]]), ...more });
}

afterEach(async () => {
  await worker.stop();
  await stage.close();
});

const dayOf = async (project: string) => (await readSheet(stage.db, project))?.day;
const roundAt = async (instant: string) => {
  stage.now = at(instant);
  await worker.round();
  return [await dayOf('APOLLO'), await dayOf('HERMES')];
};

it('makes the answers of a new day as soon as it has begun where the project is, and not before', async () => {
  await openWorker();
  expect(await roundAt('2026-11-24T20:00:00Z')).toEqual(['2026-11-24', '2026-11-24']);
  expect(await roundAt('2026-11-24T22:59:00Z')).toEqual(['2026-11-24', '2026-11-24']);
  expect(await roundAt('2026-11-24T23:00:30Z')).toEqual(['2026-11-25', '2026-11-24']);
  expect(await roundAt('2026-11-25T05:00:30Z')).toEqual(['2026-11-25', '2026-11-25']);
});

it('posts what is ready, whatever fails before it', async () => {
  const slack = 'slack: { botToken: "${TOKEN}", signingSecret: "${SECRET}" }\noperator: { channel: C1 }\n';
  const failed: object[] = [];
  await openWorker(slack + yaml, {
    directoryOf: () => Promise.reject(new Error('no such workspace')),
    log: { ...silentLogger, error: (fields) => failed.push(fields) },
  });
  const about = { report: null, project: null, scheduleId: null, slot: null, asOf: null };
  const message = { root: { text: 'ready', blocks: [] }, replies: [] };
  const ready = { key: 'operator:1', kind: 'operator', channel: 'C1', ...about, dueAt: stage.now, expiresAt: null };
  await enqueue(stage.db, { ...ready, message }, stage.now);
  await worker.round();
  expect(stage.poster.posted.map(({ text }) => text)).toEqual(['ready']);
  expect(failed[0]).toMatchObject({
    job: 'watchChannels',
    error: expect.stringContaining('no such workspace') as string,
  });
});

describe('a clock that jumps', () => {
  const hourly = `${yaml.replace('0 0 1 1 *', '0 * * * *')}reports: [{ report: project-digest, every: "0 9 * * *", channel: C1 }]
`;
  const slots = async () => {
    const rows = await stage.db.selectFrom('delivery').select('dedup_key').where('part_no', '=', 0).execute();
    return rows.map(({ dedup_key: key }) => /\d{4}-\d\d-\d\dT\d\d:\d\d/.exec(key)![0]);
  };
  const skewFrom = (truth: string | null) => () => Promise.resolve(truth === null ? null : at(truth) - stage.now);

  it('a year ahead, and is mended: no day is lost, nothing is pulled with a wrong time', async () => {
    await openWorker(hourly, { slackSkewMs: skewFrom('2026-11-24T20:10:00Z') });
    await roundAt('2026-11-24T20:00:00Z');
    await roundAt('2027-11-24T20:05:00Z');
    expect(pulls).toEqual([at('2026-11-24T20:00:00Z')]);
    expect(await slots()).toEqual([]);
    await roundAt('2026-11-25T08:00:30Z');
    expect(pulls.at(-1)).toBe(at('2026-11-25T08:00:30Z'));
    expect(new Set(await slots())).toEqual(new Set(['2026-11-25T09:00']));
  });

  it('over a weekend of rest: Slack says that it is true, and what is due comes once it does', async () => {
    let truth: string | null = null;
    await openWorker(hourly, { slackSkewMs: () => skewFrom(truth)() });
    await roundAt('2026-11-24T20:00:00Z');
    await roundAt('2026-11-28T08:01:00Z');
    expect(await slots()).toEqual([]);
    truth = '2026-11-28T08:01:20Z';
    await roundAt('2026-11-28T08:01:15Z');
    expect(new Set(await slots())).toContain('2026-11-28T09:00');
    // Believed once, it is not asked about again.
    truth = null;
    await roundAt('2026-11-29T08:01:00Z');
    expect(new Set(await slots())).toContain('2026-11-29T09:00');
  });

  it('some hours back, after it was ahead: pulls go on', async () => {
    await openWorker(hourly);
    await roundAt('2026-11-24T20:00:00Z');
    await roundAt('2026-11-25T06:00:30Z');
    const before = pulls.length;
    await roundAt('2026-11-24T21:00:00Z');
    expect(pulls.length).toBe(before + 1);
  });
});

describe('in the night in which clocks go back', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    vi.useRealTimers();
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('wakes as in any other, in both passes of the hour', async () => {
    // As the program has it: in a zone with such nights node-cron sleeps for two hours.
    process.env['TZ'] = 'UTC';
    /** In ten minutes from an instant on, of a source that is to be asked each minute. */
    const pullsFrom = async (instant: string) => {
      vi.useFakeTimers({
        now: at(instant),
        toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
      });
      await openWorker(yaml.replace('0 0 1 1 *', '* * * * *'), {
        clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
      });
      for (let wakeUps = 0; wakeUps < 40; wakeUps++) {
        await vi.advanceTimersByTimeAsync(15_000);
        // What a look does takes turns of the event loop, and no time.
        for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
      }
      await worker.stop();
      vi.useRealTimers();
      await stage.close();
      return pulls.length;
    };
    expect(await pullsFrom('2026-10-24T12:10:00Z')).toBeGreaterThan(9);
    expect(await pullsFrom('2026-10-25T00:10:00Z')).toBeGreaterThan(9);
    expect(await pullsFrom('2026-10-25T01:10:00Z')).toBeGreaterThan(9);
    await openWorker();
  });
});
