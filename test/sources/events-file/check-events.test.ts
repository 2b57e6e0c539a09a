import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventsFile } from '../../../src/sources/events-file/index.ts';
import { makeEventsFolder, openEvents } from './events-folder.ts';

let files: ReturnType<typeof makeEventsFolder>;
beforeEach(() => {
  files = makeEventsFolder();
});
afterEach(() => files.remove());

const good = { id: 'd1', env: 'production', finishedAt: '2026-11-02T10:00:00Z' };
const bad = { id: 'd2', finishedAt: '2026-11-02T10:00:00' };

describe('what vigie check says of a file of events', () => {
  it('nothing when all is well', async () => {
    expect(await openEvents(files.writeEvents('e.ndjson', [good])).check()).toEqual([]);
  });

  it('that there is none', async () => {
    expect(await openEvents(join(files.folder, 'e.csv')).check()).toMatchObject([
      { severity: 'error', found: expect.stringContaining('e.csv cannot be read') as string },
    ]);
  });

  it.each([
    [[good, bad], 'warning', '1 of 2 events that cannot be used; the first: '],
    [[bad], 'error', '1 of 1 events'],
    [
      [
        { ...good, env: 'prd' },
        { ...good, env: 'qa' },
      ],
      'warning',
      'only events of prd, qa',
    ],
    [[], 'warning', '0 events, none of them one'],
  ])('%#: how much cannot be used, and why', async (events, severity, found) => {
    const problems = await openEvents(files.writeEvents('e.jsonl', events)).check();
    expect(problems).toMatchObject([{ severity, found: expect.stringContaining(found) as string }]);
    expect(problems[0]!.todo).not.toBe('');
  });

  it('that its columns have no names', async () => {
    expect(await openEvents(files.write('e.csv', '1,2\n')).check()).toMatchObject([
      { severity: 'error', todo: expect.stringContaining('name the columns in the first line') as string },
    ]);
  });

  it.each([['events.xml'], ['events'], ['events.jsonl.zip']])('the settings refuse %s', (path) => {
    expect(eventsFile.config.safeParse({ path }).success).toBe(false);
  });
});
