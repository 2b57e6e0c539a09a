import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../src/store/database.ts';
import { timeForecast } from './forecast.ts';
import { endAt, makeBigHistory } from './big-history.ts';
import { seed } from './seed.ts';

/**
 * What the figures cost through the real command line on a database in SQLite, start of the program included, and
 * whether a second run gives the same bytes: `npm run bench:figures [-- 1000 10000 100000]`. Then what a forecast takes.
 */
const sizes = process.argv.slice(2).map(Number);
const root = new URL('..', import.meta.url).pathname;
const config =
  'sources:\n  jira: { kind: jira, host: "https://bench.example.org", email: "bench@example.org", token: "${BENCH_TOKEN}" }\n' +
  'projects:\n  BIG: { scope: { source: jira, project: BIG, board: 1 } }\n';

interface Run {
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
  readonly output: string;
}

function run(directory: string, args: readonly string[]): Run {
  const usageFile = join(directory, 'usage.json');
  const flags = ['--max-semi-space-size=8', '--import', join(root, 'bench/report-usage.js')];
  const environment = {
    ...process.env,
    BENCH_TOKEN: 'none',
    DATABASE_URL: `file:${directory}/vigie.db`,
    USAGE_FILE: usageFile,
    LOG_LEVEL: 'error',
  };
  const asOf = new Date(endAt).toISOString();
  // Into a file, as one keeps them: a pipe that is read slowly would be counted with what waits in it.
  const outputFile = join(directory, 'output');
  const output = openSync(outputFile, 'w');
  const { status, stderr } = spawnSync(
    process.execPath,
    [...flags, join(root, 'src/vigie.js'), '--config', directory, ...args, '--as-of', asOf],
    { cwd: directory, env: environment, encoding: 'utf8', stdio: ['ignore', output, 'pipe'] },
  );
  closeSync(output);
  if (status !== 0) throw new Error(`vigie ${args.join(' ')} ended with ${status}: ${stderr}`);
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as Omit<Run, 'output'>;
  return { ...usage, output: readFileSync(outputFile, 'utf8') };
}

const commands = [
  { what: 'metrics', args: ['metrics', 'BIG', '--json'] },
  { what: 'digest', args: ['preview', 'project-digest', '--project', 'BIG'] },
];

console.log('  items  what        cpu s   growth  peak MB   growth  second run');
const before = new Map<string, Run>();
const at10k = new Map<string, Run>();
for (const items of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]) {
  const directory = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
  try {
    writeFileSync(join(directory, 'vigie.yaml'), config);
    const database = await openDatabase(`file:${directory}/vigie.db`);
    await seed(database, makeBigHistory(items, 7), endAt);
    await database.close();
    for (const { what, args } of commands) {
      const [first, second] = [run(directory, args), run(directory, args)];
      const last = before.get(what);
      const growth = (of: (run: Run) => number) => (last ? `x${(of(first) / of(last)).toFixed(1)}` : '').padStart(8);
      console.log(
        `${String(items).padStart(7)}  ${what.padEnd(8)} ${first.cpuSeconds.toFixed(2).padStart(8)} ` +
          `${growth((made) => made.cpuSeconds)} ${first.peakMegabytes.toFixed(0).padStart(8)} ` +
          `${growth((made) => made.peakMegabytes)}  ${first.output === second.output ? 'same bytes' : 'OTHER BYTES'}`,
      );
      before.set(what, first);
      if (items === 10_000) at10k.set(what, first);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

console.log('\n10,000 issues, all figures, elsewhere: jirametrics 72 s and 577 MB, jira-agile-metrics 28 s and 683 MB');
const ours = at10k.get('metrics');
if (ours) console.log(`here: ${ours.cpuSeconds.toFixed(1)} s and ${ours.peakMegabytes.toFixed(0)} MB`);
console.log('sought: 2 s and 250 MB; on 100,000 issues 15 s and 400 MB');
const { ms, made } = timeForecast();
console.log(
  `one forecast (three dates and a chance, 104 weeks of past, mean of ${made}): ${ms.toFixed(2)} ms of processor time`,
);
