import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ItemHistory, ProjectHistory } from '../../../src/core/model/project.ts';
import type { Seen } from '../../../src/core/model/plan.ts';
import type { SourceRecord } from '../../../src/core/model/record.ts';
import { openExport, pull, scope } from '../../sources/jira-export/export-folder.ts';
import { aHistory, settings } from '../../builders.ts';

const data = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

/** Real trackers stand beside the checkout, not in it. */
export const hasRealData = existsSync(data);
export const realFile = (name: string): string => `${data}${name}`;

/** A real project through the real source, as if it had been pulled once at `pulledAt`. */
export async function readRealProject(folder: string, project: string, pulledAt: number): Promise<ProjectHistory> {
  const { records, error } = await pull(openExport(realFile(folder), [scope(project)]));
  if (error !== null) throw error;
  return historyOf(records, project, pulledAt);
}

export function historyOf(records: readonly SourceRecord[], project: string, pulledAt: number): ProjectHistory {
  const items = new Map<string, ItemHistory>();
  const seen = <T>(value: T): readonly Seen<T>[] => [{ at: pulledAt, value }];
  const pasts = new Map(records.flatMap((record) => (record.kind === 'history' ? [[record.itemId, record]] : [])));
  for (const record of records) {
    if (record.kind !== 'item') continue;
    const past = pasts.get(record.item.id);
    items.set(record.item.id, {
      item: record.item,
      changes: past?.changes ?? [],
      isComplete: past?.isComplete ?? false,
      goneAt: null,
    });
  }
  return aHistory({
    settings: settings({ id: project, name: project }),
    items: [...items.values()],
    statuses: records.flatMap((record) => (record.kind === 'status' ? [record.status] : [])),
    sprints: records.flatMap((record) => (record.kind === 'sprint' ? [seen(record.sprint)] : [])),
    versions: records.flatMap((record) => (record.kind === 'version' ? [seen(record.version)] : [])),
    boards: records.flatMap((record) => (record.kind === 'board' ? [seen(record.board)] : [])),
    pulls: [{ source: 'files', startedAt: pulledAt - 60_000, endedAt: pulledAt, outcome: 'done', error: null }],
  });
}
