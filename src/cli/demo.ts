import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import { demoChannels, demoConfig, demoPeople } from '../demo/demo-config.ts';
import { startJira } from '../demo/jira/start-jira.ts';
import type { JiraServer } from '../demo/jira/start-jira.ts';
import { generatePortfolio } from '../demo/portfolio/generate-portfolio.ts';
import { generatePipelines } from '../demo/portfolio/pipelines.ts';
import type { Portfolio } from '../demo/portfolio/portfolio.ts';
import { startSlack } from '../demo/slack/start-slack.ts';
import type { SlackServer } from '../demo/slack/start-slack.ts';
import { deliverDue } from '../jobs/posting/deliver.ts';
import { scheduledTargets } from '../jobs/targets/digest-target.ts';
import type { DigestTarget } from '../jobs/targets/digest-target.ts';
import { evaluateProject, pastEvaluations } from '../jobs/alerts/evaluate-alerts.ts';
import { makeDigest } from '../jobs/making/make-digest.ts';
import { postNow } from '../jobs/digests/post-now.ts';
import { syncSource } from '../jobs/pulling/sync.ts';
import { ConfigError } from '../lib/errors.ts';
import { createLogger, readLogLevel } from '../lib/logger.ts';
import { systemClock } from '../lib/clock.ts';
import { render } from '../render/templates.ts';
import { toText } from '../render/text.ts';
import { readAlerts } from '../store/alerts.ts';
import { eventsPath } from '../slack/receiver.ts';
import type { ExitCode, Io } from './io.ts';
import { onInterrupt } from './on-interrupt.ts';
import { rememberVersionDates } from './remember-version-dates.ts';
import { startService } from './start.ts';
import { codeOf } from './write-out.ts';

export interface DemoOptions {
  readonly isOnce: boolean;
  readonly locale: string;
  /** Port of the page; any free one when null. */
  readonly port: number | null;
  /** Folder for its config and database, which stay there; null for one that goes with it. */
  readonly keep: string | null;
}

const secrets = { SLACK_BOT_TOKEN: 'xoxb-demo-token', SLACK_SIGNING_SECRET: 'demo-signing-secret' };
const locales = ['en', 'fr'];

/** The whole product on this machine: a simulated Jira and Slack on loopback, the real worker between them. */
export async function demo(options: DemoOptions, io: Io): Promise<ExitCode> {
  if (!locales.includes(options.locale))
    throw new ConfigError([
      { where: '--locale', path: '', expected: `one of ${locales.join(', ')}`, found: JSON.stringify(options.locale) },
    ]);
  const { signal, release } = onInterrupt();
  const stage = await openStage(options, io);
  try {
    return options.isOnce ? await showOnce(stage, options, io, signal) : await stayOpen(stage, options, io, signal);
  } finally {
    release();
    await stage.close();
  }
}

interface Stage {
  readonly app: App;
  readonly jira: JiraServer;
  readonly slack: SlackServer;
  readonly portfolio: Portfolio;
  close(): Promise<void>;
}

