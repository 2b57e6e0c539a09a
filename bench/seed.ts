import type { ProjectHistory } from '../src/core/model/project.ts';
import type { SourceRecord } from '../src/core/model/record.ts';
import type { Database } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { savePage } from '../src/store/save-page.ts';
import { spanMs } from './big-history.ts';

const itemsPerPage = 1_000;

/** Writes a made history to a database as a pull of source `jira` would, page by page. */
export async function seed(database: Database, history: ProjectHistory, at: number): Promise<void> {
  await migrate(database);
  const scope = history.settings.id;
  const plan: SourceRecord[] = [
    ...history.statuses.map((status): SourceRecord => ({ kind: 'status', status })),
    ...history.sprints.flatMap(([first]): SourceRecord[] =>
      first ? [{ kind: 'sprint', scope, sprint: first.value }] : [],
    ),
    ...history.versions.flatMap(([first]): SourceRecord[] =>
      first ? [{ kind: 'version', scope, version: first.value }] : [],
    ),
  ];
  await savePage(database.db, 'jira', { records: plan, cursor: {} }, at - spanMs);
  for (let first = 0; first < history.items.length; first += itemsPerPage) {
    const records: SourceRecord[] = history.items
      .slice(first, first + itemsPerPage)
      .flatMap(({ item, changes, isComplete }): SourceRecord[] => [
        { kind: 'item', scope, item },
        { kind: 'history', itemId: item.id, isComplete, changes },
      ]);
    await savePage(database.db, 'jira', { records, cursor: { first } }, at);
  }
}
