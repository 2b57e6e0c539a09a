import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { assess } from '../../src/core/findings/assess.ts';
import { itemTimes } from '../../src/core/metrics/flow/item-times.ts';
import { toJson } from '../../src/core/reports/to-json.ts';
import { dayMs, hourMs } from '../../src/core/time/instant.ts';
import { demoConfig } from '../../src/demo/demo-config.ts';
import { startJira } from '../../src/demo/jira/start-jira.ts';
import type { JiraServer } from '../../src/demo/jira/start-jira.ts';
import type { LiveChange } from '../../src/demo/jira/live-changes.ts';
import { generatePortfolio } from '../../src/demo/portfolio/generate-portfolio.ts';
import type { Portfolio } from '../../src/demo/portfolio/portfolio.ts';
import type { SiteIssue } from '../../src/demo/portfolio/site.ts';
import { scheduledTargets } from '../../src/jobs/targets/digest-target.ts';
import { makeDigest } from '../../src/jobs/making/make-digest.ts';
import { measureProject } from '../../src/jobs/making/measure-project.ts';
import { syncSource } from '../../src/jobs/pulling/sync.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { createRandom } from '../../src/lib/random.ts';
import { toSlack } from '../../src/render/slack.ts';
import { render } from '../../src/render/templates.ts';

/** Days of work, a pull each evening. */
const days = 3;
/** Two projects that trade items, and the programme that holds both. */
const watched = ['APO', 'HER', 'CUSTOMER'];
const startsAt = Date.parse('2026-11-16T18:00:00Z');

let portfolio: Portfolio;
let jira: JiraServer;
let app: App;
let directory: string;
let now = startsAt;
const clock = {
  now: () => now,
  sleep: (ms: number) => {
    now += ms;
    return Promise.resolve();
  },
};

beforeAll(async () => {
  portfolio = generatePortfolio(startsAt);
  jira = await startJira({ portfolio, mode: 'cloud', largePages: true, clock });
  directory = mkdtempSync(join(tmpdir(), 'vigie-past-'));
  const files = demoConfig({
    portfolio,
    jiraUrl: jira.url,
    slackUrl: 'http://127.0.0.1:9/api/',
    pipelinesPath: null,
    locale: 'en',
  });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  const environment = {
    SLACK_BOT_TOKEN: 'xoxb-past-token',
    SLACK_SIGNING_SECRET: 'past-signing-secret',
    JIRA_EMAIL: jira.credentials.email,
    JIRA_API_TOKEN: jira.credentials.token,
    DATABASE_URL: `file:${join(directory, 'vigie.db')}`,
  };
  app = await openApp({ config: directory, environment, needs: ['sources', 'words'], clock, log: silentLogger });
});

afterAll(async () => {
  await app.close();
  await jira.close();
  rmSync(directory, { recursive: true, force: true });
});

/** All that anybody could have been told at that moment: every digest in both languages, and all figures. */
async function toldAt(asOf: number): Promise<string> {
  const told: unknown[] = [];
  for (const target of scheduledTargets(app.config).filter(({ subject }) => watched.includes(subject))) {
    const report = await makeDigest(app, target, asOf);
    told.push(report, ...['en', 'fr'].map((locale) => toSlack(render(app.templates, report, locale))));
  }
  for (const id of ['APO', 'HER']) {
    const [measured] = await measureProject(app, id, [asOf]);
    const findings = assess({ ...measured!, previous: null, thresholds: app.config.thresholds });
    told.push(toJson(measured!.metrics, { findings, items: itemTimes(measured!.view) }));
  }
  return JSON.stringify(told, null, 1);
}

/** A day of everything that people do to a project. */
function stir(day: number): void {
  const random = createRandom(day);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const live = () => [...jira.site.issues.values()].filter(({ isHidden }) => !isHidden);
  const versions = [...jira.site.versions.values()].filter(({ log }) => !log.at(-1)!.isReleased);
  const statuses = jira.site.statuses.map(({ name }) => name);
  const sprints = [...jira.site.sprints.values()].filter(({ state }) => state === 'active');
  const acts: readonly ((issue: SiteIssue) => LiveChange)[] = [
    ({ key }) => ({ do: 'transition', key, to: pick(statuses) }),
    ({ key }) => ({ do: 'transition', key, to: pick(statuses) }),
    ({ key }) => ({ do: 'rename', key, summary: `Renamed on day ${day}` }),
    ({ key }) => ({ do: 'label', key, labels: [`day-${day}`] }),
    ({ key }) => ({ do: 'assign', key, to: pick([null, ...jira.site.people.keys()]) }),
    ({ key }) => ({ do: 'estimate', key, points: pick([null, 1, 8]) }),
    ({ key, isFlagged }) => ({ do: 'flag', key, isFlagged: !isFlagged }),
    ({ key }) => ({ do: 'redate-item', key, to: pick([null, '2026-11-20', '2027-01-15']) }),
    ({ key, projectKey }) => ({
      do: 'plan-for',
      key,
      version: pick(versions.filter((version) => version.projectKey === projectKey))?.name ?? null,
    }),
    ({ key }) => ({ do: 'add-to-sprint', key, sprint: pick(sprints).id }),
    ({ key }) => ({ do: 'block', blocker: pick(live()).key, blocked: key }),
    ({ projectKey }) => ({ do: 'create', project: projectKey, summary: `New on day ${day}` }),
    ({ key, projectKey }) => ({ do: 'move', key, toProject: projectKey === 'APO' ? 'HER' : 'APO' }),
    ({ key }) => ({ do: pick(['delete', 'hide'] as const), key }),
  ];
  for (let count = 0; count < 60; count += 1) {
    now += 6 * 60_000;
    // The busy end of each project: what a digest is likely to name.
    jira.change(pick(acts)(pick(live().slice(-400))));
  }
  const version = pick(versions);
  jira.change({ do: 'redate-version', project: version.projectKey, version: version.name, to: '2027-02-01' });
  if (day === 1) jira.change({ do: 'close-sprint', sprint: pick(sprints).id });
  if (day === 2) jira.change({ do: 'release-version', project: versions[0]!.projectKey, version: versions[0]!.name });
}

it('gives every past digest and figure again, byte for byte, whatever was done in Jira since', async () => {
  const told: { readonly asOf: number; readonly text: string }[] = [];
  for (let day = 0; day < days; day += 1) {
    if (day > 0) stir(day);
    now = startsAt + day * dayMs;
    await syncSource(app, 'jira', { isFull: day === 2, signal: new AbortController().signal });
    now += hourMs;
    told.push({ asOf: now, text: await toldAt(now) });
  }
  for (const { asOf, text } of told) expect(await toldAt(asOf)).toBe(text);
  // Else the comparison proves nothing: the days do differ.
  expect(new Set(told.map(({ text }) => text)).size).toBe(days);
  expect(jira.violations).toEqual([]);
}, 300_000);
