import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calcSchemas } from '../../src/cli/calc/schemas.ts';
import { calculations } from '../../src/core/calc/registry.ts';
import { answer, problems, run } from './ask-calc.ts';

const t7 = {
  start: '2026-03-02',
  history: [
    { at: '2026-03-02T09:00:00Z', on: '2026-06-30' },
    { at: '2026-04-15T09:00:00Z', on: '2026-07-15' },
    { at: '2026-05-20T09:00:00Z', on: '2026-07-10' },
    { at: '2026-06-25T09:00:00Z', on: '2026-07-31' },
  ],
  finishedOn: '2026-08-05',
  asOf: '2026-08-10T00:00:00Z',
};

const t13Item = (key: string, estimate: number | null, rest: object) => ({
  key,
  createdAt: '2026-05-01T09:00:00Z',
  sprints: [7],
  status: 'To Do',
  estimate,
  ...rest,
});
const t13 = {
  sprint: { id: 7, activatedAt: '2026-05-04T08:00:00Z', completedAt: '2026-05-18T08:00:00Z' },
  doneStatuses: ['Done'],
  items: [
    t13Item('A-1', 5, { statusEvents: [['2026-05-08T15:00:00Z', 'Done']] }),
    t13Item('A-2', 3, {
      sprints: [],
      sprintEvents: [
        ['2026-05-03T10:00:00Z', [7]],
        ['2026-05-18T08:00:10Z', [7, 8]],
      ],
      statusEvents: [['2026-05-06T10:00:00Z', 'In Progress']],
    }),
    t13Item('A-3', 8, { sprintEvents: [['2026-05-11T10:00:00Z', []]] }),
    t13Item('A-4', 2, { createdAt: '2026-05-07T09:00:00Z', statusEvents: [['2026-05-12T10:00:00Z', 'Done']] }),
    t13Item('A-5', 1, { statusEvents: [['2026-05-02T10:00:00Z', 'Done']] }),
    t13Item('A-6', 3, {
      sprints: [],
      statusEvents: [['2026-05-09T10:00:00Z', 'Done']],
      sprintEvents: [['2026-05-13T10:00:00Z', [7]]],
    }),
    t13Item('A-7', 3, {
      estimateEvents: [['2026-05-09T10:00:00Z', 5]],
      statusEvents: [['2026-05-10T10:00:00Z', 'Done']],
    }),
    // Events in any order.
    t13Item('A-8', 2, {
      statusEvents: [
        ['2026-05-14T10:00:00Z', 'In Progress'],
        ['2026-05-08T10:00:00Z', 'Done'],
      ],
    }),
    t13Item('A-9', 5, { sprintEvents: [['2026-05-17T23:59:50Z', [8]]] }),
    t13Item('A-10', 5, { sprints: [6, 8] }),
  ],
};
const t15 = {
  weekly: [3, 5, 2, 6, 4, 4, 7, 3, 5, 4, 6, 2],
  priorPace: 4,
  horizonWeeks: 4,
  items: 20,
  probabilities: [0.5, 0.7, 0.85, 0.95],
};

