import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/program.ts';
import { alertRules } from '../../src/core/alerts/alert.ts';
import type { SuppressedReason } from '../../src/core/alerts/alert.ts';
import type { OutcomeCode } from '../../src/core/backtest/outcome.ts';
import { anIssue, writeFile } from '../sources/jira-export/export-folder.ts';
import { templates } from '../shipped-templates.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function vigie(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(['--config', folder, ...args], {
    stdin: (async function* none() {})(),
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
    environment: { DATABASE_URL: `file:${join(folder, 'vigie.db')}`, LOG_LEVEL: 'error' },
    isTerminal: false,
  });
  return { code, out: out.join(''), err: err.join('') };
}

/** In progress since 3 February; the second one moves on the 13th. */
const stuck = (number: number, leaves: string | null) =>
  anIssue(
    number,
    {
      status:
        leaves === null
          ? { id: '3', name: 'In Progress', statusCategory: { key: 'indeterminate' } }
          : { id: '5', name: 'Done', statusCategory: { key: 'done' } },
      created: '2026-02-02T09:00:00.000+0000',
      updated: '2026-03-02T09:00:00.000+0000',
    },
    {
      changelog: {
        histories: [
          ['2026-02-03T09:00:00.000+0000', '1', 'To Do', '3', 'In Progress'],
          ...(leaves === null ? [] : [[leaves, '3', 'In Progress', '5', 'Done']]),
        ].map(([created, from, fromString, to, toString], index) => ({
          id: String(number * 10 + index),
          created,
          items: [{ field: 'status', fieldId: 'status', from, fromString, to, toString }],
        })),
        startAt: 0,
        maxResults: 100,
        total: leaves === null ? 1 : 2,
      },
    },
  );

beforeAll(async () => {
  writeFile(folder, 'issues.jsonl', [
    stuck(1, null),
    stuck(2, '2026-02-13T09:00:00.000+0000'),
    anIssue(
      3,
      { created: '2026-05-04T09:00:00.000+0000' },
      { changelog: { histories: [], startAt: 0, maxResults: 100, total: 0 } },
    ),
  ]);
  writeFileSync(
    join(folder, 'vigie.yaml'),
    `sources:\n  files: { kind: jira-export, path: ${JSON.stringify(folder)} }\nprojects:\n  APOLLO: { name: Apollo, scope: { source: files, project: APO } }\n  EMPTY: { scope: { source: files, project: NONE } }\n`,
  );
  await vigie('sync');
});

