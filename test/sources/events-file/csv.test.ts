import * as fc from '../../property.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { csvRows, separatorOf } from '../../../src/sources/events-file/csv-rows.ts';
import { at } from '../../builders.ts';
import { deploymentsOf, incidentsOf, makeEventsFolder, openEvents, pullFrom, reasonsOf } from './events-folder.ts';

let files: ReturnType<typeof makeEventsFolder>;
beforeEach(() => {
  files = makeEventsFolder();
});
afterEach(() => files.remove());
const pullCsv = async (text: string) => (await pullFrom(openEvents(files.write('events.csv', text)))).records;

describe('a CSV file of events', () => {
  it.each([
    [',', '\n'],
    [';', '\r\n'],
    ['\t', '\n'],
  ])('separated by %j, ending in %j', async (separator, end) => {
    const records = await pullCsv(
      [
        ['Type', 'ID', 'service', 'finished_at', 'planned', 'Opened At', 'resolvedAt', 'owner'],
        ['deployment.finished', '17', '"shop, the"', '2026-11-02T10:00:00Z', 'no', '', '', 'Ann'],
        ['', 'i1', 'shop', '', '', '2026-11-02T11:00:00Z', '2026-11-02T12:00:00Z'],
        ['', 'i2', 'shop', '', '', '2026-11-02T11:00:00+01:00', ''],
      ]
        .map((cells) => cells.join(separator) + end)
        .join(''),
    );
    expect(deploymentsOf(records)).toMatchObject([{ id: '17', service: 'shop, the', isPlanned: false, sha: null }]);
    expect(incidentsOf(records)).toMatchObject([
      { id: 'i1', resolvedAt: at('2026-11-02T12:00:00Z') },
      { id: 'i2', openedAt: at('2026-11-02T10:00:00Z'), resolvedAt: null },
    ]);
  });

  it('sets aside what it cannot use, by the line that an editor shows', async () => {
    const records = await pullCsv(
      `\uFEFFid,version,finishedAt
a,"one
two",2026-11-02T10:00:00Z

b,1.0,2026-11-02T10:00
c,1,0,2026-11-02T10:00:00Z
d,"1.0,2026-11-02T10:00:00Z
e,1.0,2026-11-02T10:00:00Z
`,
    );
    expect(deploymentsOf(records).map(({ id, version }) => [id, version])).toEqual([
      ['a', 'one\ntwo'],
      ['e', '1.0'],
    ]);
    expect(reasonsOf(records)).toEqual([
      expect.stringMatching(/line 5: finishedAt: .*in which zone/),
      expect.stringMatching(/line 6: expected 3 cells as in the first line, found 4/),
      expect.stringMatching(/line 7: expected a quote to be closed/),
    ]);
  });

  it('needs the names of its columns', async () => {
    await expect(pullCsv('17,shop,2026-11-02T10:00:00Z\n')).rejects.toThrow(
      /line 1: expected the names of the columns/,
    );
  });
});

describe('rows of CSV', () => {
  it('give back what was written, with the lines that each takes', () => {
    const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
    const cell = fc
      .string({ unit: fc.constantFrom('a', ' ', '"', ',', ';', '\n', 'é'), maxLength: 6 })
      .map((text) => text.trim());
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }), (table) => {
        const lines = table.flatMap((cells) => cells.map(quoted).join(',').split('\n'));
        const rows = csvRows(lines, ',');
        expect(rows.map(({ cells }) => cells)).toEqual(table);
        expect(rows.reduce((sum, { first, last }) => sum + last - first + 1, 0)).toBe(lines.length);
      }),
    );
  });

  it.each([
    ['id,finishedAt', ','],
    ['id;finished, at;env', ';'],
    ['id', ','],
  ])('%s is separated by %s', (header, separator) => {
    expect(separatorOf(header)).toBe(separator);
  });
});
