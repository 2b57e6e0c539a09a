import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * What a pull and the figures cost, through the real command line against the simulated Jira: requests, seconds and
 * memory for 1,000, 10,000 and 20,000 issues with nine changes each. `npm run bench [-- 1000 10000]`.
 */
const sizes = process.argv.slice(2).map(Number);
const root = new URL('..', import.meta.url).pathname;
/** Those of the npm scripts: V8 is told to keep its young generation small. */
const flags = ['--max-semi-space-size=8'];

interface Row {
  readonly items: number;
  readonly what: string;
  readonly requests: number | null;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
  readonly email: string;
  readonly token: string;
}

async function startServer(items: number, pages: 'large' | 'small'): Promise<Server> {
  const child = fork(join(root, 'bench/jira-server.ts'), [String(items), pages]);
  const [address] = (await once(child, 'message')) as [Omit<Server, 'child'>];
  return { child, ...address };
}

async function takeRequests(child: ChildProcess): Promise<number> {
  child.send('count');
  const [counts] = (await once(child, 'message')) as [{ requests: number; violations: string[] }];
  if (counts.violations.length > 0) throw new Error(`against Jira's rules: ${counts.violations.join('; ')}`);
  return counts.requests;
}

/** Runs the command line as a process of its own; the operating system counts its time and memory. */
async function runVigie(
  args: readonly string[],
  directory: string,
  server: Server,
): Promise<Omit<Row, 'items' | 'what' | 'requests'>> {
  const startedAt = performance.now();
  const usageFile = join(directory, 'usage.json');
  const child = spawn(
    process.execPath,
    [
      ...flags,
      '--import',
      join(root, 'bench/report-usage.js'),
      join(root, 'src/vigie.js'),
      '--config',
      directory,
      ...args,
    ],
    {
      cwd: directory,
      env: {
        ...process.env,
        JIRA_EMAIL: server.email,
        JIRA_API_TOKEN: server.token,
        DATABASE_URL: `file:${directory}/vigie.db`,
        USAGE_FILE: usageFile,
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const [code] = (await once(child, 'exit')) as [number];
  if (code !== 0) throw new Error(`vigie ${args.join(' ')} ended with ${code}`);
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as { cpuSeconds: number; peakMegabytes: number };
  return { wallSeconds: (performance.now() - startedAt) / 1000, ...usage };
}

async function benchSize(items: number, pages: 'large' | 'small'): Promise<Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
  const server = await startServer(items, pages);
  writeFileSync(
    join(directory, 'vigie.yaml'),
    `sources:\n  jira: { kind: jira, host: "${server.url}", email: "\${JIRA_EMAIL}", token: "\${JIRA_API_TOKEN}" }\nprojects:\n  BIG: { scope: { source: jira, project: BIG, board: 1 } }\n`,
  );
  const step = async (what: string, args: readonly string[]): Promise<Row> => {
    const usage = await runVigie(args, directory, server);
    return { items, what, requests: await takeRequests(server.child), ...usage };
  };
  try {
    const rows = [await step(`first pull, ${pages} pages`, ['sync']), await step('pull, nothing new', ['sync'])];
    if (pages === 'large')
      rows.push(
        await step('all metrics', ['metrics', 'BIG', '--json', '--items']),
        await step('digest', ['preview', 'project-digest', '--project', 'BIG']),
      );
    return rows;
  } finally {
    server.child.disconnect();
    rmSync(directory, { recursive: true, force: true });
  }
}

function print(rows: readonly Row[]): void {
  console.log('  items  what                     requests   wall s    cpu s  peak MB');
  for (const { items, what, requests, wallSeconds, cpuSeconds, peakMegabytes } of rows)
    console.log(
      [
        String(items).padStart(7),
        ` ${what.padEnd(24)}`,
        String(requests ?? '').padStart(8),
        wallSeconds.toFixed(2).padStart(8),
        cpuSeconds.toFixed(2).padStart(8),
        peakMegabytes.toFixed(0).padStart(8),
      ].join(' '),
    );
}

const rows: Row[] = [];
for (const items of sizes.length > 0 ? sizes : [1_000, 10_000, 20_000]) {
  rows.push(...(await benchSize(items, 'large')), ...(await benchSize(items, 'small')));
}
print(rows);