describe('the vectors of metrics.md', () => {
  it('T6', async () => {
    const pairs = [
      ['2026-04-02', '2026-04-07'],
      ['2026-04-07', '2026-04-02'],
      ['2026-04-04', '2026-04-07'],
      ['2026-03-31', '2026-04-10'],
      ['2026-04-10', '2026-04-10'],
    ];
    expect(await answer('calendar', { holidays: ['2026-04-03', '2026-04-06'], halfDays: [], pairs })).toEqual({
      workingDays: [1, -1, 1, 6, 0],
    });
  });
  it('T7', async () => {
    const { relativeSlip, volatility, ...slip } = await answer('slip', t7);
    expect(slip).toEqual({
      committedOn: '2026-06-30',
      slipCommitted: 26,
      slipLast: 3,
      replanGloss: 23,
      moves: [11, -3, 15],
      churn: 29,
      replans: 3,
      replansLater: 2,
      replansEarlier: 1,
      lastNotice: 11,
    });
    expect(relativeSlip).toBeCloseTo(0.302326, 6);
    expect(volatility).toBeCloseTo(29 / 23, 12);
  });
  it('T10', async () => {
    const values = [2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 12, 13, 15, 18, 21, 25, 30, 41, 60];
    const { interpolated, nearestRank } = await answer('quantiles', { values, probabilities: [0.5, 0.85, 0.95] });
    expect(nearestRank).toEqual([9, 25, 41]);
    expect((interpolated as number[])[0]).toBe(9.5);
    expect((interpolated as number[])[1]).toBeCloseTo(25.75, 10);
  });
  it('T13', async () => {
    const { items, totals } = (await answer('sprint', t13)) as {
      items: Record<string, object>;
      totals: Record<string, Record<string, number>>;
    };
    expect(items).toEqual({
      'A-1': { class: 'completed', committed: true, added: false, estimateAtEntry: 5, estimateAtEnd: 5 },
      'A-2': { class: 'not-completed', committed: true, added: false, estimateAtEntry: 3, estimateAtEnd: 3 },
      'A-3': { class: 'removed', committed: true, added: false, estimateAtEntry: 8, estimateAtEnd: 8 },
      'A-4': { class: 'completed', committed: false, added: true, estimateAtEntry: 2, estimateAtEnd: 2 },
      'A-5': { class: 'completed-outside', committed: false, added: false, estimateAtEntry: 1, estimateAtEnd: 1 },
      'A-6': { class: 'completed-outside', committed: false, added: true, estimateAtEntry: 3, estimateAtEnd: 3 },
      'A-7': { class: 'completed', committed: true, added: false, estimateAtEntry: 3, estimateAtEnd: 5 },
      'A-8': { class: 'not-completed', committed: true, added: false, estimateAtEntry: 2, estimateAtEnd: 2 },
      'A-9': { class: 'removed', committed: true, added: false, estimateAtEntry: 5, estimateAtEnd: 5 },
    });
    expect(totals).toEqual({
      committed: { count: 6, points: 26 },
      added: { count: 1 },
      removed: { count: 2 },
      completed: { count: 3, points: 12 },
      notCompleted: { count: 2 },
      completedOutside: { count: 2 },
      sayDo: { count: 2 / 6, points: 8 / 26 },
      deliveryRatio: { points: 12 / 26 },
      scopeChange: { count: 0.5 },
    });
  });
  it('T15, T15b and T15c', async () => {
    const a = (await answer('forecast', t15)) as {
      noise: number;
      speeds: object[];
      probabilityOfItems: number;
      howMany: object;
    };
    expect(a.noise).toBeCloseTo(1.829291, 6);
    expect(a.probabilityOfItems).toBeCloseTo(0.320777, 6);
    expect(a.howMany).toEqual({ 0.5: 16, 0.7: 13, 0.85: 10, 0.95: 7 });
    expect(a.speeds[0]).toMatchObject({
      discount: 0.85,
      alpha: expect.closeTo(13.392277, 6) as number,
      beta: expect.closeTo(3.179355, 6) as number,
    });
    expect(await answer('forecast', { ...t15, items: 30 })).toMatchObject({
      whenWeeks: { 0.5: 8, 0.7: 9, 0.85: 11, 0.95: 14 },
    });
    const b = await answer('forecast', { ...t15, weekly: [], priorPace: 5, probabilities: [0.5, 0.85] });
    expect(b).toMatchObject({
      noise: 3,
      howMany: { 0.5: 15, 0.85: 4 },
      speeds: [0.85, 0.92, 0.97].map((discount) => ({ discount, alpha: 1.5, beta: 0.3 })),
    });
    const c = await answer('forecast', { ...t15, weekly: [0, 0, 9], priorPace: 5, probabilities: [0.5, 0.85] });
    expect(c).toMatchObject({ noise: expect.closeTo(3.730641, 6) as number, howMany: { 0.5: 12, 0.85: 4 } });
  });
  it('T25', async () => {
    const probabilities = [0.9, 0.82, 0.78, 0.76, 0.74, 0.73, 0.79, 0.86, 0.86, 0.44, 0.44, 0.52, 0.56, 0.57];
    const { colours } = await answer('rag', { probabilities, green: 0.8, red: 0.5, hysteresis: 0.05, confirm: 2 });
    expect((colours as string[]).map((colour) => colour[0]).join('')).toBe('gggggaaaggrrra');
  });
});

