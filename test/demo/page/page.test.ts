import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDemoPage } from '../../../src/demo/page/start-demo-page.ts';
import type { DemoPage } from '../../../src/demo/page/start-demo-page.ts';
import { readBody } from '../../../src/demo/slack/call.ts';
import { sign } from '../../../src/demo/slack/sign.ts';
import type { SlackServer } from '../../../src/demo/slack/start-slack.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import type { Message } from '../../../src/render/message.ts';
import { createSlackApp } from '../../../src/slack/app.ts';
import type { SlackApp } from '../../../src/slack/app.ts';
import { slackConfig } from '../../../src/slack/config.ts';
import { aPoster, claire, openStage, sam } from '../slack/stage.ts';
import { alert, digest } from './digests.ts';
import { findChromium } from './find-chromium.ts';

const executablePath = findChromium('test/demo/page/page.test.ts');
const shots = new URL('../../../test-output/', import.meta.url).pathname;

describe.skipIf(!executablePath)('the page of the demo, in Chromium', () => {
  let slack: SlackServer;
  let app: SlackApp;
  let demo: DemoPage;
  let browser: Browser;
  let people: BrowserContext;
  let rootTs: string;
  const troubles: string[] = [];

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    slack = await openStage({ isStrict: false });
    const { bot, apiUrl } = slack;
    const config = slackConfig.parse({ botToken: bot.botToken, signingSecret: bot.signingSecret, apiUrl });
    app = createSlackApp({
      config,
      http: { host: '127.0.0.1', port: 0 },
      locale: 'en',
      answers: {
        ask: ({ locale }) => Promise.resolve({ kind: 'message', message: digest(locale === 'fr' ? 'fr' : 'en') }),
        press: () => Promise.resolve(null),
        submit: () => Promise.resolve({ kind: 'taken' }),
        home: ({ locale }) =>
          Promise.resolve({
            type: 'home',
            blocks: [{ type: 'header', text: { type: 'plain_text', text: `Home in ${locale}` } }],
          }),
        say: (code) => ({ text: code, blocks: [{ type: 'divider' }], replies: [] }),
      },
      seen: () => Promise.resolve(false),
      clock: systemClock,
      log: silentLogger,
    });
    slack.requestUrl = `${(await app.start()).url}/slack/events`;
    slack.say({
      user: sam.id,
      channel: 'C0APOLLO',
      text: 'The demo went well, *notes* in <https://example.com/n|the wiki> <script>alert(1)</script>',
    });
    rootTs = await post('en', digest('en'));
    await post('fr', digest('fr'), 'C0HERMES');
    await post('alert', { ...alert, replies: [] });
    demo = await startDemoPage({ slack });
    browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] });
    people = await browser.newContext();
  });
  afterAll(async () => {
    await browser.close();
    await demo.close();
    await app.stop(500);
    await slack.close();
  });

  async function post(key: string, message: Message, channel = 'C0APOLLO'): Promise<string> {
    const poster = aPoster({
      botToken: slack.bot.botToken,
      apiUrl: slack.apiUrl,
      clock: systemClock,
      log: silentLogger,
    });
    const root = await poster.post({ channel, threadTs: null, key, part: message });
    if (root.kind !== 'posted') throw new Error(JSON.stringify(root));
    for (const [index, part] of message.replies.entries()) {
      await poster.post({ channel, threadTs: root.ts, key, number: index + 1, part });
    }
    return root.ts;
  }

  async function open(path: string, [width, height]: readonly [number, number] = [1280, 860]): Promise<Page> {
    const page = await people.newPage();
    await page.setViewportSize({ width, height });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (line) => line.type() === 'error' && troubles.push(line.text()));
    page.on('request', (request) => {
      if (!request.url().startsWith(demo.url)) troubles.push(`asked for ${request.url()}`);
    });
    await page.goto(`${demo.url}${path}`, { waitUntil: 'domcontentloaded' });
    await page.locator('body.live').waitFor();
    return page;
  }
  const shoot = (page: Page, name: string) => page.screenshot({ path: `${shots}page-${name}.png` });

  it('opens on the first channel, and shows a digest with its parts', async () => {
    const page = await open('');
    expect(await page.title()).toBe('apollo · Acme');
    const message = page.locator(`[data-ts="${rootTs}"]`);
    await expect.poll(() => message.locator('.b-header').textContent()).toBe('Apollo · week 48');
    expect(await message.locator('.who').innerText()).toMatch(/^Vigie\s*APP/);
    expect(await message.locator('strong').first().textContent()).toContain('At risk against the first promise');
    expect(await message.locator('li').count()).toBe(2);
    expect(await message.locator('.b-context').textContent()).toContain('812 items, complete');
    const link = message.getByRole('link', { name: 'APO-198' });
    expect(await link.getAttribute('href')).toBe('https://jira.example.com/APO-198');
    await message.scrollIntoViewIfNeeded();
    await shoot(page, 'english');
    await page.close();
  });

  it('shows a home that was made before anybody listened', async () => {
    const page = await people.newPage();
    // The line to the server is slower than the app.
    await page.route('**/events', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await page.goto(`${demo.url}home?as=${claire.id}`, { waitUntil: 'domcontentloaded' });
    await expect.poll(() => page.getByText('Home in fr').count()).toBe(1);
    await shoot(page, 'home');
    await page.close();
  });

  it('shows what people wrote as text, whatever is in it', async () => {
    const page = await open(`c/C0APOLLO?as=${sam.id}`);
    const text = await page.locator('#messages article').first().textContent();
    expect(text).toContain('notes in the wiki <script>alert(1)</script>');
    expect(await page.locator('#messages script').count()).toBe(0);
    await page.close();
  });

  it('opens a thread at the side, with its table', async () => {
    const page = await open(`c/C0APOLLO?as=${claire.id}`, [1400, 860]);
    expect(await page.locator('#thread').isVisible()).toBe(false);
    await page.locator(`[data-ts="${rootTs}"] .thread-link`).click();
    const thread = page.locator('#thread');
    await thread.getByText('All dates').waitFor();
    expect(await thread.locator('h1').textContent()).toBe('Fil de discussion');
    expect(await thread.locator('thead th').allTextContents()).toEqual([
      'Milestone',
      'Promised',
      'Now set',
      'Slip',
      '85 % sure',
    ]);
    expect(await thread.locator('tbody tr').count()).toBe(3);
    expect(await thread.locator('blockquote').textContent()).toBe('Quoted from APO-198: waiting for HER-77.');
    await shoot(page, 'french-thread');
    await page.getByRole('link', { name: 'Fermer le fil' }).click();
    await expect.poll(() => thread.isVisible()).toBe(false);
    await page.close();
  });

  it('answers a command in the language of the reader, to them alone, without a reload', async () => {
    const page = await open(`c/C0APOLLO?as=${claire.id}`);
    const english = await open(`c/C0APOLLO?as=${sam.id}`);
    await page.getByRole('textbox', { name: 'Envoyer un message à #apollo' }).fill('/pmo status');
    await page.keyboard.press('Enter');
    const answer = page.locator('.ephemeral');
    await answer.getByText('À risque par rapport à l’engagement initial').waitFor();
    expect(await answer.locator('.only-you').innerText()).toBe('Visible par vous uniquement');
    await shoot(page, 'french-answer');
    await page.close();
    await english.getByText('/pmo status').click();
    await english.getByRole('button', { name: 'Send' }).click();
    await english.locator('.ephemeral').getByText('At risk against the first promise').waitFor();
    // The digest and what it keeps for its thread.
    await expect.poll(() => english.locator('.ephemeral').count()).toBe(2);
    expect(await english.locator('.only-you').first().innerText()).toBe('Only visible to you');
    await english.close();
  });

  it('changes the reader with one click', async () => {
    const page = await open(`c/C0HERMES?as=${sam.id}`);
    expect(await page.locator('.sidebar h2').first().textContent()).toBe('Channels');
    await page.getByRole('link', { name: 'Claire Dubois français' }).click();
    await expect.poll(() => page.locator('.sidebar h2').first().textContent()).toBe('Canaux');
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    await page.close();
  });

  it('shows new messages as they come, and marks other channels', async () => {
    const page = await open(`c/C0HERMES?as=${sam.id}`);
    slack.say({ user: claire.id, channel: 'C0HERMES', text: 'Bonjour à tous' });
    await page.getByText('Bonjour à tous').waitFor();
    slack.say({ user: claire.id, channel: 'C0FAR', text: 'elsewhere' });
    await expect.poll(() => page.locator('nav .unread').allInnerTexts()).toContain('#\nfar');
    await page.close();
  });

  it('hides a private channel from who is not in it', async () => {
    const seenBy = async (user: string, path: string) => fetch(`${demo.url}${path}?as=${user}`);
    expect(await (await seenBy(claire.id, 'c/C0APOLLO')).text()).not.toContain('secret');
    expect(await (await seenBy(sam.id, 'c/C0APOLLO')).text()).toContain('secret');
    expect((await seenBy(claire.id, 'c/C0SECRET')).status).toBe(404);
    expect((await seenBy(sam.id, 'c/C0SECRET')).status).toBe(200);
  });

  it('presses a button through to the app, signed', async () => {
    const taken: string[] = [];
    const listening = createServer((request, response) => {
      void (async () => {
        const body = await readBody(request);
        const { 'x-slack-signature': signature, 'x-slack-request-timestamp': at } = request.headers;
        const payload = JSON.parse(new URLSearchParams(body).get('payload')!) as { actions: { action_id: string }[] };
        const isOurs = signature === sign(slack.bot.signingSecret, String(at), body);
        taken.push(`${payload.actions[0]!.action_id} ${isOurs}`);
        response.end();
      })();
    });
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const usual = slack.requestUrl;
    slack.requestUrl = `http://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
    const page = await open(`c/C0APOLLO?as=${sam.id}`);
    await page.getByRole('button', { name: 'Acknowledge' }).click();
    await expect.poll(() => taken).toEqual(['acknowledge true']);
    slack.requestUrl = usual;
    await page.close();
    await new Promise((resolve) => listening.close(resolve));
  });

  it('fits on a phone, with the channels behind a button', async () => {
    const page = await open(`c/C0APOLLO?as=${sam.id}`, [390, 844]);
    const width = await page.evaluate<readonly [number, number]>('[document.documentElement.scrollWidth, innerWidth]');
    expect(width[0]).toBeLessThanOrEqual(width[1]);
    expect(await page.locator('.sidebar').isVisible()).toBe(false);
    await page.locator(`[data-ts="${rootTs}"]`).scrollIntoViewIfNeeded();
    await shoot(page, 'phone');
    await page.getByRole('link', { name: 'Channels and people' }).click();
    expect(await page.locator('.sidebar').isVisible()).toBe(true);
    await shoot(page, 'phone-channels');
    await page.goto(`${demo.url}c/C0APOLLO?as=${sam.id}&thread=${rootTs}`);
    await page.locator('#thread').getByText('All dates').waitFor();
    await shoot(page, 'phone-thread');
    await page.close();
  });

  it('works without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${demo.url}c/C0HERMES?as=${sam.id}`);
    await page.getByRole('textbox').first().fill('written without a script');
    await page.getByRole('button', { name: 'Send' }).first().click();
    expect(await page.locator('#messages').textContent()).toContain('written without a script');
    await context.close();
  });

  it('ran without an error, and asked nobody else for anything', () => {
    expect(troubles).toEqual([]);
    expect(slack.violations).toEqual([]);
  });
});

describe('the address of the page', () => {
  it('serves this machine only', async () => {
    const slack = await openStage();
    const demo = await startDemoPage({ slack });
    const ask = (headers: Record<string, string>, path = 'c/C0APOLLO/send') =>
      fetch(`${demo.url}${path}`, { method: 'POST', body: `as=${sam.id}&text=hello`, headers, redirect: 'manual' });
    expect((await ask({ origin: 'https://evil.example.com' })).status).toBe(403);
    expect(slack.messages('C0APOLLO')).toEqual([]);
    expect((await ask({ origin: demo.url.slice(0, -1) })).status).toBe(303);
    expect(slack.messages('C0APOLLO').map(({ text }) => text)).toEqual(['hello']);
    expect((await ask({}, 'c/C0NONE/send')).status).toBe(404);
    expect((await ask({}, 'c/C0APOLLO/other')).status).toBe(404);
    expect((await fetch(demo.url)).headers.get('content-security-policy')).toContain("default-src 'none'");
    const port = Number(new URL(demo.url).port);
    await expect(startDemoPage({ slack, port })).rejects.toThrow(
      `--port: expected a free port, found one that another program uses`,
    );
    await demo.close();
    await slack.close();
  });
});
