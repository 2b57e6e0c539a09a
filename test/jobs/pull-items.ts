import type { Version } from '../../src/core/model/plan.ts';
import type { ItemHistory } from '../../src/core/model/project.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import { dayMs } from '../../src/core/time/instant.ts';
import { endPull, startPull } from '../../src/store/pulls.ts';
import { savePage } from '../../src/store/save-page.ts';
import type { Db } from '../../src/store/tables.ts';
import { aDoneItem, at, statuses } from '../builders.ts';

/** A team that finishes an item a day, from `PREFIX-100` on. */
export function doneDaily(days: number, { prefix = 'APO', from = '2026-09-01' } = {}): ItemHistory[] {
  return Array.from({ length: days }, (_, index) => {
    const on = new Date(at(from) + index * dayMs).toISOString().slice(0, 10);
    return aDoneItem(`${prefix}-${100 + index}`, { createdAt: '2026-08-03T09:00:00Z', doneAt: `${on}T15:00:00Z` });
  });
}

/** What a pull tells of a project: all statuses, its versions, and each item with its whole past. */
export function recordsOf(
  scope: string,
  items: readonly ItemHistory[],
  versions: readonly Version[] = [],
): SourceRecord[] {
  return [
    ...Object.values(statuses).map((status) => ({ kind: 'status', status }) as const),
    ...versions.map((version) => ({ kind: 'version', scope, version }) as const),
    ...items.flatMap(({ item, changes }) => [
      { kind: 'item', scope, item } as const,
      { kind: 'history', itemId: item.id, changes, isComplete: true } as const,
    ]),
  ];
}

/** One pull of a project from the source `files`, begun and ended at an instant. */
export async function pullRecords(
  db: Db,
  project: string,
  records: readonly SourceRecord[],
  seenAt: string,
): Promise<void> {
  const pulled = await startPull(db, { source: 'files', projects: [project], startedAt: at(seenAt) });
  await savePage(db, 'files', { records, cursor: {} }, at(seenAt));
  await endPull(db, pulled, { endedAt: at(seenAt), outcome: 'done', error: null });
}
