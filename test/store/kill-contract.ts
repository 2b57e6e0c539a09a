import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createRandom } from '../../src/lib/random.ts';
import type { Database } from '../../src/store/database.ts';
import { inspectDatabase } from '../../src/store/inspect.ts';
import { loadProject } from '../../src/store/load-project.ts';
import { readCursor } from '../../src/store/save-page.ts';
import { apollo } from './records.ts';

const child = fileURLToPath(new URL('pull-child.ts', import.meta.url));
const pages = 6;
const itemsPerPage = 1_000;
const kills = 3;

/** A pull that is killed in the middle of its pages, again and again, ends as if nothing had happened. */
export function killContract(open: () => Promise<{ readonly url: string; readonly database: Database }>): void {
  test(`kill -9 in the middle of a page, ${kills} times: page and cursor stay together, and the pull goes on`, async () => {
    const { url, database } = await open();
    const random = createRandom(20_261_124);
    try {
      let killedInside = 0;
      for (let kill = 0; kill < kills; kill++) {
        const output = await pull(url, { pagesBefore: Math.floor(random() * 2), delayMs: 5 + random() * 30 });
        if (output.at(-1)?.startsWith('begin')) killedInside++;
        // A server may still be ending the transaction of the dead: cursor and items are read at one moment.
        const [cursor, { items }] = await database.db
          .transaction()
          .setIsolationLevel('repeatable read')
          .execute(async (tx) => [await readCursor(tx, 'jira'), await loadProject(tx, apollo)] as const);
        expect(items).toHaveLength(Number(cursor?.['page'] ?? 0) * itemsPerPage);
        expect(items.every(({ changes, isComplete }) => changes.length === 2 && isComplete)).toBe(true);
      }
      expect(killedInside).toBeGreaterThan(0);
      await pull(url, null);
      const { items } = await loadProject(database.db, apollo);
      expect(new Set(items.map(({ item }) => item.id)).size).toBe(pages * itemsPerPage);
      const { problems } = await inspectDatabase(database, { isThorough: true });
      // The PostgreSQL of the tests runs without fsync, which the inspection rightly tells.
      expect(problems.filter((problem) => !problem.startsWith('fsync is off'))).toEqual([]);
    } finally {
      await database.close();
    }
  });
}

/** Lets the child work and kills it in the page after `pagesBefore`; null lets it finish. Gives what it said. */
function pull(url: string, kill: { pagesBefore: number; delayMs: number } | null): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const process_ = spawn(process.execPath, [child, url, String(pages)], { stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    let problem = '';
    process_.stderr.on('data', (data: Buffer) => (problem += data.toString()));
    process_.stdout.on('data', (data: Buffer) => {
      lines.push(...data.toString().split('\n').filter(Boolean));
      const begun = lines.filter((line) => line.startsWith('begin')).length;
      if (kill && begun > kill.pagesBefore) setTimeout(() => process_.kill('SIGKILL'), kill.delayMs);
    });
    process_.once('error', reject);
    process_.once('close', (code, signal) => {
      if (signal === 'SIGKILL' || (kill === null && code === 0)) resolve(lines);
      else reject(new Error(`the pull ended with ${code ?? signal}: ${problem}`));
    });
  });
}
