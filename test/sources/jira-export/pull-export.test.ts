import { describe, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { RemoteError } from '../../../src/lib/errors.ts';
import type { Logger } from '../../../src/lib/logger.ts';
import { anIssue, exportFolder, keysOf, now, ofKind, openExport, pull, scope, writeFile } from './export-folder.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => anIssue(index + 1));
const history = (id: string, items: readonly object[]) => ({
  id,
  created: '2026-02-01T10:00:00.000+0000',
  author: { key: 'u1' },
  items,
});
const withHistories = (...histories: readonly object[]) => ({
  changelog: { startAt: 0, maxResults: histories.length, total: histories.length, histories },
});

describe('what an export gives', () => {
  it.each(['issues.jsonl', 'issues.jsonl.gz'])('reads items, histories and statuses from %s', async (name) => {
    const change = history('7', [{ field: 'status', from: '1', fromString: 'Open', to: '3', toString: 'In Progress' }]);
    const folder = exportFolder({ [name]: [anIssue(1, {}, withHistories(change)), anIssue(2)] });
    const { records, error } = await pull(openExport(folder));
    expect(error).toBeNull();
    expect(keysOf(records)).toEqual(['APO-1', 'APO-2']);
    expect(ofKind(records, 'status').map((record) => record.status)).toEqual([
      { id: '3', name: 'In Progress', category: 'indeterminate' },
    ]);
    expect(ofKind(records, 'history')).toMatchObject([
      { itemId: '1001', isComplete: true, changes: [{ id: '7', field: 'status', from: '1', to: '3' }] },
      { itemId: '1002', isComplete: false, changes: [] },
    ]);
    expect(ofKind(records, 'census-end')).toEqual([{ kind: 'census-end', scope: 'APO', startedAt: now }]);
    expect(ofKind(records, 'set-aside')).toEqual([]);
  });

  it('takes byte order marks, blank lines, CRLF and a last line without a line break', async () => {
    const lines = many(3).map((issue) => JSON.stringify(issue));
    const folder = exportFolder({ 'issues.jsonl': `\uFEFF${lines[0]}\r\n\r\n${lines[1]}\r\n\n${lines[2]}` });
    const { records, error } = await pull(openExport(folder));
    expect(error).toBeNull();
    expect(keysOf(records)).toEqual(['APO-1', 'APO-2', 'APO-3']);
    expect(ofKind(records, 'set-aside')).toEqual([]);
  });

  it('takes letters that are cut in two between chunks', async () => {
    const folder = exportFolder({
      'issues.jsonl.gz': [anIssue(1, { summary: `x${'é€😀'.repeat(60_000)}` }), anIssue(2)],
    });
    const { records } = await pull(openExport(folder));
    expect(ofKind(records, 'item')[0]!.item.summary.replaceAll('é€😀', '')).toBe('x');
    expect(keysOf(records)).toEqual(['APO-1', 'APO-2']);
  });

  it('gives each project of the config its own, and everything to a scope without a project', async () => {
    const other = anIssue(5, { project: { id: '2', key: 'HER' } }, { key: 'HER-5' });
    const folder = exportFolder({ 'issues.jsonl': [anIssue(1), other] });
    const scopes = [
      scope('A', { project: 'APO' }),
      scope('B', { project: null, jql: 'project in ("HER", XYZ)' }),
      scope('ALL', { project: null }),
    ];
    const { records } = await pull(openExport(folder, scopes));
    expect(ofKind(records, 'item').map((record) => [record.scope, record.item.key])).toEqual([
      ['A', 'APO-1'],
      ['ALL', 'APO-1'],
      ['B', 'HER-5'],
      ['ALL', 'HER-5'],
    ]);
    expect(ofKind(records, 'history')).toHaveLength(2);
    expect(ofKind(records, 'census-end').map((record) => record.scope)).toEqual(['A', 'B', 'ALL']);
  });

  it('says in the log which project the export does not hold', async () => {
    const warnings: object[] = [];
    const log: Logger = { debug() {}, info() {}, error() {}, warn: (fields) => void warnings.push(fields) };
    await pull(openExport(exportFolder({ 'issues.jsonl': many(1) }), [scope('APOLO')], { log }));
    expect(warnings).toEqual([{ source: 'files', scope: 'APOLO', absent: ['APOLO'], found: ['APO'] }]);
  });
});

describe('the files beside the issues', () => {
  it('give versions by project key or id, and where there are none the issues do', async () => {
    const fixVersions = [{ id: '10', name: '1.0', released: false, releaseDate: '2026-06-30' }];
    const folder = exportFolder({ 'issues.jsonl': [anIssue(1, { fixVersions })] });
    const fromIssues = await pull(openExport(folder));
    expect(ofKind(fromIssues.records, 'version').map((record) => record.version)).toMatchObject([
      { id: '10', releaseOn: '2026-06-30', projectKey: 'APO' },
    ]);
    writeFile(folder, 'versions.json', {
      values: [
        { id: '10', name: '1.0', released: true, releaseDate: '2026-07-15', projectId: 1 },
        { id: '11', name: '2.0', projectKey: 'HER' },
        { id: '12', name: '3.0', projectKey: 'APO', releaseDate: '2026-02-30' },
      ],
    });
    const fromFile = await pull(openExport(folder));
    expect(
      ofKind(fromFile.records, 'version').map(({ version }) => [version.id, version.releaseOn, version.isReleased]),
    ).toEqual([
      ['10', '2026-07-15', true],
      ['12', null, false],
    ]);
    expect(ofKind(fromFile.records, 'set-aside')).toMatchObject([{ entity: 'version', ref: '3.0 releaseDate' }]);
  });

  it('put items into sprints by issueKeys, beside what the items say themselves', async () => {
    const own = { id: 4, name: 'Old', state: 'closed', boardId: 1, startDate: '2026-01-05T09:00:00.000Z' };
    const folder = exportFolder({
      'issues.jsonl': [
        anIssue(1),
        anIssue(2, { customfield_10020: [own] }),
        anIssue(3, { sprint: { ...own, id: 5, originBoardId: 1 } }),
      ],
      'sprints.json': [
        {
          id: 9,
          name: 'New',
          state: 'active',
          startDate: '2026-02-02T09:00:00.000Z',
          issueKeys: ['APO-1', 'APO-2', 'HER-8'],
        },
      ],
    });
    const { records } = await pull(openExport(folder, [scope('APO'), scope('XYZ')]));
    expect(ofKind(records, 'item').map((record) => record.item.sprintIds)).toEqual([['9'], ['4', '9'], ['5']]);
    expect(ofKind(records, 'sprint').map((record) => [record.scope, record.sprint.name])).toEqual([
      ['APO', 'Old'],
      ['APO', 'Old'],
      ['APO', 'New'],
    ]);
  });

  it('name the fields, the statuses and the columns', async () => {
    const folder = exportFolder({
      'issues.jsonl': [anIssue(1, { cf_9: 5 })],
      'fields.json': [{ id: 'cf_9', name: 'Story Points', schema: { type: 'number' } }],
      'statuses.json': [
        { id: '3', name: 'Doing', statusCategory: { key: 'indeterminate' } },
        { id: '8', name: 'Parked', statusCategory: { key: 'undefined' } },
      ],
      'board.json': { id: 12, name: 'Apollo', columnConfig: { columns: [{ name: 'Do', statuses: [{ id: '3' }] }] } },
    });
    const { records } = await pull(openExport(folder));
    expect(ofKind(records, 'item')[0]!.item.points).toBe(5);
    expect(ofKind(records, 'status').map(({ status }) => [status.name, status.category])).toEqual([
      ['Doing', 'indeterminate'],
      ['Parked', 'unknown'],
    ]);
    expect(ofKind(records, 'board')).toMatchObject([
      { scope: 'APO', board: { id: '12', columns: [{ name: 'Do', statusIds: ['3'] }] } },
    ]);
  });

  it('may be told by the config which field holds what', async () => {
    const folder = exportFolder({ 'issues.jsonl': [anIssue(1, { customfield_1: 8 })] });
    const { records } = await pull(
      openExport(folder, undefined, { settings: { fields: { points: ['customfield_1'] } } }),
    );
    expect(ofKind(records, 'item')[0]!.item.points).toBe(8);
  });

  it('stop the pull when they are no JSON, before anything is stored', async () => {
    const { pages, error } = await pull(openExport(exportFolder({ 'issues.jsonl': many(1), 'versions.json': '[{' })));
    expect(pages).toEqual([]);
    expect(error).toBeInstanceOf(RemoteError);
    expect((error as RemoteError).message).toMatch(/versions\.json cannot be read: .*nothing of this export was kept/);
  });
});

describe('bad lines', () => {
  it('are set aside with their number; nothing is taken for deleted on the word of a damaged file', async () => {
    const folder = exportFolder({ 'issues.jsonl': [anIssue(1), '{"id": "10', anIssue(3)] });
    const { records, error } = await pull(openExport(folder));
    expect(error).toBeNull();
    expect(keysOf(records)).toEqual(['APO-1', 'APO-3']);
    expect(ofKind(records, 'set-aside')).toMatchObject([
      { entity: 'item', ref: 'line 2', reason: expect.stringMatching(/issues\.jsonl line 2: expected JSON/) as string },
    ]);
    expect(ofKind(records, 'census-end')).toEqual([]);
  });

  it.each([
    ['fields null', { ...anIssue(2), fields: null }],
    ['no fields', { id: '1002', key: 'APO-2' }],
    ['no creation', anIssue(2, { created: 'yesterday' })],
    ['no key', { ...anIssue(2), key: 'nonsense' }],
  ])('that still tell the id (%s) are set aside and stay in the census', async (_, bad) => {
    const { records } = await pull(openExport(exportFolder({ 'issues.jsonl': [anIssue(1), bad] })));
    expect(ofKind(records, 'set-aside')).toHaveLength(1);
    expect(ofKind(records, 'census')).toEqual([{ kind: 'census', scope: 'APO', startedAt: now, itemIds: ['1002'] }]);
    expect(ofKind(records, 'census-end')).toHaveLength(1);
  });

  it('cost only the value when the rest of the issue is good', async () => {
    const { records } = await pull(
      openExport(exportFolder({ 'issues.jsonl': [anIssue(1, { duedate: '2026-02-29', assignee: 7 })] })),
    );
    expect(keysOf(records)).toEqual(['APO-1']);
    expect(ofKind(records, 'set-aside').map((record) => [record.scope, record.ref])).toEqual([
      ['APO', 'APO-1 assignee'],
      ['APO', 'APO-1 duedate'],
    ]);
  });

  it.each([
    ['[]'],
    ['null'],
    ['3'],
    ['"text"'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['{"__proto__":{"isAdmin":true}}'],
  ])('do no harm (%#)', async (line) => {
    const { records, error } = await pull(openExport(exportFolder({ 'issues.jsonl': [line, anIssue(2)] })));
    expect(error).toBeNull();
    expect(keysOf(records)).toEqual(['APO-2']);
    expect(ofKind(records, 'set-aside')).toHaveLength(1);
    expect({}).not.toHaveProperty('isAdmin');
  });
});

describe('files that end too early', () => {
  const whole = gzipSync(
    many(2000)
      .map((issue) => `${JSON.stringify(issue)}\n`)
      .join(''),
  );

  it('keep what came before, and say so: gzip', async () => {
    const folder = exportFolder({ 'issues.jsonl.gz': whole.subarray(0, Math.floor(whole.length * 0.7)) });
    const { records, error, cursor } = await pull(openExport(folder));
    const kept = ofKind(records, 'item').length;
    expect(kept).toBeGreaterThan(500);
    expect(error).toBeInstanceOf(RemoteError);
    expect((error as RemoteError).message).toMatch(
      new RegExp(`issues\\.jsonl\\.gz cannot be read to its end: .*; its first ${kept} lines are kept`),
    );
    expect(ofKind(records, 'census-end')).toEqual([]);
    // Asked again it fails again, and stores nothing twice.
    const again = await pull(openExport(folder), { cursor });
    expect(again.error).toBeInstanceOf(RemoteError);
    expect(ofKind(again.records, 'item')).toEqual([]);
    // The whole file is another file: it is read anew, all of it.
    writeFile(folder, 'issues.jsonl.gz', whole);
    const mended = await pull(openExport(folder), { cursor: again.cursor });
    expect(mended.error).toBeNull();
    expect(ofKind(mended.records, 'item')).toHaveLength(2000);
  });

  it('keep what came before, and say so: plain text', async () => {
    const text = many(10)
      .map((issue) => JSON.stringify(issue))
      .join('\n');
    const { records, error } = await pull(openExport(exportFolder({ 'issues.jsonl': text.slice(0, -20) })));
    expect(keysOf(records)).toHaveLength(9);
    expect((error as RemoteError).message).toContain(
      'the file ends in the middle of line 10; its first 9 lines are kept',
    );
  });

  it('that are no gzip at all keep nothing', async () => {
    const { records, error } = await pull(openExport(exportFolder({ 'issues.jsonl.gz': Buffer.from('hello') })));
    expect(ofKind(records, 'item')).toEqual([]);
    expect((error as RemoteError).message).toContain('no issue was kept');
  });

  it('say where to look when there are none', async () => {
    const { error } = await pull(openExport('no/such/folder'));
    expect((error as RemoteError).message).toContain('no/such/folder holds no issues.jsonl or issues.jsonl.gz');
  });
});

describe('going on', () => {
  it('does not read an unchanged export again, unless all is asked for', async () => {
    const source = openExport(exportFolder({ 'issues.jsonl': many(5) }));
    const first = await pull(source);
    const second = await pull(source, { cursor: first.cursor });
    expect(second.records).toEqual([]);
    expect(second.cursor).toEqual(first.cursor);
    expect(keysOf((await pull(source, { cursor: first.cursor, isFull: true })).records)).toHaveLength(5);
  });

  it('goes on where it was killed, in the same census', async () => {
    let at = now;
    const clock = { now: () => at, sleep: async () => {} };
    const folder = exportFolder({ 'issues.jsonl': many(900) });
    const stored: string[] = [];
    let cursor = null;
    let ends: unknown[] = [];
    for (let pulls = 0; pulls < 20 && ends.length === 0; pulls++) {
      at += 1000;
      const part = await pull(openExport(folder, undefined, { clock }), { cursor, stopAfter: 2 });
      cursor = part.cursor;
      stored.push(...keysOf(part.records));
      ends = ofKind(part.records, 'census-end');
    }
    expect(stored).toEqual(Array.from({ length: 900 }, (_, index) => `APO-${index + 1}`));
    expect(ends).toEqual([{ kind: 'census-end', scope: 'APO', startedAt: now + 1000 }]);
  });

  it('reads a changed export as a whole, with a census that closes on what is gone', async () => {
    let at = now;
    const clock = { now: () => at, sleep: async () => {} };
    const folder = exportFolder({ 'issues.jsonl': many(3) });
    const first = await pull(openExport(folder, undefined, { clock }));
    at += 60_000;
    writeFile(folder, 'issues.jsonl', [anIssue(1), anIssue(3, { summary: 'Renamed and longer' })]);
    const second = await pull(openExport(folder, undefined, { clock }), { cursor: first.cursor });
    expect(keysOf(second.records)).toEqual(['APO-1', 'APO-3']);
    expect(ofKind(second.records, 'census-end')).toEqual([
      { kind: 'census-end', scope: 'APO', startedAt: now + 60_000 },
    ]);
  });

  it('reads an export again when a project is added to the config', async () => {
    const folder = exportFolder({ 'issues.jsonl': many(3) });
    const first = await pull(openExport(folder));
    const second = await pull(openExport(folder, [scope('APO'), scope('ALL', { project: null })]), {
      cursor: first.cursor,
    });
    expect(ofKind(second.records, 'item')).toHaveLength(6);
  });

  it('keeps pages small enough for one transaction, and says how far it is', async () => {
    const long = withHistories(
      ...Array.from({ length: 40 }, (_, index) =>
        history(String(index), [{ field: 'summary', fromString: 'a', toString: 'b' }]),
      ),
    );
    const folder = exportFolder({
      'issues.jsonl': Array.from({ length: 400 }, (_, index) => anIssue(index + 1, {}, long)),
    });
    const { pages } = await pull(openExport(folder));
    for (const page of pages) {
      const changes = ofKind(page.records, 'history').reduce((sum, record) => sum + record.changes.length, 0);
      expect(changes).toBeLessThanOrEqual(3040);
    }
    expect(pages.map((page) => page.progress.done)).toEqual([0, 75, 150, 225, 300, 375, 400]);
    expect(pages.every((page) => page.progress.total === 400)).toBe(true);
  });

  it('stops after the page in hand when it is told to', async () => {
    const source = openExport(exportFolder({ 'issues.jsonl': many(900) }));
    const abort = new AbortController();
    const done: number[] = [];
    const read = async () => {
      for await (const page of source.pull(null, { isFull: false }, abort.signal)) {
        done.push(page.progress.done);
        if (page.progress.done === 500) abort.abort(new Error('enough'));
      }
    };
    await expect(read()).rejects.toThrow('enough');
    expect(done).toEqual([0, 250, 500]);
  });
});
