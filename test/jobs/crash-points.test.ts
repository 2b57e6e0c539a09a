import { expect, it } from 'vitest';
import type { JobContext } from '../../src/jobs/context.ts';
import type { GuardedPoster } from '../../src/jobs/guarded-poster.ts';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import type { PictureFile } from '../../src/slack/upload.ts';
import type { FollowUp, NewDelivery } from '../../src/store/outbox.ts';
import { enqueue, enqueueFollowUp } from '../../src/store/outbox.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

const monday = Date.parse('2026-11-23T09:00:00Z');
const yaml = `slack: { botToken: "\${TOKEN}", signingSecret: "\${SECRET}" }
sources: { files: { kind: jira-export, path: nowhere } }
projects: { APOLLO: { scope: { source: files, project: APO }, channel: C1 } }
`;

class Crash extends Error {}

/** The same stage for a process that dies at its `at`-th step: before or after each statement, and each word with Slack. */
function dyingAt(stage: JobStage, at: number): { readonly context: JobContext; readonly hasDied: () => boolean } {
  let step = 0;
  const point = () => {
    step += 1;
    // Who is dead does nothing more.
    if (step >= at) throw new Crash(`at step ${at}`);
  };
  const around =
    <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      point();
      const result = await act(...args);
      point();
      return result;
    };
  const db = stage.db.withPlugin({
    transformQuery: ({ node }) => (point(), node),
    transformResult: ({ result }) => (point(), Promise.resolve(result)),
  });
  const real = stage.poster;
  const poster: GuardedPoster = {
    post: around((post: Parameters<GuardedPoster['post']>[0]) => real.post(post)),
    update: around((one: Parameters<GuardedPoster['update']>[0]) => real.update(one)),
    find: around((place: Parameters<GuardedPoster['find']>[0]) => real.find(place)),
    remove: around((place: Parameters<GuardedPoster['remove']>[0]) => real.remove(place)),
    upload: around((file: PictureFile, channel: string) => real.upload(file, channel)),
    awaitFile: around((file: string, channel: string) => real.awaitFile(file, channel)),
  };
  return { context: { ...stage, db, poster }, hasDied: () => step >= at };
}

const picture = {
  name: 'burn-up',
  title: 'Burn-up',
  alt: 'Work done',
  svg: '<svg xmlns="http://www.w3.org/2000/svg"/>',
};
/** Each process has a channel of its own. */
const digestOf = (at: number): NewDelivery => ({
  key: `digest:${at}`,
  kind: 'digest',
  channel: `C${at}`,
  report: 'project-digest',
  project: 'APOLLO',
  scheduleId: null,
  slot: monday,
  asOf: monday,
  dueAt: monday,
  expiresAt: null,
  message: {
    root: { text: 'digest', blocks: [] },
    replies: [
      { text: 'picture', blocks: [], picture },
      { text: 'reply', blocks: [] },
    ],
  },
});
const editOf = (at: number): FollowUp => ({
  key: `edit:${at}`,
  kind: 'edit',
  partNo: 1,
  payload: { text: `${at} is late`, blocks: [] },
  dueAt: monday + 1,
  expiresAt: null,
});

it('a message with its picture, its thread and what it says later come once and in order, wherever the process dies', async () => {
  const stage = await openJobStage(yaml, monday);
  const { posted, edited } = stage.poster;
  const { signal } = new AbortController();
  let deaths = 0;
  for (let at = 1; deaths === at - 1; at++) {
    stage.now = monday;
    const { id } = await enqueue(stage.db, digestOf(at), monday);
    await enqueueFollowUp(stage.db, id, editOf(at), monday);
    stage.now = monday + 1_000;
    const { context, hasDied } = dyingAt(stage, at);
    const end = await deliverDue(context, { signal, channel: `C${at}` }).catch((error: unknown) => error);
    expect({ at, hasDied: end instanceof Crash }).toEqual({ at, hasDied: hasDied() });
    // The next process, when whatever was under way has settled.
    stage.now += 10 * 60_000;
    await deliverDue(stage, { signal });
    const told = posted.filter(({ channel }) => channel === `C${at}`).map(({ number, text }) => `${number} ${text}`);
    expect({ at, told }).toEqual({ at, told: ['0 digest', '1 picture', '2 reply'] });
    expect(edited.map(({ text }) => text)).toContain(`${at} is late`);
    if (hasDied()) deaths = at;
  }
  const left = await stage.db.selectFrom('delivery').select('state').where('state', '<>', 'sent').execute();
  expect(left).toEqual([]);
  expect(deaths).toBeGreaterThan(50);
  await stage.close();
});
