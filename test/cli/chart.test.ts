import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.ts';
import { anIssue, writeFile } from '../sources/jira-export/export-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-chart-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string) => join(folder, name);

async function vigie(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(['--config', folder, ...args], {
    stdin: (async function* none() {})(),
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
    environment: { DATABASE_URL: `file:${file('vigie.db')}`, LOG_LEVEL: 'error' },
    isTerminal: false,
  });
  return { code, out: out.join(''), err: err.join('') };
}
const chart = (name: string, out: string, ...args: readonly string[]) =>
  vigie('chart', name, '--project', 'APOLLO', '--out', out, '--as-of', '2026-03-20', ...args);

beforeAll(async () => {
  writeFile(
    folder,
    'issues.jsonl',
    [1, 2, 3].map((number) => anIssue(number, { created: '2026-02-02T09:00:00.000+0000' })),
  );
  writeFileSync(
    file('vigie.yaml'),
    `sources: { files: { kind: jira-export, path: ${folder} } }
projects:
  APOLLO: { name: Apollo, scope: { source: files, project: APO }, milestones: [{ name: '1.0', on: 2026-05-04, labels: [none] }] }
`,
  );
  const { code, err } = await vigie('sync');
  if (code !== 0) throw new Error(err);
});

describe('vigie chart', () => {
  it('writes an SVG and says its point, in both languages', async () => {
    const english = await chart('cumulative-flow', file('flow.svg'));
    expect(english).toMatchObject({ code: 0, err: `${file('flow.svg')} written\n` });
    expect(english.out).toMatch(/^3 items came in|^No item came in/);
    expect(readFileSync(file('flow.svg'), 'utf8')).toMatch(/^<svg role="img" aria-label=".*came in/);
    const french = await chart('cumulative-flow', file('flux.svg'), '--locale', 'fr');
    expect(french.out).toMatch(/Flux cumulé dans Apollo/);
  });

  it('writes a PNG', async () => {
    expect(await chart('cumulative-flow', file('flow.png'))).toMatchObject({ code: 0 });
    expect(readFileSync(file('flow.png')).subarray(1, 4).toString()).toBe('PNG');
  });

  it('says when there is nothing to draw, and writes no file', async () => {
    const { code, err } = await chart('burndown', file('none.png'));
    expect(code).toBe(1);
    expect(err).toBe(
      'burndown: nothing to draw, expected a sprint with items that has gone on for a day, APOLLO had none then\n',
    );
    expect(existsSync(file('none.png'))).toBe(false);
  });

  it.each([
    ['a chart that there is not', ['burn-upp', 'x.png'], /<chart>: expected one of burn-up.*did you mean "burn-up"/s],
    [
      'a picture of another kind',
      ['burn-up', 'x.gif'],
      /--out: expected a file ending in \.svg or \.png, found x\.gif/,
    ],
    [
      'a folder that there is not',
      ['cumulative-flow', 'no/x.svg'],
      /--out: expected a file that can be written.*ENOENT/,
    ],
    [
      'a milestone that there is not',
      ['burn-up', 'x.svg', '--about', '1.O', '--as-of', '2099-12-31'],
      /^--about: expected the name of a milestone, such as 1\.0, found "1\.O"; did you mean "1\.0"\?\n$/,
    ],
    [
      'a sprint where there is none',
      ['burndown', 'x.svg', '--about', 'Sprint 1'],
      /^--about: expected the name of a sprint \(APOLLO has none\), found "Sprint 1"\n$/,
    ],
    [
      'a subject for a chart of the whole project',
      ['cycle-time', 'x.svg', '--about', '1.0'],
      /^--about: expected burn-up, burndown or delivery-trend, found cycle-time, which is about the project\n$/,
    ],
    ['a language that there is not', ['cumulative-flow', 'x.svg', '--locale', 'tlh'], /--locale: expected/],
  ])('refuses %s', async (_name, [name, out, ...more], message) => {
    const { code, err } = await chart(name!, file(out!).replace(file('x.gif'), 'x.gif'), ...more);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
