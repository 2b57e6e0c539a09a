import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { JobContext } from '../../src/jobs/context.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { Question } from '../../src/slack/answers.ts';
import type { Poster, PostResult } from '../../src/slack/post.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { templates } from '../shipped-templates.ts';

/** A channel as the network shows it: what was posted, and what the next posts will be answered. */
export interface FakeSlack extends Poster {
  readonly posted: { key: string; number: number; channel: string; text: string; at: number }[];
  /** What messages say from some moment on. */
  readonly edited: { ts: string; text: string }[];
  readonly answers: PostResult[];
}

/** Jobs on a database in memory, with a clock that only moves when it is told or slept on. */
export interface JobStage extends JobContext {
  readonly poster: FakeSlack;
  now: number;
  close(): Promise<void>;
}

export async function openJobStage(vigieYaml: string, now: number): Promise<JobStage> {
  const directory = mkdtempSync(join(tmpdir(), 'vigie-jobs-'));
  writeFileSync(join(directory, 'vigie.yaml'), vigieYaml);
  const environment = { TOKEN: 'xoxb-test', SECRET: 'signing-secret' };
  const database = await openDatabase('file::memory:');
  await migrate(database);
  const stage: JobStage = {
    now,
    config: loadConfig(directory, environment),
    db: database.db,
    sources: new Map(),
    templates,
    poster: fakeSlack(() => stage.now),
    directoryOf: null,
    clock: {
      now: () => stage.now,
      sleep: (ms) => {
        stage.now += ms;
        return Promise.resolve();
      },
    },
    log: silentLogger,
    async close() {
      await database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return stage;
}

function fakeSlack(now: () => number): FakeSlack {
  const posted: FakeSlack['posted'] = [];
  const edited: FakeSlack['edited'] = [];
  const answers: PostResult[] = [];
  const keep = (place: Parameters<Poster['post']>[0]) => {
    const { key, number = 0, channel, part } = place;
    posted.push({ key, number, channel, text: part.text, at: now() });
    return `${posted.length}.000100`;
  };
  return {
    posted,
    edited,
    answers,
    post(place) {
      const answer = answers.shift();
      if (!answer) return Promise.resolve({ kind: 'posted', ts: keep(place) });
      // "Unknown" is the worst case: it arrived, and we do not know it.
      if (answer.kind === 'unknown') keep(place);
      return Promise.resolve(answer);
    },
    update({ ts, part }) {
      edited.push({ ts, text: part.text });
      return Promise.resolve(answers.shift() ?? { kind: 'posted', ts });
    },
    find({ key, number = 0 }) {
      const index = posted.findIndex((one) => one.key === key && one.number === number);
      return Promise.resolve(
        index === -1 ? { kind: 'absent' } : { kind: 'found', ts: `${index + 1}.000100`, later: [] },
      );
    },
    remove: () => Promise.resolve({ kind: 'removed' }),
    upload: ({ filename }) => Promise.resolve({ kind: 'uploaded', file: `F-${filename}` }),
    awaitFile: () => Promise.resolve({ kind: 'ready' }),
  };
}

/** A question of Ada's in the channel C1, in English; whom else it reaches there nobody knows. */
export function aQuestion(parts: Partial<Question> = {}): Question {
  return {
    name: 'status',
    words: [],
    asOf: null,
    by: null,
    items: null,
    isJson: false,
    channel: 'C1',
    user: 'U1',
    userName: 'Ada',
    locale: 'en',
    zone: null,
    isOneOf: () => Promise.resolve(false),
    channels: () => Promise.resolve(['C1']),
    direct: () => Promise.resolve(null),
    audience: () => Promise.resolve({ kind: 'unknown', reason: 'not asked', todo: null }),
    ...parts,
  };
}
