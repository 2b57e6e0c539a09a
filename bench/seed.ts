import type { ProjectHistory } from '../src/core/model/project.ts';
import type { SourceRecord } from '../src/core/model/record.ts';
import type { Database } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { savePage } from '../src/store/save-page.ts';

const itemsPerPage = 1_000;

/** Writes a made history to a database as a pull of source `jira` would, page by page. */
export async function seed(database: Database, history: ProjectHistory, at: number): Promise<void> {
  await migrate(database);
  const scope = history.settings.id;
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
