import { openDatabase } from '../../src/store/database.ts';
import { readCursor, savePage } from '../../src/store/save-page.ts';
import { aChange, historyRecord, itemRecord, monday } from './records.ts';

/** A pull that goes on from its cursor, in a process of its own, to be killed: `pull-child.ts <url> <pages>`. */
const [url = '', pages = ''] = process.argv.slice(2);
const itemsPerPage = 1_000;

const database = await openDatabase(url);
const cursor = await readCursor(database.db, 'jira');
for (let page = Number(cursor?.['page'] ?? 0); page < Number(pages); page++) {
  process.stdout.write(`begin ${page}\n`);
  const records = Array.from({ length: itemsPerPage }, (_, index) => {
    const id = String(10_000 + page * itemsPerPage + index);
    return [
      itemRecord({ id, key: `APO-${id}` }),
      historyRecord(id, [aChange(), aChange({ id: '501', at: monday + 1 })]),
    ];
  });
  await savePage(database.db, 'jira', { records: records.flat(), cursor: { page: page + 1 } }, monday + page);
  process.stdout.write(`end ${page}\n`);
}
await database.close();
