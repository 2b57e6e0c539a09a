import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { rememberVersionDates } from '../../src/cli/remember-version-dates.ts';
import type { AlertCard } from '../../src/core/reports/alert-card.ts';
import type { Calendar } from '../../src/core/time/calendar.ts';
import { addDays } from '../../src/core/time/day.ts';
import type { Day } from '../../src/core/time/day.ts';
import { hourMs, minuteMs } from '../../src/core/time/instant.ts';
import type { Instant } from '../../src/core/time/instant.ts';
import { demoChannels, demoConfig, demoPeople } from '../../src/demo/demo-config.ts';
import { startJira } from '../../src/demo/jira/start-jira.ts';
import { generatePortfolio } from '../../src/demo/portfolio/generate-portfolio.ts';
import { startSlack } from '../../src/demo/slack/start-slack.ts';
import type { SlackMessage } from '../../src/demo/slack/workspace.ts';
import { calendarOf } from '../../src/jobs/calendar-of.ts';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import { evaluateDueAlerts } from '../../src/jobs/alerts/evaluate-alerts.ts';
import { planDueDigests } from '../../src/jobs/digests/plan-digests.ts';
import { renderDueDigests } from '../../src/jobs/digests/render-digests.ts';
import { syncSource } from '../../src/jobs/pulling/sync.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { readAlerts } from '../../src/store/alerts.ts';
import { endPull, startPull } from '../../src/store/pulls.ts';

export interface YearOptions {
  /** The portfolio of the demo as it stands on this day. */
  readonly portfolioOn: Day;
  readonly from: Day;
  readonly to: Day;
  readonly locale: string;
  /** Those whose days are lived through; all when left out. */
  readonly projects?: readonly string[];
  readonly onDay?: (day: Day) => void;
}

/** What the channels hold after it, and what was told of each alert. */
export interface Year {
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly messages: readonly SlackMessage[];
  /** Each episode of each alert, with its channel. */
  readonly episodes: readonly { readonly channel: string; readonly card: AlertCard }[];
  readonly violations: readonly string[];
  /** The working days of the portfolio. */
  readonly calendar: Calendar;
  /** Dates of versions that were moved in these days, as the tracker keeps them. */
  readonly moves: readonly { readonly project: string; readonly version: string; readonly at: Instant }[];
}

/**
 * Lives through the demo portfolio's past day by day, on a clock of its own: digests, alerts and deliveries as the worker
 * does them, over HTTP into the simulated Slack. The histories are pulled once at the beginning, with all that is still to
 * come in them; every figure is asked for as of its day, so that none of it is known before.
 */
export async function replayYear(options: YearOptions): Promise<Year> {
  const { portfolioOn, from, to, locale, projects, onDay } = options;
  let now = Date.parse(`${from}T04:00:00Z`);
  const clock = {
    now: () => now,
    sleep: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };
  const directory = mkdtempSync(join(tmpdir(), 'vigie-year-'));
  const portfolio = generatePortfolio(Date.parse(`${portfolioOn}T18:00:00Z`));
  const kept = projects ? { ...portfolio, ...narrowed(portfolio, projects) } : portfolio;
  const jira = await startJira({ portfolio, mode: 'cloud', largePages: true });
  const channels = demoChannels(kept);
  const slack = await startSlack({
    team: { name: portfolio.site.name },
    users: demoPeople,
    channels,
    clock,
    isStrict: false,
  });
  const files = demoConfig({ portfolio: kept, jiraUrl: jira.url, slackUrl: slack.apiUrl, pipelinesPath: null, locale });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const app = await openApp({
    config: directory,
    environment: {
      SLACK_BOT_TOKEN: slack.bot.botToken,
      SLACK_SIGNING_SECRET: slack.bot.signingSecret,
      JIRA_EMAIL: jira.credentials.email,
      JIRA_API_TOKEN: jira.credentials.token,
      DATABASE_URL: `file:${join(directory, 'vigie.db')}`,
    },
    needs: ['sources', 'slack', 'words'],
    clock,
    log: silentLogger,
  });
  try {
    await rememberVersionDates(app, 'jira', portfolio.site);
    await syncSource(app, 'jira', { isFull: false, signal: new AbortController().signal });
    for (const id of Object.keys(app.config.projects)) await readAlerts(app.db, id, now);
    await planDueDigests(app);
    const calendar = calendarOf(app.config, Object.keys(app.config.projects)[0]!);
    for (let day = from; day <= to; day = addDays(day, 1)) {
      if (calendar.fraction(day) === 0) continue;
      now = Math.max(now, calendar.zone.startOf(day) + 6 * hourMs);
      await pullNothingNew(app, now);
      for (const minutes of [8 * 60 + 31, 9 * 60 + 16]) {
        now = Math.max(now, calendar.zone.startOf(day) + minutes * minuteMs);
        await liveThrough(app);
      }
      onDay?.(day);
    }
    return {
      channels,
      messages: channels.flatMap(({ id }) => slack.messages(id)),
      episodes: await episodesOf(app),
      calendar,
      moves: movesIn(portfolio, Object.keys(app.config.projects), { from, to }),
      violations: [...slack.violations, ...jira.violations],
    };
  } finally {
    await app.close();
    await slack.close();
    await jira.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What the worker does at each wake-up. */
async function liveThrough(app: App): Promise<void> {
  await planDueDigests(app);
  await renderDueDigests(app);
  await evaluateDueAlerts(app);
  await deliverDue(app, { signal: new AbortController().signal });
}

/** The morning's pull: without one the figures would be too old to say anything. */
async function pullNothingNew({ db, config }: App, at: number): Promise<void> {
  const pull = await startPull(db, { source: 'jira', projects: Object.keys(config.projects), startedAt: at });
  await endPull(db, pull, { outcome: 'done', error: null, endedAt: at });
}

async function episodesOf({ db }: App): Promise<Year['episodes']> {
  const rows = await db.selectFrom('alert').selectAll().orderBy('episode').execute();
  return rows.map(({ channel, card }) => ({ channel, card: JSON.parse(card) as AlertCard }));
}

/** A move is a date that gives way to another; the first one is none. */
function movesIn(
  { site }: ReturnType<typeof generatePortfolio>,
  projects: readonly string[],
  { from, to }: Pick<YearOptions, 'from' | 'to'>,
): Year['moves'] {
  const [start, end] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  return [...site.versions.values()]
    .filter(({ projectKey }) => projects.includes(projectKey))
    .flatMap(({ projectKey: project, name: version, log }) =>
      log
        .filter(({ releaseDate }, index) => {
          const before = log[index - 1]?.releaseDate ?? null;
          return before !== null && releaseDate !== null && releaseDate > before;
        })
        .filter(({ at }) => at >= start && at < end)
        .map(({ at }) => ({ project, version, at })),
    );
}

function narrowed(portfolio: ReturnType<typeof generatePortfolio>, keys: readonly string[]) {
  const projects = portfolio.projects.filter(({ key }) => keys.includes(key));
  const programmes = portfolio.programmes.filter((one) => one.projects.every((key) => keys.includes(key)));
  return { projects, programmes };
}
