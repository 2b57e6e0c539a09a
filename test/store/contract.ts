import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql } from 'kysely';
import type { ItemHistory } from '../../src/core/model/project.ts';
import type { Version } from '../../src/core/model/plan.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import type { Worklog } from '../../src/core/model/worklog.ts';
import type { Database } from '../../src/store/database.ts';
import { countItems, loadProject } from '../../src/store/load-project.ts';
import { migrate, readSchemaVersion } from '../../src/store/migrate.ts';
import { recordMilestones } from '../../src/store/milestones.ts';
import { countItemsBy, findOwners } from '../../src/store/owners.ts';
import { endPull, listPulls, startPull } from '../../src/store/pulls.ts';
import { recordRun } from '../../src/store/runs.ts';
import { readCursor, savePage } from '../../src/store/save-page.ts';
import { alertContract } from './alert-contract.ts';
import { deliveryContract } from './delivery-contract.ts';
import { watchContract } from './watch-contract.ts';
import { factsContract } from './facts-contract.ts';
import { aChange, aSprint, aVersion, anItem, apollo, historyRecord, itemRecord, monday } from './records.ts';
import type { Store } from './store.ts';

const save = (database: Database, records: readonly SourceRecord[], at = monday, cursor = {}) =>
  savePage(database.db, 'jira', { records, cursor }, at);

