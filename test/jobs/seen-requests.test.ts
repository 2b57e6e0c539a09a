import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSeen } from '../../src/jobs/workspaces/seen-requests.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { standingClock } from '../demo/slack/stage.ts';

let database: Database;
beforeEach(async () => {
  database = await openDatabase('file::memory:');
  await migrate(database);
});
afterEach(() => database.close());

const open = () => createSeen({ db: database.db, clock: standingClock(1_000) });

it('knows a request again: in the same turn, later, and in another process', async () => {
  const [here, there] = [open(), open()];
  expect(await Promise.all([here('a'), here('b'), here('a')])).toEqual([false, false, true]);
  expect(await Promise.all([here('b'), here('c')])).toEqual([true, false]);
  expect(await Promise.all([there('a'), there('d')])).toEqual([true, false]);
});

it('writes down in one go what comes at once', async () => {
  const ids = Array.from({ length: 50 }, (_, index) => `id ${index}`);
  const seen = open();
  expect(await Promise.all(ids.map((id) => seen(id)))).toEqual(ids.map(() => false));
  const rows = await database.db.selectFrom('inbox').select('event_id').execute();
  expect(rows.map((row) => row.event_id).sort()).toEqual(ids.toSorted());
});