describe('what may be left out or unknown', () => {
  it('calendar: holidays, half days and weekend', async () => {
    expect(await answer('calendar', { pairs: [['2026-11-20', '2026-11-23']] })).toEqual({ workingDays: [1] });
    expect(
      await answer('calendar', {
        weekend: ['fri'],
        halfDays: ['2026-11-22'],
        holidays: [],
        pairs: [['2026-11-20', '2026-11-23']],
      }),
    ).toEqual({ workingDays: [2.5] });
    expect(await answer('calendar', { weekend: [], holidays: [], halfDays: [], pairs: [] })).toEqual({
      workingDays: [],
    });
  });
  it('slip: days for instants, no finish, no start, a calendar with a zone, a removed date', async () => {
    const days = { ...t7, history: t7.history.map(({ at, on }) => ({ at: at.slice(0, 10), on })), asOf: '2026-08-10' };
    expect(await answer('slip', days)).toEqual(await answer('slip', t7));
    const { finishedOn: _, start: __, ...open } = t7;
    expect(await answer('slip', open)).toMatchObject({ slipCommitted: 29, slipLast: 6, relativeSlip: null });
    expect(await answer('slip', { ...open, finishedOn: null, start: null, asOf: '2026-03-02' })).toMatchObject({
      committedOn: null,
      slipCommitted: null,
      moves: [],
    });
    const auckland = { weekend: ['sat', 'sun'], holidays: ['2026-07-01'], zone: 'Pacific/Auckland' };
    expect(await answer('slip', { ...open, calendar: auckland, asOf: '2026-07-31T13:00:00Z' })).toMatchObject({
      slipCommitted: 22,
      slipLast: 0,
    });
    const removed = [...t7.history, { at: '2026-07-01T09:00:00Z', on: null }];
    expect(await answer('slip', { ...t7, history: removed, finishedOn: null })).toMatchObject({
      slipCommitted: null,
      replans: 4,
      moves: [11, -3, 15],
      lastNotice: 22,
    });
  });
  it('quantiles: no values', async () => {
    expect(await answer('quantiles', { values: [], probabilities: [0.5, 1] })).toEqual({
      interpolated: [null, null],
      nearestRank: [null, null],
    });
  });
  it('sprint: a running sprint, unestimated items, a grace', async () => {
    const running = { ...t13, sprint: { ...t13.sprint, completedAt: null }, asOf: '2026-05-10T00:00:00Z' };
    expect(await answer('sprint', running)).toMatchObject({
      items: {
        'A-4': { class: 'not-completed' },
        'A-7': { class: 'not-completed' },
        'A-8': { class: 'completed' },
        'A-3': { class: 'not-completed' },
      },
      totals: { removed: { count: 0 }, completed: { count: 2 } },
    });
    const bare = { key: 'B-1', createdAt: '2026-05-04T08:20:00Z', sprints: ['7'], status: 'To Do' };
    const one = { ...t13, items: [bare] };
    expect(await answer('sprint', one)).toMatchObject({
      items: { 'B-1': { added: true, estimateAtEntry: null } },
      totals: { committed: { count: 0 }, sayDo: { count: null } },
    });
    expect(await answer('sprint', { ...one, graceMinutes: 30 })).toMatchObject({
      items: { 'B-1': { committed: true } },
      totals: { committed: { count: 1, points: 0 } },
    });
    expect((await run('sprint', JSON.stringify({ ...one, items: [{ ...bare, key: '__proto__' }] }))).out).toContain(
      '"__proto__":{"class":"not-completed"',
    );
  });
  it('sprint: one item in two parallel sprints is accounted in each', async () => {
    const both = { ...t13, items: [t13Item('A-1', 5, { sprints: [6, 7] })] };
    for (const id of [6, 7])
      expect(await answer('sprint', { ...both, sprint: { ...t13.sprint, id } })).toMatchObject({
        totals: { committed: { count: 1 } },
      });
  });
  it('forecast: exposures and future exposure', async () => {
    const half = (await answer('forecast', { ...t15, futureExposure: 2 })) as {
      howMany: Record<string, number>;
      whenWeeks: object;
    };
    expect(half.howMany['0.5']).toBeLessThan(16);
    expect(half.whenWeeks).toEqual(((await answer('forecast', t15)) as { whenWeeks: object }).whenWeeks);
    expect(await answer('forecast', { ...t15, exposure: t15.weekly.map(() => 1), futureExposure: 4 })).toEqual(
      await answer('forecast', t15),
    );
    expect(await answer('forecast', { ...t15, items: 100_000, futureExposure: 0 })).toMatchObject({
      probabilityOfItems: 0,
      howMany: { 0.5: 0 },
      whenWeeks: { 0.5: null, 0.95: null },
    });
  });
});

