import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { backtest } from '../../src/cli/backtest.ts';
import type { BacktestOptions } from '../../src/cli/backtest.ts';
import { ConfigError } from '../../src/lib/errors.ts';
import { loadTemplates, renderTemplate } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-backtest-'));
afterAll(() => rmSync(folder, { recursive: true }));

const weekly = (seed: number) => Array.from({ length: 80 }, (_, week) => (week * seed * 7919) % 9);

async function run(options: Partial<BacktestOptions>): Promise<string> {
  const out: string[] = [];
  await backtest(
    { config: folder, project: null, series: null, asOf: null, json: false, locale: null, chart: null, ...options },
    {
      stdin: (async function* none() {})(),
      stdout: (text) => out.push(text),
      stderr: () => undefined,
      environment: {},
      isTerminal: false,
    },
  );
  return out.join('');
}

function seriesFile(content: unknown): string {
  const file = join(folder, 'series.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

describe('vigie backtest --series', () => {
  it('answers in the shape of the contract', async () => {
    const series = seriesFile({ one: weekly(1), two: weekly(3) });
    const text = await run({ series, json: true });
    const answer = JSON.parse(text) as Record<string, unknown> & { horizons: Record<string, unknown>[] };
    expect(answer['origins']).toBe(34);
    expect(answer.horizons.map(({ weeks }) => weeks)).toEqual([1, 2, 4, 8, 12, 26]);
    for (const horizon of answer.horizons) {
      expect(horizon).toMatchObject({
        p50Hit: expect.any(Number),
        p85Hit: expect.any(Number),
        pinball: expect.any(Number),
        crps: expect.any(Number),
        adaptive: { p85Hit: expect.any(Number), crps: expect.any(Number) },
        rivals: {
          'weekly-26': { p85Hit: expect.any(Number), crps: expect.any(Number) },
          'daily-84': { p85Hit: expect.any(Number), crps: expect.any(Number) },
        },
      });
    }
    expect(Object.keys(answer['series'] as object)).toEqual(['one', 'two']);
    expect(await run({ series, json: true })).toBe(text);
  });
  it.each([
    ['en', 'These forecasts', '2 teams'],
    ['fr', 'Ces prévisions', '2 équipes'],
  ])('says its verdict first in %s', async (locale, verdict, teams) => {
    const lines = (await run({ series: seriesFile({ one: weekly(1), two: weekly(3) }), locale })).split('\n');
    expect(lines[0]).toContain(teams);
    expect(lines[3]).toContain(verdict);
  });
  it('says that too little is known', async () => {
    expect(await run({ series: seriesFile({ young: [3, 4] }) })).toContain('Too little history');
  });
  it('draws a chart in the reader’s language', async () => {
    const chart = join(folder, 'chart.svg');
    await run({ series: seriesFile({ '<one>': weekly(1) }), locale: 'fr', chart });
    const svg = readFileSync(chart, 'utf8');
    expect(svg).toMatch(/^<svg [^>]*aria-label="Promis et tenu"/);
    expect(svg).toContain('promis\u00A0: 85\u00A0%');
    expect(svg.match(/<polyline/g)).toHaveLength(8);
    expect(svg).not.toMatch(/NaN|undefined|<one>/);
  });
  it.each([
    [{ a: [1, -2] }, 'a[1]: expected a number of at least 0, found -2'],
    [{ a: [1.5] }, 'a[0]: expected'],
    [{ a: 'b' }, 'a: expected a list, found "b"'],
    [[1, 2], 'expected keys and values'],
    ['{', 'expected one JSON document'],
  ])('refuses %j', async (content, message) => {
    await expect(run({ series: seriesFile(content) })).rejects.toThrow(message);
  });
  it('refuses a file that is not there, and a chart that cannot be written', async () => {
    await expect(run({ series: join(folder, 'none.json') })).rejects.toThrow(ConfigError);
    await expect(
      run({ series: seriesFile({ one: weekly(1) }), chart: join(folder, 'none', 'chart.svg') }),
    ).rejects.toThrow('--chart: expected a file that can be written');
  });
  it('asks for a project or a file, not both', async () => {
    await expect(run({})).rejects.toThrow('expected a project or --series FILE, found neither');
    await expect(run({ project: 'APO', series: 'x' })).rejects.toThrow('found both');
  });
});

describe('what the risk signals did', () => {
  const templates = loadTemplates([new URL('../../templates', import.meta.url).pathname]);
  const risk = {
    reason: null,
    precision: null,
    precisionInterval: null,
    recall: 0,
    auc: 0.65,
    aucInterval: null,
    brier: 0.2,
    n: 595,
    late: 255,
  };
  const report = {
    asOf: Date.parse('2026-11-30'),
    zone: 'UTC',
    project: { id: 'APO', name: 'Apollo' },
    verdict: { code: 'too-little', bootstrapAtBest: 0.77 },
    tested: [],
    milestoneDates: null,
    risk,
    alerts: null,
    origins: 24,
    everyWeeks: 4,
  };
  it.each([
    ['en', 'No item was called at risk; 0 % of the late ones had been called.'],
    ['fr', 'Aucun ticket n’a été jugé à risque ; 0 % des retards avaient été signalés.'],
  ])('is said where they called nothing (%s)', (locale, expected) => {
    const text = toText(renderTemplate(templates, 'backtest', report, locale), { width: 2000 });
    expect(text.replaceAll('\u00A0', ' ')).toContain(expected);
  });
});
