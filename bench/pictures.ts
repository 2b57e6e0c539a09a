import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import type { Locator, Page } from 'playwright-core';
import { findChromium } from '../test/demo/page/find-chromium.ts';

/**
 * The pictures of the README, from the page of the demo: `npm run pictures`. They are of today's date, so they differ
 * from run to run; look at them before they are kept.
 */
const root = new URL('..', import.meta.url).pathname;
const docs = join(root, 'docs');
const reader = 'U0ALEX';
const patienceMs = 180_000;

const executablePath = findChromium('npm run pictures');
if (executablePath === undefined) process.exit(1);
const demo = spawn(process.execPath, ['--max-semi-space-size=8', join(root, 'src/vigie.js'), 'demo', '--port', '0'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const url = await addressOf(demo.stdout);
  const page = await browser.newPage({ viewport: { width: 1000, height: 1400 }, deviceScaleFactor: 1.5 });
  page.setDefaultTimeout(patienceMs);
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  const alert = page.locator('article', { hasText: 'Milestone slipped' }).first();
  await alert.waitFor();
  await keep(alert, 'alert');
  const digest = page.locator('article', { hasText: 'Look at' }).first();
  await keep(digest, 'project-digest');
  await digest.locator('.thread-link').click();
  await keepPicture(page, 'burn-up');
  // As high as the page is: what stands below its alerts belongs to the picture.
  await page.setViewportSize({ width: 1000, height: 1150 });
  await page.goto(`${url}home?as=${reader}`, { waitUntil: 'domcontentloaded' });
  await page.getByText('Projects', { exact: true }).waitFor();
  await page.locator('#messages').screenshot({ path: join(docs, 'app-home.png') });
} finally {
  await browser.close();
  demo.kill('SIGINT');
  await once(demo, 'close');
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const found = /demo is at (\S+)/.exec(line)?.[1];
    if (found) return found;
  }
  throw new Error('the demo ended before it told its address');
}

async function keep(message: Locator, name: string): Promise<void> {
  await message.scrollIntoViewIfNeeded();
  await message.screenshot({ path: join(docs, `${name}.png`) });
}

/** A chart as it was uploaded, the one of this kind in the thread that is open. */
async function keepPicture(page: Page, name: string): Promise<void> {
  // Uploads come one after the other.
  for (let tries = 0; tries < 60; tries += 1) {
    for (const each of await page.locator('#thread img').all()) {
      const [source, alt] = [await each.getAttribute('src'), await each.getAttribute('alt')];
      if (!source?.endsWith('.png') || !alt?.includes('Burn-up of')) continue;
      const response = await page.request.get(new URL(source, page.url()).href);
      writeFileSync(join(docs, `${name}.png`), await response.body());
      return;
    }
    await page.waitForTimeout(500);
  }
  throw new Error(
    `no ${name} among ${JSON.stringify(await page.locator('#thread img').evaluateAll((all) => all.map((one) => one.getAttribute('alt'))))}`,
  );
}
