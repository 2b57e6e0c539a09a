import { writeFileSync } from 'node:fs';
import { parseDay } from '../../src/core/time/day.ts';
import { faultsOf } from './check-year.ts';
import { replayYear } from './replay-year.ts';
import { storyOf } from './story.ts';

/**
 * One year of the demo portfolio, told in its channels: `node bench/year/main.ts [from] [to] [locale] [file]`. The story of
 * each channel is printed (or written) to be read, and what a channel may not be asked to bear is checked.
 */
const [from = '2025-11-24', to = '2026-11-20', locale = 'en', file] = process.argv.slice(2);
const startedAt = performance.now();
const year = await replayYear({
  portfolioOn: '2026-11-23',
  from: parseDay(from)!,
  to: parseDay(to)!,
  locale,
  onDay: (day) => process.stderr.write(`\r${day}`),
});
process.stderr.write(`\r${Math.round((performance.now() - startedAt) / 1000)} s\n`);
const faults = faultsOf(year);
for (const fault of faults) console.error(`Badly told: ${fault}`);
const text = storyOf(year, locale);
if (file) writeFileSync(file, text);
else process.stdout.write(text);
process.exitCode = faults.length === 0 ? 0 : 1;