/** What every database must do. The same tests run on SQLite in memory, SQLite in a file, and PostgreSQL. */
export function storeContract(store: Store): void {
  describe('store', () => {
    let database: Database;
    beforeEach(async () => {
      database = await store.open();
    });
    afterEach(() => database.close());

    const load = () => loadProject(database.db, apollo);
    const only = async (): Promise<ItemHistory> => {
      const { items } = await load();
      expect(items).toHaveLength(1);
      return items[0]!;
    };
    const dump = async () => {
      const tables = ['item', 'membership', 'change', 'history', 'status', 'snapshot', 'set_aside', 'cursor'];
      const rows = await Promise.all(
        tables.map(async (table) => (await sql`select * from ${sql.table(table)}`.execute(database.db)).rows),
      );
      return rows.map((some) => some.map((row) => JSON.stringify(row)).sort());
    };

    describe('items and their past', () => {
      test('an item comes back as it went in', async () => {
        const plain = anItem();
        const bare = anItem({
          id: '10002',
          key: 'APO-2',
          status: null,
          assignee: null,
          sprintIds: [],
          fixVersionIds: [],
          dueOn: null,
          startOn: '2028-02-29',
          points: null,
          estimateSeconds: null,
          resolvedAt: 0,
          isFlagged: true,
          links: [],
          labels: [],
          priority: null,
          type: { name: 'Epic', isSubtask: false, isEpic: true },
        });
        await save(database, [
          { kind: 'item', scope: 'APO', item: plain },
          { kind: 'item', scope: 'APO', item: bare },
        ]);
        const { items } = await load();
        expect(items.map((history) => history.item)).toEqual([plain, bare]);
        expect(items.map((history) => history.isComplete)).toEqual([false, false]);
        expect(items.map((history) => history.goneAt)).toEqual([null, null]);
      });

      test('changes are in order of time, then of id as a number, then of part', async () => {
        const changes = [
          aChange({ id: '1000', at: monday + 5 }),
          aChange({ id: '999', at: monday + 5, part: 1 }),
          aChange({ id: '999', at: monday + 5, part: 0 }),
          aChange({ id: '99999999999999999999', at: monday + 5 }),
          aChange({ id: 'ab-1', at: monday + 5 }),
          aChange({ id: '2000', at: monday - 5 }),
        ];
        await save(database, [itemRecord(), historyRecord('10001', changes)]);
        const history = await only();
        expect(history.changes.map((change) => `${change.id}/${change.part}`)).toEqual([
          '2000/0',
          '999/0',
          '999/1',
          '1000/0',
          '99999999999999999999/0',
          'ab-1/0',
        ]);
        expect(history.isComplete).toBe(true);
        expect(history.changes[0]).toEqual(aChange({ id: '2000', at: monday - 5 }));
      });

      test('the same page twice gives the same rows', async () => {
        const records: SourceRecord[] = [
          itemRecord(),
          historyRecord('10001', [aChange(), aChange({ id: '501', at: monday + 1 })]),
          { kind: 'sprint', scope: 'APO', sprint: aSprint() },
          { kind: 'version', scope: 'APO', version: aVersion() },
          { kind: 'status', status: { id: '3', name: 'In Progress', category: 'indeterminate' } },
          { kind: 'set-aside', scope: 'APO', entity: 'item', ref: 'APO-9', reason: 'expected a key, found null' },
        ];
        await save(database, records, monday, { page: 2 });
        const first = await dump();
        await save(database, records, monday, { page: 2 });
        expect(await dump()).toEqual(first);
        expect(first.map((rows) => rows.length)).toEqual([1, 1, 2, 1, 1, 2, 1, 1]);
      });

      test('an item that a page holds twice, and a change that replaces itself: the last one counts', async () => {
        await save(database, [
          itemRecord({ summary: 'old' }),
          itemRecord({ summary: 'new' }),
          historyRecord('10001', [aChange({ toText: 'old' })], false),
          historyRecord('10001', [aChange({ toText: 'new' })]),
        ]);
        const { item, changes, isComplete } = await only();
        expect([item.summary, changes.map((change) => change.toText), isComplete]).toEqual(['new', ['new'], true]);
      });

      test('more than one page of items, in order of their ids, each with its own changes', async () => {
        const ids = Array.from({ length: 1_203 }, (_, index) => String(20_000 + index));
        await save(
          database,
          ids.flatMap((id) => [itemRecord({ id, key: `APO-${id}` }), historyRecord(id, [aChange({ id: `7${id}` })])]),
        );
        const { items } = await load();
        expect(items.map((history) => history.item.id)).toEqual(ids);
        expect(items.every(({ item, changes }) => changes.length === 1 && changes[0]!.id === `7${item.id}`)).toBe(true);
        expect(await countItems(database.db, 'APO')).toEqual({ items: 1_203, gone: 0 });
      });

      test('a project gets its own items, whatever lies between them, and the neighbours it names', async () => {
        await save(database, [
          itemRecord({ id: '1', key: 'APO-1' }),
          itemRecord({ id: '2', key: 'HER-7', links: [] }, 'HER'),
          historyRecord('2', [aChange({ id: '9' })]),
          itemRecord({ id: '3', key: 'APO-3', links: [] }),
          itemRecord({ id: '4', key: 'HER-8', links: [] }, 'HER'),
          itemRecord({ id: '5', key: 'HER-9', links: [] }, 'HER'),
          historyRecord('3', [
            aChange({ id: '1', field: 'link', from: null, to: 'blocked-by:HER-9' }),
            aChange({ id: '2', field: 'link', from: 'blocks:HER-8', to: null }),
          ]),
        ]);
        const { items, linked } = await load();
        expect(items.map(({ item }) => item.key)).toEqual(['APO-1', 'APO-3']);
        expect(linked?.map(({ item }) => item.key)).toEqual(['HER-7', 'HER-8', 'HER-9']);
        expect(linked?.[0]?.changes.map((change) => change.id)).toEqual(['9']);
        await save(database, [{ kind: 'gone', scope: 'HER', itemId: '2' }], monday + 1);
        expect((await load()).linked?.map(({ goneAt }) => goneAt)).toEqual([monday + 1, null, null]);
      });

      test('an own item that was moved to another project is a neighbour from then on, by whichever key it is linked', async () => {
        const waitsFor = (key: string) => ({ links: [{ kind: 'blocked-by' as const, key }] });
        const moved = { id: '7', key: 'HER-9', links: [] };
        await save(database, [
          itemRecord({ id: '1', key: 'APO-1', ...waitsFor('APO-7') }),
          itemRecord({ ...moved, key: 'APO-7' }),
          itemRecord({ id: '8', key: 'APO-8', links: [] }),
        ]);
        await save(database, [
          itemRecord(moved, 'HER'),
          historyRecord('7', [aChange({ id: '1', field: 'key', from: 'APO-7', to: 'HER-9' })]),
          { kind: 'gone', scope: 'APO', itemId: '7' },
          { kind: 'gone', scope: 'APO', itemId: '8' },
        ]);
        expect((await load()).linked?.map(({ item, goneAt }) => [item.key, goneAt])).toEqual([['HER-9', null]]);
      });

      test('the chain behind a blocker is followed through other projects, and a circle ends', async () => {
        const waitsFor = (key: string) => ({ links: [{ kind: 'blocked-by' as const, key }] });
        await save(database, [
          itemRecord({ id: '1', key: 'APO-198', ...waitsFor('HER-77') }),
          itemRecord({ id: '2', key: 'HER-77', ...waitsFor('ATL-52') }, 'HER'),
          itemRecord({ id: '3', key: 'ATL-52', ...waitsFor('HER-77') }, 'ATL'),
          itemRecord({ id: '4', key: 'ATL-53', links: [] }, 'ATL'),
        ]);
        expect((await load()).linked?.map(({ item }) => item.key)).toEqual(['HER-77', 'ATL-52']);
      });

      test('what waits for an item is kept with it, and what waits for that is not', async () => {
        const holdsUp = (key: string) => ({ links: [{ kind: 'blocks' as const, key }] });
        await save(database, [
          itemRecord({ id: '1', key: 'APO-77', ...holdsUp('HER-198') }),
          itemRecord({ id: '2', key: 'HER-198', ...holdsUp('ATL-7') }, 'HER'),
          itemRecord({ id: '3', key: 'ATL-7', links: [] }, 'ATL'),
        ]);
        expect((await load()).linked?.map(({ item }) => item.key)).toEqual(['HER-198']);
      });

      test('a key that moved to another item belongs to both ids', async () => {
        await save(database, [itemRecord({ id: '1', key: 'APO-1' })]);
        await save(database, [itemRecord({ id: '1', key: 'HER-1' }), itemRecord({ id: '2', key: 'APO-1' })]);
        expect((await load()).items.map(({ item }) => [item.id, item.key])).toEqual([
          ['1', 'HER-1'],
          ['2', 'APO-1'],
        ]);
      });
    });

    describe('page and cursor', () => {
      test('a cursor is what was last stored; none before', async () => {
        expect(await readCursor(database.db, 'jira')).toBeNull();
        await save(database, [], monday, { token: 'a', nested: { list: [1, null] } });
        await save(database, [], monday, { token: 'b' });
        expect(await readCursor(database.db, 'jira')).toEqual({ token: 'b' });
        expect(await readCursor(database.db, 'other')).toBeNull();
      });

      test('when a page fails in the middle, nothing of it stays', async () => {
        await save(database, [itemRecord({ summary: 'before' })], monday, { page: 1 });
        // It fails at the last table, after items and changes were written.
        const broken = { kind: 'status', status: { id: '3', name: null as never, category: 'done' } } as const;
        const page = [itemRecord({ summary: 'after' }), historyRecord('10001', [aChange()]), broken];
        await expect(save(database, page, monday, { page: 2 })).rejects.toThrow(/null/i);
        expect((await only()).item.summary).toBe('before');
        expect((await only()).changes).toEqual([]);
        expect(await readCursor(database.db, 'jira')).toEqual({ page: 1 });
        await save(database, [itemRecord({ summary: 'again' })], monday, { page: 2 });
        expect((await only()).item.summary).toBe('again');
      });

      test('reading a project while a page is being stored gives the state before or after, never between', async () => {
        const page = (summary: string) =>
          Array.from({ length: 600 }, (_, index) => itemRecord({ id: String(index), key: `APO-${index}`, summary }));
        await save(database, page('before'));
        const saving = save(database, page('after'));
        const seen = await Promise.all([load(), load(), saving.then(load)]);
        for (const { items } of seen) expect(new Set(items.map(({ item }) => item.summary)).size).toBe(1);
        expect(seen[2].items[0]!.item.summary).toBe('after');
      });

      test('what one connection stored, another finds', async ({ skip }) => {
        if (!store.connectAgain) skip('a database in memory has one connection');
        await save(database, [itemRecord()], monday, { page: 1 });
        const second = await store.connectAgain!(database);
        try {
          expect(await readCursor(second.db, 'jira')).toEqual({ page: 1 });
          expect((await loadProject(second.db, apollo)).items).toHaveLength(1);
          expect(await readSchemaVersion(second)).toBe(await readSchemaVersion(database));
          expect((await migrate(second)).applied).toEqual([]);
        } finally {
          await second.close();
        }
      });
    });

    describe('gone and back', () => {
      const census = (startedAt: number, itemIds: readonly string[]): SourceRecord => ({
        kind: 'census',
        scope: 'APO',
        startedAt,
        itemIds,
      });
      const end = (startedAt: number): SourceRecord => ({ kind: 'census-end', scope: 'APO', startedAt });
      const gone = async () => (await load()).items.map(({ goneAt }) => goneAt);
      const three = () =>
        save(
          database,
          ['1', '2', '3'].map((id) => itemRecord({ id, key: `APO-${id}` })),
          monday,
        );

      test('what a census does not name is gone from then on; what comes back is no longer', async () => {
        await three();
        await save(database, [census(monday + 10, ['1'])], monday + 11);
        expect(await gone()).toEqual([null, null, null]);
        await save(database, [census(monday + 10, ['3']), end(monday + 10)], monday + 12);
        expect(await gone()).toEqual([null, monday + 12, null]);
        expect(await countItems(database.db, 'APO')).toEqual({ items: 3, gone: 1 });
        await save(database, [census(monday + 20, ['1', '3']), end(monday + 20)], monday + 22);
        expect(await gone()).toEqual([null, monday + 12, null]);
        await save(database, [itemRecord({ id: '2', key: 'APO-2' })], monday + 30);
        expect(await gone()).toEqual([null, null, null]);
      });

      test('an item is of the project that it was in at an instant, and counts from its birth', async () => {
        await three();
        await save(database, [census(monday + 10, ['1']), end(monday + 10)], monday + 12);
        const ownersAt = (at: number) => findOwners(database.db, ['APO-2', 'HER-9'], at);
        expect(await ownersAt(monday + 11)).toEqual(['APO']);
        expect(await ownersAt(monday + 12)).toEqual([]);
        expect(await findOwners(database.db, [], monday)).toEqual([]);
        const { createdAt } = (await load()).items[0]!.item;
        expect(await countItemsBy(database.db, 'APO', createdAt)).toBe(3);
        expect(await countItemsBy(database.db, 'APO', createdAt - 1)).toBe(0);
      });

      test('a census that was given up marks nothing, and its names do not count for the next', async () => {
        await three();
        await save(database, [census(monday + 10, ['1', '2', '3'])], monday + 11);
        await save(database, [census(monday + 20, ['1']), end(monday + 20)], monday + 21);
        expect(await gone()).toEqual([null, monday + 21, monday + 21]);
        await save(database, [census(monday + 30, ['1', '2']), end(monday + 30)], monday + 31);
        expect(await gone()).toEqual([null, null, monday + 21]);
      });

      test('an item that came in after the census began is there, though the census does not know it', async () => {
        await three();
        await save(database, [census(monday + 10, ['1', '2', '3'])], monday + 10);
        await save(database, [itemRecord({ id: '4', key: 'APO-4' })], monday + 11);
        await save(database, [end(monday + 10)], monday + 12);
        expect(await gone()).toEqual([null, null, null, null]);
      });

      test('a census of one project leaves another alone, and an empty one empties its project', async () => {
        await three();
        await save(database, [itemRecord({ id: '9', key: 'HER-9' }, 'HER')], monday);
        await save(database, [census(monday + 10, []), end(monday + 10)], monday + 10);
        expect(await gone()).toEqual([monday + 10, monday + 10, monday + 10]);
        const { items } = await loadProject(database.db, { ...apollo, id: 'HER' });
        expect(items.map(({ goneAt }) => goneAt)).toEqual([null]);
      });

      test('an item that a pull calls gone keeps its past, and the time it was first missed', async () => {
        await save(database, [itemRecord(), historyRecord('10001', [aChange()])], monday);
        await save(database, [{ kind: 'gone', scope: 'APO', itemId: '10001' }], monday + 1);
        await save(database, [{ kind: 'gone', scope: 'APO', itemId: '10001' }], monday + 2);
        const history = await only();
        expect([history.goneAt, history.changes.length]).toEqual([monday + 1, 1]);
      });

      test('an item that comes back was away from its going to its coming, each time', async () => {
        await three();
        const away = async () => (await load()).items[1]!.absences;
        const without = (startedAt: number) => [census(startedAt, ['1', '3']), end(startedAt)];
        await save(database, without(monday + 10), monday + 12);
        expect(await away()).toBeUndefined();
        await save(database, [itemRecord({ id: '2', key: 'APO-2' })], monday + 30);
        await save(database, without(monday + 40), monday + 41);
        await save(database, [census(monday + 50, ['1', '2', '3']), end(monday + 50)], monday + 51);
        expect(await away()).toEqual([
          { from: monday + 12, until: monday + 30 },
          { from: monday + 41, until: monday + 51 },
        ]);
      });

      test('an item from elsewhere was not here before; one that is new, or of the first pull, always was', async () => {
        const pull = await startPull(database.db, { source: 'jira', projects: ['APO'], startedAt: monday });
        await three();
        await endPull(database.db, pull, { outcome: 'done', error: null, endedAt: monday + 5 });
        const older = itemRecord({ id: '4', key: 'APO-4', createdAt: monday - 1 });
        const younger = itemRecord({ id: '5', key: 'APO-5', createdAt: monday + 1 });
        await save(database, [older, younger], monday + 20);
        await save(database, [older, younger], monday + 25);
        const { items } = await load();
        expect(items.map(({ absences }) => absences)).toEqual([
          undefined,
          undefined,
          undefined,
          [{ from: null, until: monday + 20 }],
          undefined,
        ]);
      });

      test('of an item and its going in one page, what is said last counts', async () => {
        await save(database, [itemRecord(), { kind: 'gone', scope: 'APO', itemId: '10001' }], monday);
        expect(await gone()).toEqual([monday]);
        await save(database, [{ kind: 'gone', scope: 'APO', itemId: '10001' }, itemRecord()], monday + 1);
        expect(await gone()).toEqual([null]);
      });
    });

    describe('worklogs', () => {
      const logging = { ...apollo, worklogs: 'optional' as const };
      const worklog = (over: Partial<Worklog> = {}, isOld = false): SourceRecord => ({
        kind: 'worklog',
        isOld,
        worklog: {
          id: '900',
          itemId: '10001',
          by: 'u1',
          createdAt: monday - 50,
          updatedAt: monday - 50,
          startedAt: monday - 100,
          seconds: 3_600,
          ...over,
        },
      });
      const states = async () => (await loadProject(database.db, logging)).worklogs;
      const first = {
        source: 'jira',
        id: '900',
        itemKey: 'APO-1',
        knownAt: monday,
        isDeleted: false,
        by: 'u1',
        createdAt: monday - 50,
        startedAt: monday - 100,
        seconds: 3_600,
      };
      beforeEach(() => save(database, [itemRecord()], monday - 10));

      test('each state stands from the pull that saw it, and the same state again is none', async () => {
        await save(database, [worklog()], monday);
        await save(database, [worklog()], monday + 1);
        await save(database, [worklog({ seconds: 7_200, updatedAt: monday + 1 })], monday + 2);
        await save(database, [{ kind: 'worklog-gone', worklogId: '900' }], monday + 3);
        await save(database, [{ kind: 'worklog-gone', worklogId: '900' }], monday + 4);
        expect(await states()).toEqual([
          first,
          { ...first, knownAt: monday + 2, seconds: 7_200 },
          { ...first, knownAt: monday + 3, seconds: 7_200, isDeleted: true },
        ]);
      });

      test('one from before the first reading stands from its creation', async () => {
        await save(database, [worklog({}, true)], monday);
        await save(database, [worklog({ seconds: 60 }, true)], monday + 5);
        expect(await states()).toEqual([
          { ...first, knownAt: monday - 50 },
          { ...first, knownAt: monday + 5, seconds: 60 },
        ]);
      });

      test('those of items that nobody follows are not kept, unless they were kept before', async () => {
        const goneNow: SourceRecord = { kind: 'gone', scope: 'APO', itemId: '10001' };
        await save(database, [worklog({ id: '901', itemId: '77' }), worklog()], monday);
        await save(database, [goneNow], monday + 1);
        await save(database, [worklog({ id: '902' }), worklog({ seconds: 60 })], monday + 2);
        expect((await states())!.map(({ id, seconds }) => [id, seconds])).toEqual([
          ['900', 3_600],
          ['900', 60],
        ]);
      });

      test('nothing is loaded where nobody reads them: that is not none', async () => {
        expect(await states()).toEqual([]);
        expect((await load()).worklogs).toBeUndefined();
      });

      test('one that no database can hold is set aside', async () => {
        await save(database, [worklog({ seconds: -1 }), worklog({ id: '', seconds: 1 })], monday);
        expect(await states()).toEqual([]);
        expect((await load()).setAside.map(({ entity, ref }) => [entity, ref])).toEqual([
          ['worklog', '(no id)'],
          ['worklog', '900'],
        ]);
      });
    });

    describe('what is seen at each pull', () => {
      test('a sprint, a version, a board have a row for each value they had', async () => {
        const board = { id: '4', name: 'Board', columns: [{ name: 'Done', statusIds: ['5'] }] };
        await save(
          database,
          [
            { kind: 'sprint', scope: 'APO', sprint: aSprint() },
            { kind: 'version', scope: 'APO', version: aVersion() },
            { kind: 'board', scope: 'APO', board },
          ],
          monday,
        );
        const reordered = Object.fromEntries(Object.entries(aVersion()).reverse()) as unknown as Version;
        await save(database, [{ kind: 'version', scope: 'APO', version: reordered }], monday + 1);
        await save(
          database,
          [
            { kind: 'version', scope: 'APO', version: aVersion({ releaseOn: '2026-05-01' }) },
            { kind: 'version', scope: 'APO', version: aVersion({ id: '10', name: '2.0' }) },
            { kind: 'sprint', scope: 'APO', sprint: aSprint({ state: 'closed', completedAt: monday + 2 }) },
          ],
          monday + 2,
        );
        await save(database, [{ kind: 'version', scope: 'APO', version: aVersion() }], monday + 3);
        const { versions, sprints, boards } = await load();
        expect(versions.map((one) => one.map(({ at, value }) => [at - monday, value.name, value.releaseOn]))).toEqual([
          [[2, '2.0', '2026-04-01']],
          [
            [0, '1.0', '2026-04-01'],
            [2, '1.0', '2026-05-01'],
            [3, '1.0', '2026-04-01'],
          ],
        ]);
        expect(sprints.map((one) => one.map(({ value }) => value.state))).toEqual([['active', 'closed']]);
        expect(boards).toEqual([[{ at: monday, value: board }]]);
      });

      test('a clock that was set back does not change the order of what was seen', async () => {
        await save(database, [{ kind: 'version', scope: 'APO', version: aVersion() }], monday);
        const moved = aVersion({ releaseOn: '2026-05-01' });
        await save(database, [{ kind: 'version', scope: 'APO', version: moved }], monday - 3_600_000);
        expect((await load()).versions[0]!.map(({ at, value }) => [at - monday, value.releaseOn])).toEqual([
          [0, '2026-04-01'],
          [1, '2026-05-01'],
        ]);
      });

      test('a status has its last name', async () => {
        await save(database, [{ kind: 'status', status: { id: '3', name: 'Doing', category: 'indeterminate' } }]);
        await save(database, [
          itemRecord(),
          { kind: 'status', status: { id: '3', name: 'In Arbeit', category: 'indeterminate' } },
          { kind: 'status', status: { id: '5', name: 'Done', category: 'done' } },
        ]);
        expect((await load()).statuses.map((status) => status.name)).toEqual(['In Arbeit', 'Done']);
      });
    });

    describe('what was set aside', () => {
      const aside = (ref: string, reason: string, entity: 'item' | 'change' = 'item'): SourceRecord => ({
        kind: 'set-aside',
        scope: 'APO',
        entity,
        ref,
        reason,
      });
      const refs = async () => (await load()).setAside.map(({ entity, ref, at }) => [entity, ref, at - monday]);

      test('one row for each element and reason, cleared when the element comes in well', async () => {
        await save(database, [aside('APO-1 points', 'a'), aside('APO-1 points', 'a'), aside('APO-2', 'b')], monday);
        await save(database, [aside('APO-2', 'b')], monday + 1);
        expect(await refs()).toEqual([
          ['item', 'APO-1 points', 0],
          ['item', 'APO-2', 0],
        ]);
        await save(database, [itemRecord({ id: '1', key: 'APO-1' })], monday + 2);
        expect(await refs()).toEqual([['item', 'APO-2', 0]]);
        await save(database, [itemRecord({ id: '2', key: 'APO-2' }), aside('APO-2', 'b')], monday + 3);
        expect(await refs()).toEqual([['item', 'APO-2', 0]]);
      });

      test('a change is cleared by the whole history of its item, under its key, and not within the same pull', async () => {
        const pull = await startPull(database.db, { source: 'jira', projects: ['APO'], startedAt: monday });
        await save(database, [itemRecord(), aside('APO-1 history 7', 'x', 'change')], monday + 1);
        await save(database, [historyRecord('10001', [aChange()])], monday + 2);
        expect(await refs()).toEqual([['change', 'APO-1 history 7', 1]]);
        await endPull(database.db, pull, { outcome: 'done', error: null, endedAt: monday + 3 });
        await startPull(database.db, { source: 'jira', projects: ['APO'], startedAt: monday + 4 });
        await save(database, [historyRecord('10001', [aChange()], false)], monday + 5);
        expect(await refs()).toHaveLength(1);
        await save(database, [historyRecord('10001', [aChange()])], monday + 6);
        expect(await refs()).toEqual([]);
      });

      test('what belongs to no project counts for each project of its source', async () => {
        await save(database, [
          itemRecord(),
          { kind: 'set-aside', scope: null, entity: 'status', ref: '77', reason: 'r' },
        ]);
        await savePage(
          database.db,
          'other',
          { records: [{ kind: 'set-aside', scope: null, entity: 'status', ref: '78', reason: 'r' }], cursor: {} },
          monday,
        );
        expect(await refs()).toEqual([['status', '77', 0]]);
      });

      test('records whose keys or times cannot be stored are set aside, and the page goes on', async () => {
        await save(database, [
          itemRecord({ id: '1', key: 'APO-1', createdAt: Number.NaN }),
          itemRecord({ id: '', key: 'APO-2' }),
          itemRecord({ id: '3', key: 'x'.repeat(3_000) }),
          itemRecord({ id: '4', key: 'APO-4', updatedAt: 9e15 }),
          itemRecord({ id: '5', key: 'APO-5', points: Number.POSITIVE_INFINITY, estimateSeconds: 2 ** 60 }),
          historyRecord('5', [aChange({ id: '1', at: Number.NaN }), aChange({ id: '2' })]),
        ]);
        const { items, setAside } = await load();
        expect(items.map(({ item }) => [item.key, item.points, item.estimateSeconds])).toEqual([['APO-5', null, null]]);
        expect(items[0]!.changes.map((change) => change.id)).toEqual(['2']);
        expect(items[0]!.isComplete).toBe(false);
        expect(setAside.map(({ entity, ref }) => `${entity} ${ref.slice(0, 8)}`).sort()).toEqual([
          'change 5 1',
          'item APO-1',
          'item APO-2',
          'item APO-4',
          'item APO-5',
          'item APO-5',
          'item xxxxxxxx',
        ]);
      });
    });

    test.each([
      ['NUL', 'a\0b', 'a\uFFFDb'],
      ['a lone surrogate', 'a\uD83Db', 'a\uFFFDb'],
      ['emoji joined by ZWJ', '👩‍🚀'.repeat(255), '👩‍🚀'.repeat(255)],
      ['right-to-left override', 'a\u202Egnp.exe', 'a\u202Egnp.exe'],
      ['combining marks', `a${'\u0301'.repeat(500)}`, `a${'\u0301'.repeat(500)}`],
      ['quotes and SQL', `'); drop table item; --"\\`, `'); drop table item; --"\\`],
      ['a key of every object', '__proto__', '__proto__'],
      ['nothing', '', ''],
    ])('hostile text stays text: %s', async (_name, text, kept) => {
      await save(
        database,
        [
          itemRecord({ summary: text, labels: [text], assignee: text, links: [{ kind: 'relates', key: text }] }),
          historyRecord('10001', [aChange({ from: text, toText: text })]),
          { kind: 'sprint', scope: 'APO', sprint: aSprint({ name: text, goal: text }) },
          { kind: 'set-aside', scope: 'APO', entity: 'item', ref: `r${text}`.repeat(300), reason: text.repeat(9) },
        ],
        monday,
        { token: text, ['k' + text]: text },
      );
      const { item, changes } = await only();
      expect([item.summary, item.labels, item.assignee, item.links]).toEqual([
        kept,
        [kept],
        kept,
        [{ kind: 'relates', key: kept }],
      ]);
      expect([changes[0]!.from, changes[0]!.toText]).toEqual([kept, kept]);
      const { sprints, setAside } = await load();
      expect([sprints[0]![0]!.value.name, sprints[0]![0]!.value.goal]).toEqual([kept, kept]);
      expect(setAside).toHaveLength(1);
      expect(await readCursor(database.db, 'jira')).toEqual({ token: kept, ['k' + kept]: kept });
    });

    describe('pulls, milestones, runs', () => {
      test('a pull that never ended was interrupted, which the next start finds out', async () => {
        const { db } = database;
        const first = await startPull(db, { source: 'jira', projects: ['APO', 'HER'], startedAt: monday });
        await endPull(db, first, { outcome: 'failed', error: 'HTTP 503\0', endedAt: monday + 5 });
        await startPull(db, { source: 'jira', projects: ['APO'], startedAt: monday + 10 });
        await startPull(db, { source: 'other', projects: ['APO'], startedAt: monday + 15 });
        await startPull(db, { source: 'jira', projects: ['APO'], startedAt: monday + 20 });
        expect((await listPulls(db, 'APO')).map((pull) => [pull.source, pull.outcome, pull.error])).toEqual([
          ['jira', 'failed', 'HTTP 503\uFFFD'],
          ['jira', 'interrupted', null],
          ['other', 'running', null],
          ['jira', 'running', null],
        ]);
        expect((await listPulls(db, 'HER')).map((pull) => pull.endedAt)).toEqual([monday + 5]);
        expect((await load()).pulls).toHaveLength(4);
      });

      test('a milestone keeps every date it had, and leaves with the config', async () => {
        const scope = { versions: ['1.0'], items: [], labels: ['moon'] };
        const on = (day: '2026-06-01' | '2026-07-01' | null) => [
          { id: 'launch', name: 'Launch', on: day, scope },
          { id: 'demo', name: 'Demo', on: null, scope, by: 'Ada' },
        ];
        const record = (day: '2026-06-01' | '2026-07-01' | null, at: number) =>
          recordMilestones(database.db, 'APO', on(day), at);
        await record('2026-06-01', monday);
        await record('2026-06-01', monday + 1);
        await record('2026-07-01', monday + 2);
        await record(null, monday - 5);
        const milestones = (await load()).milestones;
        expect(milestones).toEqual([
          { id: 'demo', name: 'Demo', scope, dates: [{ at: monday, on: null, by: 'Ada' }] },
          {
            id: 'launch',
            name: 'Launch',
            scope,
            dates: [
              { at: monday, on: '2026-06-01', by: null },
              { at: monday + 2, on: '2026-07-01', by: null },
              { at: monday + 3, on: null, by: null },
            ],
          },
        ]);
        await recordMilestones(database.db, 'APO', on(null).slice(0, 1), monday + 10);
        expect((await load()).milestones.map(({ id }) => id)).toEqual(['launch']);
        await recordMilestones(database.db, 'APO', [], monday + 11);
        expect((await load()).milestones).toEqual([]);
        await record(null, monday + 12);
        expect((await load()).milestones[1]!.dates).toHaveLength(3);
      });

      test('a report that was made, or failed, is remembered with what it came to', async () => {
        const run = {
          report: 'project-digest',
          project: 'APO',
          channel: 'C1',
          slot: null,
          asOf: monday,
          madeAt: monday + 1,
          outcome: 'made' as const,
          facts: { baseline: 'red', score: Number.NaN },
          error: null,
        };
        await recordRun(database.db, run);
        await recordRun(database.db, { ...run, asOf: monday + 100, outcome: 'failed', facts: null, error: 'bug' });
        const rows = await database.db.selectFrom('run').selectAll().orderBy('id').execute();
        expect(rows).toMatchObject([
          {
            report: 'project-digest',
            channel: 'C1',
            as_of: monday,
            facts: '{"baseline":"red","score":null}',
            error: null,
          },
          { outcome: 'failed', as_of: monday + 100, facts: null, error: 'bug' },
        ]);
      });
    });

    deliveryContract(() => database, store);
    alertContract(() => database);
    watchContract(() => database);
    factsContract(() => database);
  });
}