describe('vigie replay', () => {
  const period = ['--from', '2026-02-02', '--to', '2026-02-27'];

  it('tells day by day what would have been raised and what then happened, and sums it up', async () => {
    const { code, out } = await vigie('replay', 'APOLLO', ...period);
    expect(code).toBe(0);
    const text = out.replaceAll(/\s+/g, ' ');
    expect(text).toContain('Wed 11 Feb');
    expect(text).toMatch(
      /Work stands still · APO-1 in progress, untouched for 6 working days → right: had not moved by 18 Feb/,
    );
    expect(text).toMatch(/APO-2 in progress, untouched for 6 working days → wrong: moved on by itself on 13 Feb/);
    expect(text).toContain('In 19 evaluations, warnings would have fired 2 times, 1 of them right.');
    expect(text).toMatch(/All warnings 2 1 1 0 50 %/);
  });

  it('says it in French', async () => {
    const { out } = await vigie('replay', 'APOLLO', ...period, '--locale', 'fr', '--explain');
    const text = out.replaceAll(/\s+/g, ' ');
    expect(text).toContain('mercredi 11 février');
    expect(text).toContain('juste : n’avait pas bougé le 18 février');
    expect(text).toContain('En 19 évaluations, 2 avertissements auraient été émis, dont 1 juste.');
    expect(text).toContain('Travail à l’arrêt : son statut n’a pas changé dans les cinq jours ouvrés suivants');
  });

  it('puts another setting beside the present one', async () => {
    const { out } = await vigie('replay', 'APOLLO', ...period, '--threshold', 'items.staleWorkingDays=9');
    const text = out.replaceAll(/\s+/g, ' ');
    expect(text).toContain('Tried: `items.staleWorkingDays` 9 instead of 5.');
    expect(text).toMatch(
      /With what was tried .*All warnings 1 1 0 0 .*With the settings in force .*All warnings 2 1 1 0/,
    );
  });

  it('answers machines with the same, twice the same', async () => {
    const ask = () => vigie('replay', ...period, '--json');
    const { out } = await ask();
    const [apollo, empty] = (JSON.parse(out) as { projects: Record<string, unknown>[] }).projects;
    expect(apollo).toMatchObject({
      project: { id: 'APOLLO', name: 'Apollo' },
      evaluations: 19,
      days: [{ on: '2026-02-11', alerts: [{ alert: 'WORK_STALLED', outcome: { isRight: true } }, {}] }],
      scores: { warnings: { fired: 2, right: 1, wrong: 1, unknown: 0, precision: 0.5 } },
      present: null,
    });
    expect(empty).toMatchObject({ project: { id: 'EMPTY' }, evaluations: 0, days: [] });
    const again = await ask();
    const timeless = (text: string) => text.replaceAll(/"asOf":\d+/g, '');
    expect(timeless(again.out)).toBe(timeless(out));
  });

  it('says where nothing is known', async () => {
    expect((await vigie('replay', 'EMPTY', ...period)).out).toContain('vigie sync');
  });

  it.each([
    [['APOLO'], /did you mean "APOLLO"/],
    [['--from', '2026-02-30'], /--from: expected a day that exists.*found "2026-02-30"/],
    [['--from', '2026-03-02', '--to', '2026-03-01'], /--from: expected a day not after --to \(2026-03-01\)/],
    [['--threshold', 'alerts.perDya=3'], /did you mean alerts.perDay/],
    [['--locale', 'de'], /--locale: expected one of en, fr, found "de"/],
  ])('refuses %j', async (args, message) => {
    const { code, err, out } = await vigie('replay', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });
});

describe('words', () => {
  const outcomes: Record<OutcomeCode, true> = {
    FINISHED_LATE: true,
    FINISHED_IN_TIME: true,
    RE_DATED: true,
    MOVED_OUT: true,
    STILL_OPEN: true,
    NOT_MOVED: true,
    STILL_BLOCKED: true,
    MOVED_ON: true,
    LITTLE_DONE: true,
    ENOUGH_DONE: true,
    STAYED_WORSE: true,
    GOT_BETTER: true,
    NOT_YET: true,
    NOT_KNOWN: true,
  };
  const reasons: Record<SuppressedReason, true> = {
    'over-cap': true,
    'rolled-up': true,
    inhibited: true,
    flapping: true,
    'too-late': true,
    'quiet-hours': true,
    'quiet-week': true,
    'stale-data': true,
  };
  const score = {
    fired: 1,
    right: 1,
    wrong: 0,
    unknown: 0,
    precision: 1,
    precisionInterval: [0.2, 1],
    medianNoticeWorkingDays: 3,
  };
  const line = {
    rule: 'REOPENED',
    severity: 'low',
    subject: 'APO-1',
    facts: { times: 1 },
    reasons: [],
    evidence: ['APO-1'],
    count: 1,
    items: [{ key: 'APO-1', summary: '', url: null }],
    milestones: [],
    blockers: [],
    chain: [],
  };
  const report = {
    asOf: Date.parse('2026-11-24T08:00:00Z'),
    zone: 'UTC',
    project: { id: 'A', name: 'A' },
    from: '2026-11-02',
    to: '2026-11-24',
    evaluations: 17,
    days: [
      {
        on: '2026-11-03',
        alerts: Object.keys(outcomes).flatMap((code) =>
          alertRules.map((alert) => ({
            alert,
            probability: 0.7,
            noticeWorkingDays: 4,
            line,
            outcome: { isRight: code.startsWith('NOT_') ? null : true, code, on: '2026-11-10' },
          })),
        ),
      },
    ],
    heldBack: Object.keys(reasons).map((reason) => ({ reason, count: 2 })),
    scores: { rules: alertRules.map((rule) => ({ rule, ...score })), warnings: score },
    present: null,
    tried: [],
    explained: alertRules,
  };

  it.each(['en', 'fr'])('has some for every code in %s', (locale) => {
    const text = templates.write('alert-replay', locale, report);
    // What has happened has no chance.
    const chances = text.match(/· (?:chance of trouble|risque)/g) ?? [];
    expect(chances).toHaveLength(Object.keys(outcomes).length * (alertRules.length - 2));
    expect(text).not.toMatch(/[A-Z]{3,}_|over-cap|inhibited|flapping|too-late|quiet-|stale-data|undefined/);
  });
});
