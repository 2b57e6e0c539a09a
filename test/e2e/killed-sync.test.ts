import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/demo/jira/faults.ts';
import { startJira } from '../../src/demo/jira/start-jira.ts';
import type { JiraServer } from '../../src/demo/jira/start-jira.ts';
import { scale } from '../../src/demo/portfolio/scale.ts';
import { runHere, runVigie } from './vigie-process.ts';
import type { Ended } from './vigie-process.ts';

const items = 600;
/** Of the nine entries that each issue's history has, those about fields that count: all of them. */
const countedEntries = 9;
const faults: readonly Fault[] = [
  { kind: 'rate-limit', retryAfter: '1', reason: 'jira-burst-based' },
  { kind: 'unavailable', retryAfter: '1' },
  { kind: 'cut-body' },
  { kind: 'reset' },
];

let server: JiraServer;
let directory: string;

beforeEach(async () => {
  server = await startJira({ portfolio: scale(items, Date.now()), mode: 'cloud' });
  directory = mkdtempSync(join(tmpdir(), 'vigie-e2e-'));
  writeFileSync(
    join(directory, 'vigie.yaml'),
    `sources:\n  jira: { kind: jira, host: "${server.url}", email: "\${JIRA_EMAIL}", token: "\${JIRA_API_TOKEN}" }\nprojects:\n  BIG: { scope: { source: jira, project: BIG, board: ${[...server.site.boards.keys()][0]} } }\n`,
  );
});
afterEach(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const args = () => ['--config', directory, 'sync'];
const environment = (database: string) => ({
  JIRA_EMAIL: server.credentials.email,
  JIRA_API_TOKEN: server.credentials.token,
  DATABASE_URL: `file:${join(directory, database)}`,
  LOG_LEVEL: 'fatal',
});
const sync = (database: string): Promise<Ended> => runHere(args(), environment(database));

/** All facts that were stored, but for the moments at which we saw them. */
function factsIn(database: string): Record<string, readonly unknown[]> {
  const file = new Sqlite(join(directory, database), { readonly: true });
  try {
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
    const all = (query: string) => file.prepare(query).all();
    return {
      items: all('select * from item order by source, id'),
      changes: all('select * from change order by source, item_id, id, part'),
      histories: all('select * from history order by source, item_id'),
      members: all('select project, source, item_id, gone_at is null as there from membership order by 1, 2, 3'),
      statuses: all('select * from status order by source, id'),
      plans: all('select distinct project, source, kind, id, value from snapshot order by 1, 2, 3, 4, 5'),
    };
  } finally {
    file.close();
  }
}

function pullsIn(database: string): readonly unknown[] {
  const file = new Sqlite(join(directory, database), { readonly: true });
  try {
    return file.prepare('select outcome, error from pull order by id').all();
  } finally {
    file.close();
  }
}

/** Faults at random, the same for the same seed, and a kill after each of these numbers of pages; then left alone. */
async function syncThroughTrouble(seed: number, killsAfter: readonly number[]): Promise<void> {
  server.faults.randomly({ seed, rate: 0.12, among: faults });
  const pages = () => server.requests.filter(({ path }) => /search\/jql|changelog/.test(path)).length;
  for (const count of killsAfter) {
    const before = pages();
    const killed = await runVigie(args(), environment('troubled.db'), () => pages() >= before + count);
    expect(killed.signal, killed.stdout + killed.stderr).toBe('SIGKILL');
  }
  for (let runs = 1; runs <= 20; runs += 1) {
    const { code } = await runVigie(args(), environment('troubled.db'));
    if (code === 0) return;
  }
  throw new Error(`no run came through for seed ${seed}`);
}

describe('a sync that is killed and hindered', () => {
  it('ends with the same facts as one that was left alone, and none is lost', { timeout: 240_000 }, async () => {
    expect((await sync('calm.db')).code).toBe(0);
    await syncThroughTrouble(12, [1, 2, 3, 3]);
    server.faults.clear();
    const calm = factsIn('calm.db');
    const troubled = factsIn('troubled.db');
    expect(calm['items']).toHaveLength(items);
    for (const [table, rows] of Object.entries(calm)) expect(troubled[table], table).toEqual(rows);
    const entries = new Set(
      (calm['changes'] as { item_id: string; id: string }[]).map((change) => `${change.item_id}/${change.id}`),
    );
    expect(entries.size).toBe(items * countedEntries);
    expect(server.violations).toEqual([]);
  });

  it('stops at Ctrl-C, says so, keeps what it has and goes on later', { timeout: 240_000 }, async () => {
    const pages = () => server.requests.filter(({ path }) => path.includes('changelog')).length;
    const told = { ...environment('troubled.db'), LOG_LEVEL: 'info' };
    const stopped = await runVigie(args(), told, () => pages() >= 1, 'SIGINT');
    expect(stopped).toMatchObject({
      code: 1,
      signal: null,
      stdout: 'jira: stopped by SIGINT. What was pulled so far is kept; the next sync goes on from there.\n',
    });
    expect(stopped.stderr).toContain('"msg":"pull stopped"');
    expect(stopped.stderr).not.toContain('"level":50');
    // Not failed: a digest made now must not say that Jira could not be read.
    expect(pullsIn('troubled.db')).toEqual([{ outcome: 'interrupted', error: null }]);
    expect((await sync('troubled.db')).code).toBe(0);
    expect(factsIn('troubled.db')['items']).toHaveLength(items);
  });

  it(
    'stops at once when the token expires, says what to do, keeps what it has and goes on later',
    { timeout: 240_000 },
    async () => {
      server.faults.expiresAfter = 13;
      const failed = await sync('troubled.db');
      expect(failed.code).toBe(1);
      expect(failed.stdout).toMatch(/401/);
      expect(failed.stdout).toMatch(
        /\. To mend: [^.]*\. What was pulled so far is kept; the next sync goes on from there\.\n$/,
      );
      expect(failed.stdout).toMatch(/JIRA_API_TOKEN|token/i);
      expect(failed.stdout + failed.stderr).not.toContain(server.credentials.token);
      server.faults.clear();
      const requestsBefore = server.requests.length;
      expect((await sync('troubled.db')).code).toBe(0);
      const again = server.requests.length - requestsBefore;
      expect(factsIn('troubled.db')['items']).toHaveLength(items);
      server.requests.length = 0;
      expect((await sync('calm.db')).code).toBe(0);
      // It went on from where it was: fewer requests than a pull from nothing.
      expect(again).toBeLessThan(server.requests.length);
    },
  );
});
