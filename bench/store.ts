import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { ChangeField } from '../src/core/model/change.ts';
import type { ProjectSettings } from '../src/core/model/project.ts';
import type { SourceRecord } from '../src/core/model/record.ts';
import { openDatabase } from '../src/store/database.ts';
import { loadProject } from '../src/store/load-project.ts';
import { migrate } from '../src/store/migrate.ts';
import { savePage } from '../src/store/save-page.ts';

/**
 * Storing and loading a project: rows a second, how long the event loop stood still, memory.
 * `node bench/store.ts [items] [items a page] [database URL]`; nine changes an item.
 */
const [items = 10_000, itemsPerPage = 1_000] = process.argv.slice(2, 4).map(Number);
const changesPerItem = 9;
const start = 1_700_000_000_000;
const fields: readonly ChangeField[] = ['status', 'assignee', 'sprint', 'points', 'fixVersion'];

function pageOf(first: number, count: number): SourceRecord[] {
  return Array.from({ length: count }, (_, offset) => recordsOf(first + offset)).flat();
}

function recordsOf(number: number): SourceRecord[] {
  const id = String(100_000 + number);
  return [
    {
      kind: 'item',
      scope: 'BENCH',
      item: {
        id,
        key: `BENCH-${number}`,
        projectKey: 'BENCH',
        summary: `Item ${number}: the customer can see what was agreed and when it was changed`,
        type: { name: number % 5 === 0 ? 'Bug' : 'Story', isSubtask: false, isEpic: false },
        createdAt: start + number * 60_000,
        updatedAt: start + number * 90_000,
        status: { id: String(number % 6), name: `Status ${number % 6}`, category: 'indeterminate' },
        resolution: null,
        resolvedAt: null,
        assignee: `user-${number % 40}`,
        sprintIds: [String(number % 50)],
        fixVersionIds: [String(number % 12)],
        affectsVersionIds: [],
        startOn: null,
        dueOn: '2026-06-30',
        points: number % 8,
        estimateSeconds: null,
        parentKey: `BENCH-${number % 200}`,
        isFlagged: false,
        links: number % 10 === 0 ? [{ kind: 'blocked-by', key: `BENCH-${number + 1}` }] : [],
        labels: ['bench'],
        components: ['core'],
        priority: 'Medium',
      },
    },
    {
      kind: 'history',
      itemId: id,
      isComplete: true,
      changes: Array.from({ length: changesPerItem }, (_, part) => ({
        id: String(number * 100 + part),
        part: 0,
        at: start + number * 60_000 + part * 3_600_000,
        by: `user-${(number + part) % 40}`,
        field: fields[part % fields.length]!,
        from: String(part),
        to: String(part + 1),
        fromText: `Value ${part}`,
        toText: `Value ${part + 1}`,
      })),
    },
  ];
}

async function measure(name: string, rows: number, work: () => Promise<unknown>): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const from = performance.now();
  await work();
  const ms = performance.now() - from;
  delay.disable();
  const loop = `${(delay.max / 1e6).toFixed(0)} ms (p99 ${(delay.percentile(99) / 1e6).toFixed(0)} ms)`;
  const peakMb = (process.resourceUsage().maxRSS / 1024).toFixed(0);
  console.log(
    `${name.padEnd(20)} ${ms.toFixed(0).padStart(6)} ms  ${Math.round((rows / ms) * 1000)} rows/s  loop held up at most ${loop}, process at most ${peakMb} MB`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
const file = join(folder, 'bench.db');
const database = await openDatabase(process.argv[4] ?? `file:${file}`);
await migrate(database);
const rows = items * (1 + changesPerItem);
console.log(`${items} items, ${items * changesPerItem} changes, ${itemsPerPage} items a page, ${database.dialect}`);
const saveAll = async () => {
  for (let first = 0; first < items; first += itemsPerPage) {
    const records = pageOf(first, Math.min(itemsPerPage, items - first));
    await savePage(database.db, 'bench', { records, cursor: { first } }, start);
  }
};
try {
  await measure('savePage, new', rows, saveAll);
  await measure('savePage, all known', rows, saveAll);
  const settings: ProjectSettings = {
    id: 'BENCH',
    name: 'Bench',
    zone: 'UTC',
    statuses: { notStarted: [], started: [], done: [], blocked: [] },
    excludedResolutions: [],
  };
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let kept: unknown = null;
  await measure('loadProject', rows, async () => {
    kept = await loadProject(database.db, settings);
  });
  globalThis.gc?.();
  const heapMb = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  console.log(`history in memory ${kept ? heapMb.toFixed(0) : '?'} MB of heap`);
  if (database.file) console.log(`file ${(statSync(database.file).size / 2 ** 20).toFixed(0)} MB`);
} finally {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