describe('wrong input', () => {
  it('is told all at once, a line a problem, with the path and the nearest name', async () => {
    const found = await problems('calendar', {
      weekend: ['sut'],
      holidays: 'x',
      halfdays: [],
      pairs: [
        ['2026-02-29', '2026-04-07'],
        ['2026-04-02', 5],
      ],
    });
    expect(found).toEqual([
      'weekend[0]: expected one of mon, tue, wed, thu, fri, sat, sun, found "sut"; did you mean "sat"?',
      'holidays: expected a list, found "x"',
      'pairs[0][0]: expected a day that exists, as YYYY-MM-DD, found "2026-02-29"',
      'pairs[1][1]: expected a day that exists, as YYYY-MM-DD, found 5',
      'halfdays: expected one of weekend, holidays, halfDays, pairs, found "halfdays"; did you mean "halfDays"?',
    ]);
  });
  it.each<[string, string, unknown, string]>([
    ['nothing', 'rag', '', 'input: expected one JSON document, found nothing'],
    ['half a document', 'rag', '{"green": ', 'input: expected one JSON document'],
    ['a list', 'rag', [], 'input: expected keys and values, found a list of 0'],
    ['a number', 'rag', 7, 'input: expected keys and values, found 7'],
    ['a missing key', 'quantiles', { values: [1] }, 'probabilities: expected a list, found nothing'],
    [
      'a text for a number',
      'quantiles',
      { values: ['1'], probabilities: [] },
      'values[0]: expected a number, found "1"',
    ],
    [
      'a number beyond numbers',
      'quantiles',
      '{"values":[1e999],"probabilities":[]}',
      'values[0]: expected a number, found Infinity',
    ],
    [
      'a chance above 1',
      'quantiles',
      { values: [], probabilities: [85] },
      'probabilities[0]: expected a number of at most 1, found 85',
    ],
    [
      'a certain chance',
      'forecast',
      { ...t15, probabilities: [1] },
      'probabilities[0]: expected a number above 0 and below 1, found 1',
    ],
    ['no prior', 'forecast', { ...t15, priorPace: 0 }, 'priorPace: expected a number above 0, found 0'],
    ['a negative week', 'forecast', { ...t15, weekly: [-1] }, 'weekly[0]: expected a number of at least 0, found -1'],
    [
      'a forgotten exposure',
      'forecast',
      { ...t15, exposure: [1] },
      'exposure: expected a list of 12, one for each of weekly, found a list of 1',
    ],
    [
      'red above green',
      'rag',
      { probabilities: [], green: 0.5, red: 0.8, hysteresis: 0, confirm: 1 },
      'red: expected a number of at most green (0.5), found 0.8',
    ],
    [
      'half an evaluation',
      'rag',
      { probabilities: [], green: 0.8, red: 0.5, hysteresis: 0, confirm: 1.5 },
      'confirm: expected',
    ],
    [
      'no as-of',
      'slip',
      { ...t7, asOf: undefined },
      'asOf: expected a day such as 2026-11-24 or an instant such as 2026-11-24T08:30:00Z, found nothing',
    ],
    ['a local time', 'slip', { ...t7, asOf: '2026-08-10T00:00' }, 'asOf: expected a day such as'],
    [
      'an unknown zone',
      'slip',
      { ...t7, calendar: { zone: 'GMT+5' } },
      'calendar.zone: expected an IANA time zone such as Europe/Paris, found "GMT+5"',
    ],
    [
      'an unknown key deep inside',
      'slip',
      { ...t7, history: [{ at: '2026-03-02', on: null, no: 1 }] },
      'history[0].no: expected one of at, on, found "no"',
    ],
    [
      'a sprint without end and as-of',
      'sprint',
      { ...t13, sprint: { ...t13.sprint, completedAt: null } },
      'asOf: expected an instant, since sprint.completedAt is null, found nothing',
    ],
    [
      'a sprint that ends first',
      'sprint',
      { ...t13, sprint: { ...t13.sprint, completedAt: '2026-05-01T00:00:00Z' } },
      'sprint.completedAt: expected an instant after sprint.activatedAt, found "2026-05-01T00:00:00Z"',
    ],
    [
      'the same key twice',
      'sprint',
      { ...t13, items: [t13.items[0], t13.items[0]] },
      'items[1].key: expected a key that no other item has, found "A-1"',
    ],
    [
      'a misspelt event list',
      'sprint',
      { ...t13, items: [{ ...t13.items[2], sprintEvent: [] }] },
      'items[0].sprintEvent: expected one of',
    ],
    [
      'an event without its value',
      'sprint',
      { ...t13, items: [{ ...t13.items[2], statusEvents: [['2026-05-08T15:00:00Z']] }] },
      'items[0].statusEvents[0]',
    ],
    [
      'a key to the prototype',
      'quantiles',
      '{"values":[],"probabilities":[],"__proto__":{"x":1}}',
      '__proto__: expected one of values, probabilities',
    ],
  ])('%s', async (_, name, input, expected) => {
    const found = await problems(name, input);
    expect(found).toHaveLength(1);
    expect(found[0]!.startsWith(expected), `${found[0]} starts with ${expected}`).toBe(true);
  });
  it('stays one line a problem, whatever the key', async () => {
    expect(await problems('quantiles', { values: [], probabilities: [], 'a\nb': 1 })).toHaveLength(1);
    expect(await problems('quantiles', '{\n"values": \n}')).toHaveLength(1);
  });
  it('names the calculations when the name is not one of them', async () => {
    expect(await problems('forcast', '')).toEqual([
      `name: expected one of ${Object.keys(calculations).join(', ')}, found "forcast"; did you mean "forecast"?`,
    ]);
    expect(await problems('toString', '')).toEqual([expect.stringContaining('found "toString"')]);
  });
});

