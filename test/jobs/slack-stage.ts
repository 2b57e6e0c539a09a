import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { startService } from '../../src/cli/start.ts';
import type { Service } from '../../src/cli/start.ts';
import type { SlackOptions, SlackServer } from '../../src/demo/slack/start-slack.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import type { Status } from '../../src/core/model/work-item.ts';
import { hourMs } from '../../src/core/time/instant.ts';
import type { Day } from '../../src/core/time/day.ts';
import { evaluateProject, pastEvaluations } from '../../src/jobs/alerts/evaluate-alerts.ts';
import { makeHere } from '../../src/jobs/making/made.ts';
import type { MakingName } from '../../src/jobs/making/made.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { eventsPath } from '../../src/slack/receiver.ts';
import { readAlerts } from '../../src/store/alerts.ts';
import { aDoneItem, anItem, aPast, aSprint, aVersion, at, statuses, types } from '../builders.ts';
import { openStage } from '../demo/slack/stage.ts';
import { pullRecords, recordsOf } from './pull-items.ts';

/** The whole way: database, outbox, HTTP, Slack; commands, buttons and forms back over signed HTTP into Bolt. */
export interface SlackStage {
  readonly slack: SlackServer;
  readonly app: App;
  readonly service: Service;
  /** The version of Apollo is moved once more, and its alerts are looked at on the next day. */
  moveAgain(): Promise<void>;
  /** The service ends, and another one begins, which has asked Slack nothing yet. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** A Wednesday noon; the version was moved on Tuesday. */
const noon = at('2026-11-25T11:00:00Z');
/** The Monday after, on which everything is asked: Bolt and the service look at the real time, which has to be this one. */
const asked = at('2026-11-30T09:00:00Z');
const apollo = 'C0APOLLO';
/** The text of others, as hostile as it comes. */
export const hostile = '<!channel> <https://evil.example|PROJ-1> *Land*';

/** The words that the tool and the config give to things; each is text of others. */
export interface StageTexts {
  readonly item: string;
  readonly version: string;
  readonly project: string;
  /** With them Apollo has a running sprint with this goal, and an epic. */
  readonly plan?: { readonly sprint: string; readonly goal: string; readonly epic: string; readonly status: string };
}

const usualTexts: StageTexts = { item: hostile, version: '<!here> 1.0', project: 'Apollo' };

export interface SlackStageOptions {
  /** More of the config. */
  readonly yaml?: string;
  /** More of the settings of Apollo. */
  readonly apollo?: string;
  readonly slack?: Partial<SlackOptions>;
  readonly texts?: StageTexts;
}

/** Apollo in its channel, with a version that slipped and an alert that says so; Hermes in another one, and empty. */
export async function openSlackStage(more: SlackStageOptions = {}): Promise<SlackStage> {
  const { texts = usualTexts } = more;
  vi.useFakeTimers({ toFake: ['Date'], now: asked, shouldAdvanceTime: true });
  const directory = mkdtempSync(join(tmpdir(), 'vigie-slack-'));
  // What is told here is what is said, not how fast.
  const slack = await openStage({ isStrict: false, ...more.slack });
  writeFileSync(
    join(directory, 'vigie.yaml'),
    `slack: { botToken: "\${BOT_TOKEN}", signingSecret: "\${SIGNING_SECRET}", apiUrl: "${slack.apiUrl}", pace: 0 }
zone: Europe/Paris
http: { port: 0 }
sources: { files: { kind: jira-export, path: ${directory} } }
sync: { every: "0 0 1 1 *" }
projects:
  APOLLO: { name: ${JSON.stringify(texts.project)}, scope: { source: files, project: APO }, channel: ${apollo}, decides: [U0SAM, S0PMO]${more.apollo ?? ''} }
  HERMES: { name: Hermes, scope: { source: files, project: HER }, channel: C0HERMES }
${more.yaml ?? ''}`,
  );
  const app = await openApp({
    config: directory,
    environment: {
      BOT_TOKEN: slack.bot.botToken,
      SIGNING_SECRET: slack.bot.signingSecret,
      DATABASE_URL: `file:${join(directory, 'vigie.db')}`,
    },
    needs: ['slack', 'words'],
    log: silentLogger,
  });
  await pull(app, texts, { releaseOn: '2026-12-18', seenAt: '2026-11-16T07:00:00Z' });
  await pull(app, texts, { releaseOn: '2027-01-29', seenAt: '2026-11-24T06:00:00Z' });
  await evaluate(app, noon);
  await standStill(app);
  // What another thread measures crosses over as a copy.
  const elsewhere = async (name: string, ask: unknown): Promise<unknown> =>
    structuredClone(await makeHere(app, name as MakingName, structuredClone(ask)));
  let service = await startService({ ...app, elsewhere }, '0');
  slack.requestUrl = `${service.url}${eventsPath}`;
  await service.round();
  return {
    slack,
    app,
    get service() {
      return service;
    },
    async restart() {
      await service.stop();
      service = await startService({ ...app, elsewhere }, '0');
      slack.requestUrl = `${service.url}${eventsPath}`;
    },
    async moveAgain() {
      await pull(app, texts, { releaseOn: '2027-03-26', seenAt: '2026-11-26T06:00:00Z' });
      await evaluate(app, noon + 24 * hourMs);
      await standStill(app);
      await service.round();
    },
    async close() {
      await service.stop();
      await app.close();
      await slack.close();
      vi.useRealTimers();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The service rounds at `asked`: what is due by then is not what is tested here. */
async function standStill(app: App): Promise<void> {
  await app.db
    .updateTable('alert_state')
    .set({ last_due: at('2999-01-01T00:00:00Z') })
    .execute();
}

async function evaluate(app: App, until: number): Promise<void> {
  const [dueAt] = pastEvaluations(app, 'APOLLO', until, 1);
  await evaluateProject(app, await readAlerts(app.db, 'APOLLO', dueAt!), { at: dueAt!, dueAt: dueAt! });
}

interface Pull {
  readonly releaseOn: Day;
  readonly seenAt: string;
}

async function pull(app: App, texts: StageTexts, { releaseOn, seenAt }: Pull): Promise<void> {
  const done = Array.from({ length: 20 }, (_, index) =>
    aDoneItem(`APO-${100 + index}`, { createdAt: '2026-08-03T09:00:00Z', doneAt: '2026-10-05T15:00:00Z' }),
  );
  const open = aPast({
    key: 'APO-1',
    createdAt: at('2026-08-03T09:00:00Z'),
    fixVersionIds: ['900'],
    summary: texts.item,
    ...(texts.plan ? { status: parked(texts.plan.status), sprintIds: ['7'], parentKey: 'APO-2' } : {}),
  });
  const told = recordsOf('APOLLO', [...done, open], [aVersion({ id: '900', name: texts.version, releaseOn })]);
  await pullRecords(app.db, 'APOLLO', [...planOf(texts), ...told], seenAt);
}

function parked(name: string): Status {
  return { ...statuses.doing, name };
}

function planOf({ plan }: StageTexts): readonly SourceRecord[] {
  if (!plan) return [];
  const startAt = at('2026-11-16T09:00:00Z');
  const sprint = aSprint({ name: plan.sprint, goal: plan.goal, startAt, activatedAt: startAt });
  const before = at('2026-11-02T09:00:00Z');
  const closed = { ...sprint, id: '6', state: 'closed' as const, startAt: before, activatedAt: before };
  const epic = anItem({ key: 'APO-2', summary: plan.epic, type: types.epic, createdAt: at('2026-08-03T09:00:00Z') });
  return [
    { kind: 'status', status: parked(plan.status) },
    { kind: 'sprint', scope: 'APOLLO', sprint: { ...sprint, endAt: at('2027-01-15T17:00:00Z') } },
    { kind: 'sprint', scope: 'APOLLO', sprint: { ...closed, endAt: startAt, completedAt: startAt } },
    { kind: 'item', scope: 'APOLLO', item: epic },
    { kind: 'history', itemId: epic.id, changes: [], isComplete: true },
  ];
}
