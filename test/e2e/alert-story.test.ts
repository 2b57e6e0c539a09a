import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { rememberVersionDates } from '../../src/cli/remember-version-dates.ts';
import { startService } from '../../src/cli/start.ts';
import type { Service } from '../../src/cli/start.ts';
import { dayMs, hourMs } from '../../src/core/time/instant.ts';
import { channelOf, demoChannels, demoConfig, demoPeople } from '../../src/demo/demo-config.ts';
import { startJira } from '../../src/demo/jira/start-jira.ts';
import type { JiraServer } from '../../src/demo/jira/start-jira.ts';
import { startDemoPage } from '../../src/demo/page/start-demo-page.ts';
import type { DemoPage } from '../../src/demo/page/start-demo-page.ts';
import { generatePortfolio } from '../../src/demo/portfolio/generate-portfolio.ts';
import { startSlack } from '../../src/demo/slack/start-slack.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { listDecisions } from '../../src/store/alerts.ts';
import { findChromium } from '../demo/page/find-chromium.ts';

const executablePath = findChromium('test/e2e/alert-story.test.ts');
const shots = new URL('../../test-output/', import.meta.url).pathname;
/** A Monday evening; everything runs on this clock, and days pass when the test says so. */
const startsAt = Date.parse('2026-11-16T18:00:00Z');
const channel = channelOf('IRI');
const [alex, camille] = demoPeople;

describe.skipIf(!executablePath)('the story of a milestone, in Chromium against the demo', () => {
  let now = startsAt;
  const clock = {
    now: () => now,
    sleep: (ms: number) => {
      now += ms;
      return Promise.resolve();
    },
  };
  let directory: string;
  let jira: JiraServer;
  let slack: SlackServer;
  let app: App;
  let service: Service;
  let demo: DemoPage;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    directory = mkdtempSync(join(tmpdir(), 'vigie-story-'));
    const portfolio = generatePortfolio(startsAt);
    jira = await startJira({ portfolio, mode: 'cloud', largePages: true, clock });
    slack = await startSlack({
      team: { name: portfolio.site.name },
      users: demoPeople,
      channels: demoChannels(portfolio),
      app: { botToken: 'xoxb-story-token', signingSecret: 'story-signing-secret' },
      clock,
      isStrict: false,
    });
    const files = demoConfig({
      portfolio,
      jiraUrl: jira.url,
      slackUrl: slack.apiUrl,
      pipelinesPath: null,
      locale: 'en',
    });
    // Over the socket: Bolt holds the time of signed requests against the real clock, and days pass here in seconds.
    const overSocket = (text: string) => text.replace('botToken:', 'appToken: "${SLACK_APP_TOKEN}"\n  botToken:');
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), overSocket(text));
    app = await openApp({
      config: directory,
      environment: {
        SLACK_APP_TOKEN: slack.bot.appToken,
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
    await rememberVersionDates(app, 'jira', portfolio.site);
    service = await startService(app, '0');
    await service.round();
    demo = await startDemoPage({ slack, clock });
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
  });

  afterAll(async () => {
    await browser?.close();
    await demo?.close();
    await service?.stop();
    await app?.close();
    await slack?.close();
    await jira?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The next day: pulled before breakfast, looked at when the digest is due (08:30 in Paris). */
  async function morning(): Promise<void> {
    const midnight = Math.floor(now / dayMs) * dayMs + dayMs;
    for (const hour of [6, 7.75]) {
      now = midnight + hour * hourMs;
      await service.round();
    }
  }
  async function open(user: string, size: readonly [number, number] = [1280, 900]): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: size[0], height: size[1] } });
    await page.goto(`${demo.url}c/${channel}?as=${user}`);
    return page;
  }
  const alertIn = (page: Page) => page.locator('article', { hasText: 'Milestone slipped' }).first();

  it('slips in Jira, is told, asked about, re-baselined with a reason, and over again', async () => {
    jira.change({ do: 'redate-version', project: 'IRI', version: '5.5', to: '2027-01-29' });
    await morning();
    const page = await open(alex.id);
    await alertIn(page).waitFor();
    expect(await alertIn(page).innerText()).toMatch(/5\.5 moved from .* to 29 Jan 2027/);
    await page.screenshot({ path: join(shots, 'story-alert.png') });

    await alertIn(page).getByRole('button', { name: 'Why?' }).click();
    const why = page.locator('article.ephemeral', { hasText: 'What happened' });
    await why.waitFor();
    expect(await why.innerText()).toMatch(/first promised for/);

    await alertIn(page).getByRole('button', { name: 'Re-baseline…' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await page.getByLabel('New promise').inputValue()).toBe('2027-01-29');
    await page.getByLabel('Why? It is kept with your name.').fill('no');
    await page.getByRole('button', { name: 'Re-baseline', exact: true }).click();
    await page.getByText('Please enter at least 5 characters.').waitFor();
    await page.screenshot({ path: join(shots, 'story-form.png') });
    await page.getByLabel('Why? It is kept with your name.').fill('The audit came on top');
    await page.getByLabel('New promise').fill('2027-03-31');
    await page.getByRole('button', { name: 'Re-baseline', exact: true }).click();
    await alertIn(page).getByText('Re-baselined to Wed 31 Mar 2027 by alex').waitFor();
    expect(await listDecisions(app.db, 'IRI')).toMatchObject([
      { kind: 're-baselined', actor: alex.id, detail: { on: '2027-03-31', reason: 'The audit came on top' } },
    ]);
    await page.locator('.composer .text').first().fill('/pmo decisions');
    await page.keyboard.press('Enter');
    await page.locator('article.ephemeral', { hasText: 'The audit came on top' }).waitFor();
    await page.screenshot({ path: join(shots, 'story-decided.png') });

    for (let days = 0; days < 8 && !(await slackText()).includes('over'); days += 1) await morning();
    await page.reload();
    const story = page.locator('article', { hasText: 'Milestone slipped' }).first();
    expect(await story.innerText()).toMatch(/Milestone slipped — .*It was: 5\.5 moved/s);
    expect(await story.innerText()).toContain('Re-baselined to Wed 31 Mar 2027 by alex');
    // The move that was agreed on is not told again.
    expect(await page.locator('article:not(.ephemeral)', { hasText: 'Milestone slipped' }).count()).toBe(1);
    await page.screenshot({ path: join(shots, 'story-over.png') });
    await page.close();

    const phone = await open(camille.id, [390, 844]);
    await phone.locator('article').first().waitFor();
    await phone.screenshot({ path: join(shots, 'story-phone.png') });
    await phone.close();
    expect(slack.violations).toEqual([]);
    expect(jira.violations).toEqual([]);
  });

  /** Whether the alert's message says that it is over. */
  async function slackText(): Promise<string> {
    const message = slack.messages(channel).find(({ text }) => text.includes('Milestone slipped'));
    const isOver = message !== undefined && JSON.stringify(message.blocks).includes('It was: ');
    return Promise.resolve(isOver ? 'over' : 'open');
  }
});