async function openStage({ locale, keep }: DemoOptions, io: Io): Promise<Stage> {
  const directory = keep === null ? mkdtempSync(join(tmpdir(), 'vigie-demo-')) : emptyFolder(keep);
  const portfolio = generatePortfolio(systemClock.now());
  const jira = await startJira({ portfolio, mode: 'cloud', largePages: true });
  const slack = await startSlack({
    team: { id: 'T0MERIDIAN', name: portfolio.site.name },
    users: demoPeople,
    channels: demoChannels(portfolio),
    app: { botToken: secrets.SLACK_BOT_TOKEN, signingSecret: secrets.SLACK_SIGNING_SECRET },
  });
  const pipelinesPath = join(directory, 'pipelines.jsonl');
  const told = generatePipelines(portfolio, systemClock.now());
  writeFileSync(pipelinesPath, told.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const files = demoConfig({ portfolio, jiraUrl: jira.url, slackUrl: slack.apiUrl, pipelinesPath, locale });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const environment = {
    ...secrets,
    JIRA_EMAIL: jira.credentials.email,
    JIRA_API_TOKEN: jira.credentials.token,
    DATABASE_URL: `file:${join(directory, 'vigie.db')}`,
  };
  const log = createLogger({
    level: readLogLevel(io.environment['LOG_LEVEL'], 'warn'),
    secrets: Object.values(secrets),
  });
  const app = await openApp({ config: directory, environment, needs: ['sources', 'slack', 'words'], log });
  return {
    app,
    jira,
    slack,
    portfolio,
    async close() {
      await app.close();
      await slack.close();
      await jira.close();
      if (keep === null) rmSync(directory, { recursive: true, force: true });
      else
        io.stderr(
          `Kept in ${directory}. Ask it, for instance:\n` +
            `DATABASE_URL=file:${join(directory, 'vigie.db')} npm run --silent vigie -- --config ${directory} explain APO 1.4\n`,
        );
    },
  };
}

/** What stands in a folder already is somebody's: it is left alone. */
function emptyFolder(path: string): string {
  const found = listFolder(path);
  if (found.length === 0) return path;
  throw new ConfigError([
    { where: '--keep', path: '', expected: 'a folder that is empty or new', found: `${found.length} files in ${path}` },
  ]);
}

function listFolder(path: string): string[] {
  try {
    mkdirSync(path, { recursive: true });
    return readdirSync(path);
  } catch (error) {
    const found = `${path} (${codeOf(error)})`;
    throw new ConfigError([{ where: '--keep', path: '', expected: 'a folder that can be made or is there', found }]);
  }
}

async function pullOnce({ app, portfolio }: Stage, io: Io, signal: AbortSignal): Promise<void> {
  await rememberVersionDates(app, 'jira', portfolio.site);
  const { items, changes } = await syncSource(app, 'jira', { isFull: false, signal });
  await syncSource(app, 'pipelines', { isFull: false, signal });
  io.stderr(`Pulled ${items} items and ${changes} changes from the simulated Jira.\n`);
}

async function showOnce(stage: Stage, { locale }: DemoOptions, io: Io, signal: AbortSignal): Promise<ExitCode> {
  const { app, slack } = stage;
  await pullOnce(stage, io, signal);
  const asOf = app.clock.now();
  for (const target of scheduledTargets(app.config)) {
    const report = await makeDigest(app, target, asOf);
    io.stdout(`${toText(render(app.templates, report, locale))}\n\n`);
  }
  const outcomes = await postAll(stage, asOf, signal);
  const bad = outcomes.filter(({ kind }) => kind !== 'posted');
  const alerts = await postAlerts(stage, asOf, signal);
  io.stderr(
    `Posted ${outcomes.length - bad.length} digests, and ${alerts} messages of alerts, to the simulated Slack.\n`,
  );
  for (const outcome of bad) io.stderr(`${JSON.stringify(outcome)}\n`);
  for (const violation of [...stage.jira.violations, ...slack.violations])
    io.stderr(`Against the rules: ${violation}\n`);
  return bad.length === 0 && stage.jira.violations.length + slack.violations.length === 0 ? 0 : 1;
}

async function stayOpen(stage: Stage, { port }: DemoOptions, io: Io, signal: AbortSignal): Promise<ExitCode> {
  const { app, slack } = stage;
  const { startDemoPage } = await import('../demo/page/start-demo-page.ts');
  const page = await startDemoPage({ slack, ...(port === null ? {} : { port }) });
  await rememberVersionDates(app, 'jira', stage.portfolio.site);
  const service = await startService(app, '0');
  try {
    slack.requestUrl = `${service.url}${eventsPath}`;
    io.stderr('Pulling two years of four projects from the simulated Jira…\n');
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) resolve();
    });
    // Until the first pull is over it could answer nobody: the address is told when it can.
    await Promise.race([service.round(), stopped]);
    if (!signal.aborted) await showAround(stage, page.url, io, signal);
    await stopped;
    io.stderr('Stopping.\n');
    return 0;
  } finally {
    await service.stop();
    await page.close();
  }
}

/** Where to look, and something to look at. */
async function showAround(stage: Stage, url: string, io: Io, signal: AbortSignal): Promise<void> {
  io.stdout(
    `\nVigie's demo is at ${url}\nDigests and alerts come in while you look. Type /pmo help there. Ctrl-C ends it; nothing is left behind.\n\n`,
  );
  await postAll(stage, stage.app.clock.now(), signal);
  await postAlerts(stage, stage.app.clock.now(), signal);
}

/** Two evaluations have to agree before most alerts are told; the third shows what becomes of them. */
const alertDays = 3;

/** The alerts of the last days, as if the bot had been there: a workspace that is new has none. How many messages came of it. */
async function postAlerts({ app }: Stage, asOf: number, signal: AbortSignal): Promise<number> {
  for (const project of Object.keys(app.config.projects)) {
    for (const dueAt of pastEvaluations(app, project, asOf, alertDays)) {
      if (signal.aborted) return 0;
      await evaluateProject(app, await readAlerts(app.db, project, dueAt), { at: dueAt, dueAt });
    }
  }
  return (await deliverDue(app, { signal })).posted;
}

/** All digests of today, a channel each, at the same time. */
function postAll({ app }: Stage, asOf: number, signal: AbortSignal) {
  const targets = scheduledTargets(app.config).filter(
    (target): target is DigestTarget & { readonly channel: string } => target.channel !== null,
  );
  return Promise.all(targets.map((target) => postNow(app, target, { asOf, signal })));
}
