import { existsSync } from 'node:fs';

const candidates = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** A Chromium of this machine; undefined, said aloud, where there is none: the tests of pages are skipped then. */
export function findChromium(test: string): string | undefined {
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (!found)
    console.warn(
      `SKIPPED: ${test} looks at the page in Chromium, and there is none here (apt-get install chromium, or name one in CHROMIUM)`,
    );
  return found;
}
