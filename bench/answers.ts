import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startSlack } from '../src/demo/slack/start-slack.ts';
import type { SlackServer } from '../src/demo/slack/start-slack.ts';
import { openDatabase } from '../src/store/database.ts';
import { makeBigHistory } from './big-history.ts';
import { seed } from './seed.ts';

/**
 * How soon people are acknowledged and answered: `/pmo status` of a project of 100,000 issues, 20 people at once, over
 * signed HTTP into `vigie start`, a process of its own. Once at rest, once while new data makes it measure anew, and once
 * while somebody asks for what has to be measured and the others ask once a second each; then how long that one waits, the
 * first time and the second.
 * `npm run bench:answers [-- issues]`; it ends with 1 when an acknowledgement takes 100 ms or an answer a second (P99),
 * and with 10,000 issues or less when any answer takes a second.
 */
const items = Number(process.argv[2] ?? 100_000);
const people = 20;
const rounds = 25;
const mostMs = { acknowledged: 100, answered: 1_000 };
/** Of a project of this size whatever is asked is answered within a second. */
const quickItems = 10_000;
const picturesMs = 2_000;
const asker = 'U0ASKER';
const questions = [
  'forecast big',
  'forecast big --items 40',
  'explain big cycleTimeDays',
  'explain big period',
  'digest big',
  'portfolio',
  'explain portfolio',
  'status big as-of 2026-10-01',
];
/** Between what each of the others asks while one waits for what has to be measured: together twenty a second. */
const thoughtMs = 1_000;
/** Who works less than a tenth of it is at rest. */
const restMs = 1_000;
const patienceMs = 30 * 60_000;
const channel = 'C0BIG';
const root = new URL('..', import.meta.url).pathname;
const crowd = Array.from({ length: people }, (_, index) => `U0PERSON${index}`);
const users = [...crowd, asker].map((id) => ({
  id,
  name: id.toLowerCase(),
  realName: id.toLowerCase(),
  locale: 'en-GB',
  tz: 'Europe/Paris',
}));

interface Times {
  readonly acknowledged: number[];
  readonly answered: number[];
  /** Of the service alone; null where the system does not tell. */
  cpuMs: number | null;
}

const directory = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
const slack = await startSlack({ team: { name: 'Bench' }, users, channels: [{ id: channel, name: 'big' }] });
const port = await freePort();
// The folder of the export is empty: the pull fails at once, and what is stored is what was seeded.
writeFileSync(
  join(directory, 'vigie.yaml'),
  `slack: { botToken: "\${SLACK_BOT_TOKEN}", signingSecret: "\${SLACK_SIGNING_SECRET}", apiUrl: "${slack.apiUrl}" }
sources: { jira: { kind: jira-export, path: ${directory} } }
projects: { BIG: { name: Big, scope: { source: jira, project: BIG, board: 1 }, channel: ${channel} } }
sync: { every: "* * * * *" }
`,
);
const databaseUrl = `file:${join(directory, 'vigie.db')}`;
const database = await openDatabase(databaseUrl);
await seed(database, makeBigHistory(items, 7), Date.now());
const vigie = startVigie();
try {
  slack.requestUrl = `http://127.0.0.1:${port}/slack/events`;
  const madeInMs = await untilMade(0);
  await untilAtRest();
  const atRest = await ask(slack, () => rounds);
  const before = await madeAt();
  await database.db.updateTable('item').set({ updated_at: Date.now() }).where('key', '=', 'BIG-1').execute();
  const anew = { isOver: false };
  const making = untilMade(before).then(() => (anew.isOver = true));
  const meanwhile = await ask(slack, (round) => (anew.isOver ? round : round + 1));
  await making;
  console.log(
    `${items} issues, ${people} people at once; the first answers were made in ${(madeInMs / 1000).toFixed(1)} s`,
  );
  console.log(
    '                     questions   acknowledged ms: P50   P99  most   answered ms: P50   P99  most   cpu ms each',
  );
  const isGood = [print('at rest', atRest), print('while made anew', meanwhile)].every(Boolean);
  const isQuick = await askForMeasurings(slack);
  const peak = peakOf(vigie.pid);
  if (peak !== null) console.log(`\nmost memory of the service: ${peak.toFixed(0)} MB`);
  process.exitCode = isGood && isQuick && slack.violations.length === 0 ? 0 : 1;
  for (const violation of slack.violations) console.error(`Against the rules: ${violation}`);
} finally {
  vigie.kill();
  await database.close();
  await slack.close();
  rmSync(directory, { recursive: true, force: true });
}

function startVigie() {
  const args = ['--max-semi-space-size=8', join(root, 'src/vigie.js'), '--config', directory, 'start'];
  const env = {
    ...process.env,
    SLACK_BOT_TOKEN: slack.bot.botToken,
    SLACK_SIGNING_SECRET: slack.bot.signingSecret,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    LOG_LEVEL: 'fatal',
  };
  return spawn(process.execPath, args, { cwd: directory, env, stdio: ['ignore', 'inherit', 'inherit'] });
}