describe('where it comes from', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vigie-calc-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is standard input in any chunks, cut characters and a byte order mark included', async () => {
    const text = Buffer.from(`\u{feff}${JSON.stringify({ ...t13, items: [t13Item('Ä-1 🙂', 1, {})] })}`);
    const chunks = Array.from(text, (byte) => Buffer.from([byte]));
    expect((await run('sprint', chunks)).out).toContain('"Ä-1 🙂":{');
  });
  it('or a file', async () => {
    const file = join(folder, 't15.json');
    writeFileSync(file, JSON.stringify(t15, null, 2));
    expect((await run('forecast', 'not read', { file })).out).toBe((await run('forecast', JSON.stringify(t15))).out);
    const lines = join(folder, 'lines.jsonl');
    writeFileSync(lines, `${JSON.stringify(t15)}\r\n`.repeat(3));
    expect((await run('forecast', '', { file: lines, lines: true })).out.split('\n')).toHaveLength(4);
  });
  it('that has to be there', async () => {
    const file = join(folder, 'missing.json');
    for (const lines of [false, true]) {
      const found = await run('forecast', '', { file, lines });
      expect(found).toEqual({
        exit: 2,
        out: '',
        err: `--file: expected a file that can be read, found ${file} (ENOENT)\n`,
      });
    }
    expect((await run('forecast', '', { file: folder })).err).toContain('EISDIR');
  });
  it('with lines, one answer a line; a bad line is told by its number and the others go on', async () => {
    const good = (value: number) => JSON.stringify({ values: [value], probabilities: [0.5] });
    const input = [`${good(1)}\n{"values":["x"],"probabil`, `ity":[0.5]}\n\nnot json\n${good(2)}`];
    const { exit, out, err } = await run('quantiles', input, { lines: true });
    expect(exit).toBe(2);
    expect(out).toBe('{"interpolated":[1],"nearestRank":[1]}\n{"interpolated":[2],"nearestRank":[2]}\n');
    const told = err.trimEnd().split('\n');
    expect(told).toHaveLength(4);
    expect(told[0]).toBe('line 2 values[0]: expected a number, found "x"');
    expect(told.slice(0, 3).every((line) => line.startsWith('line 2 '))).toBe(true);
    expect(told[3]).toMatch(/^line 4: expected one JSON document/);
    expect(await run('quantiles', `${good(1)}\n${good(2)}\n`, { lines: true })).toMatchObject({ exit: 0, err: '' });
    expect(await run('quantiles', '', { lines: true })).toEqual({ exit: 0, out: '', err: '' });
  });
});

it('every calculation has its schema', () => {
  expect(Object.keys(calcSchemas).sort()).toEqual(Object.keys(calculations).sort());
});

it('loads nothing heavy: start-up counts', () => {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const walk = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const match of readFileSync(file, 'utf8').matchAll(/^import (?!type\b)[^'"]*?from '([^']+)';/gm)) {
      if (match[1]!.startsWith('.')) walk(join(dirname(file), match[1]!));
      else packages.add(match[1]!);
    }
  };
  walk(new URL('../../src/cli/calc.ts', import.meta.url).pathname);
  expect([...packages].sort()).toEqual(['fastest-levenshtein', 'node:fs', 'zod']);
  expect([...seen].filter((file) => /\/src\/(store|sources|slack|render|jobs|demo)\//.test(file))).toEqual([]);
});