async function madeAt(): Promise<number> {
  const row = await database.db.selectFrom('sheet').select('made_at').where('project', '=', 'BIG').executeTakeFirst();
  return row?.made_at ?? 0;
}

/** Milliseconds until the answers are newer than those of `before`. */
async function untilMade(before: number): Promise<number> {
  const from = performance.now();
  while ((await madeAt()) <= before) {
    if (performance.now() - from > patienceMs) throw new Error('the answers were not made');
    await sleep(50);
  }
  return performance.now() - from;
}

/** What is made ahead is made, and the first request of this process, which loads what sends it, is no part of a time. */
async function untilAtRest(): Promise<void> {
  await (await fetch(`http://127.0.0.1:${port}/healthz`)).text();
  for (let before = cpuOf(vigie.pid); ;) {
    await sleep(restMs);
    const now = cpuOf(vigie.pid);
    if (before === null || now === null || now - before < restMs / 10) return;
    before = now;
  }
}

/** What has to be measured, asked by one person twice each, while everybody else asks for the status. */
async function askForMeasurings(server: SlackServer): Promise<boolean> {
  const waits: { readonly text: string; readonly ms: readonly [number, number] }[] = [];
  const asked = { isOver: false };
  const one = async () => {
    for (const text of questions) waits.push({ text, ms: [await waitFor(server, text), await waitFor(server, text)] });
    asked.isOver = true;
  };
  const [crowdTimes] = await Promise.all([
    ask(server, (round) => (asked.isOver ? round : round + 1), thoughtMs),
    one(),
  ]);
  const isGood = print('while measured', crowdTimes);
  console.log(`\nasked by one of them meanwhile        first answer ms   second`);
  for (const { text, ms } of waits)
    console.log(`/pmo ${text.padEnd(30)} ${ms[0].toFixed(0).padStart(17)} ${ms[1].toFixed(0).padStart(8)}`);
  return isGood && (items > quickItems || waits.every(({ ms }) => Math.max(...ms) < mostMs.answered));
}

async function waitFor(server: SlackServer, text: string): Promise<number> {
  const times: Times = { acknowledged: [], answered: [], cpuMs: null };
  await askOnce(server, asker, { times, text });
  // Its pictures come after it, and are not the answer to the next question.
  await sleep(picturesMs);
  return times.answered[0]!;
}

/** Everybody asks at once, again and again, until so many rounds are over. */
async function ask(server: SlackServer, until: (round: number) => number, pauseMs = 0): Promise<Times> {
  const times: Times = { acknowledged: [], answered: [], cpuMs: null };
  const from = cpuOf(vigie.pid);
  for (let round = 0; round < until(round); round += 1) {
    await Promise.all(crowd.map((user) => askOnce(server, user, { times, text: 'status' })));
    await sleep(pauseMs);
  }
  const end = cpuOf(vigie.pid);
  times.cpuMs = from === null || end === null ? null : end - from;
  return times;
}

async function askOnce(
  server: SlackServer,
  user: string,
  { times, text }: { readonly times: Times; readonly text: string },
): Promise<void> {
  const from = performance.now();
  const answered = new Promise<number>((resolve) => {
    const stop = server.workspace.onChange(({ kind, ts }) => {
      if (kind !== 'posted' || server.workspace.find(channel, ts)?.onlyFor !== user) return;
      stop();
      resolve(performance.now() - from);
    });
  });
  const { ok, error } = await server.command({ user, channel, text });
  times.acknowledged.push(performance.now() - from);
  if (!ok) throw new Error(`the command failed: ${error}`);
  times.answered.push(await answered);
}

function print(what: string, { acknowledged, answered, cpuMs }: Times): boolean {
  const row = [acknowledged, answered].map((values) => [0.5, 0.99, 1].map((level) => quantile(values, level)));
  const cells = row.map((values) => values.map((value) => value.toFixed(0).padStart(5)).join(' '));
  console.log(
    `${what.padEnd(18)} ${String(answered.length).padStart(11)} ${cells[0]!.padStart(37)} ${cells[1]!.padStart(32)} ${cpuMs === null ? '' : (cpuMs / answered.length).toFixed(1).padStart(8)}`,
  );
  return row[0]![1]! < mostMs.acknowledged && row[1]![1]! < mostMs.answered;
}

function quantile(values: readonly number[], level: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(level * sorted.length) - 1)] ?? 0;
}

/** Milliseconds of processor that a process has had (Linux counts in hundredths of a second). */
function cpuOf(pid: number | undefined): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return null;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

/** The most memory that a process has had, in megabytes; null where the system does not tell. */
function peakOf(pid: number | undefined): number | null {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
