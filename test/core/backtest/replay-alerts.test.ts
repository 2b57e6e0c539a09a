import { describe, expect, it } from 'vitest';
import { backtestAlerts } from '../../../src/core/backtest/alerts.ts';
import { scoreAlerts } from '../../../src/core/backtest/alert-scores.ts';
import { replayAlerts } from '../../../src/core/backtest/replay-alerts.ts';
import type { Replay } from '../../../src/core/backtest/replay-alerts.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import type { ProjectHistory } from '../../../src/core/model/project.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { aDatedVersion, aTeam, anOpenItem, seen } from '../findings/rule-rig.ts';
import { aCalendar, aDoneItem, aHistory, at, settings, statuses } from '../../builders.ts';
import { aRule } from '../metrics/teams/team-projects.ts';

const { doing } = statuses;
const calendar = aCalendar();

interface When {
  readonly from?: Day;
  readonly to?: Day;
  readonly asOf?: string;
}

function replay(
  parts: Partial<ProjectHistory>,
  { from = '2026-05-04', to = '2026-06-26', asOf = '2026-12-31' }: When = {},
) {
  const input = { history: aHistory(parts), calendar, from, to, minuteOfDay: 510, asOf: at(asOf) };
  return replayAlerts(input, [defaultThresholds])[0]!;
}

const short = ({ alerts }: Replay) =>
  alerts.map(({ rule, subject, raisedOn, outcome, noticeWorkingDays }) =>
    [raisedOn, rule, subject, outcome.isRight, outcome.code, outcome.on, noticeWorkingDays].join(' '),
  );

/** Someone still works on something in December: what is known reaches that far. */
const later = aDoneItem('APO-900', { createdAt: '2026-12-01', startedAt: '2026-12-02', doneAt: '2026-12-03' });

describe('work that stands still', () => {
  it.each([
    ['never moves', [], 'true NOT_MOVED 2026-05-26'],
    ['moves after three days', [['2026-05-22', statuses.review]], 'false MOVED_ON 2026-05-22'],
    ['moves too late', [['2026-05-28', statuses.review]], 'true NOT_MOVED 2026-05-26'],
  ] as const)('%s', (_, moves, outcome) => {
    const stuck = anOpenItem('APO-1', [['2026-05-11', doing], ...moves]);
    const [first] = short(replay({ items: [...aTeam({ weeks: 3 }), stuck, later] }));
    expect(first).toBe(`2026-05-19 WORK_STALLED APO-1 ${outcome} `);
  });

  it('is not yet known while the week is not over', () => {
    const stuck = anOpenItem('APO-1', [['2026-05-11', doing]]);
    const alerts = replay({ items: [...aTeam({ weeks: 3 }), stuck, later] }, { asOf: '2026-05-21' });
    expect(short(alerts)).toEqual(['2026-05-19 WORK_STALLED APO-1  NOT_YET  ']);
  });

  it('gives notice to the day of the release for which it was planned, though nobody knew it then', () => {
    const stuck = anOpenItem('APO-1', [['2026-05-11', doing]], { fixVersionIds: ['900'] });
    const released = seen(['2026-12-20', { releaseOn: '2026-06-12', isReleased: true }]);
    const alerts = replay({ items: [...aTeam({ weeks: 3 }), stuck, later], versions: [released] });
    expect(short(alerts)).toEqual(['2026-05-19 WORK_STALLED APO-1 true NOT_MOVED 2026-05-26 18']);
  });
});

describe('a date in danger', () => {
  const open = Array.from({ length: 30 }, (_, index) => anOpenItem(`APO-${index + 1}`, [], { fixVersionIds: ['900'] }));
  const withVersion = (...version: Parameters<typeof aDatedVersion>) =>
    replay({ items: [...aTeam(), ...open, later], versions: [aDatedVersion(...version)] });

  it('is right when the date is put off, which is a slip of its own then', () => {
    expect(short(withVersion('2026-06-12', ['2026-05-27', '2026-07-31']))).toEqual([
      '2026-05-05 PROMISE_GAP 900 true RE_DATED 2026-05-27 28',
      '2026-05-28 MILESTONE_SLIPPED 900 true STILL_OPEN 2026-12-03 ',
    ]);
  });

  it('is right when it is still open after its date; then the fact is told', () => {
    expect(short(withVersion('2026-06-12'))).toEqual([
      '2026-05-05 PROMISE_GAP 900 true STILL_OPEN 2026-12-03 28',
      '2026-06-15 MILESTONE_SLIPPED 900 true STILL_OPEN 2026-12-03 ',
    ]);
  });

  it.each([
    ['2026-06-11', 'false FINISHED_IN_TIME 2026-06-11'],
    ['2026-06-16', 'true FINISHED_LATE 2026-06-16'],
  ] as const)('released on %s: %s', (on, outcome) => {
    const released = [
      ...aDatedVersion('2026-06-12'),
      ...seen([`${on}T15:00:00Z`, { releaseOn: on, isReleased: true }]),
    ];
    const [first] = short(replay({ items: [...aTeam(), ...open, later], versions: [released] }));
    expect(first).toBe(`2026-05-05 PROMISE_GAP 900 ${outcome} 28`);
  });

  it('does not warn when it is too late to act', () => {
    const versions = [aDatedVersion('2026-05-06')];
    const { alerts, days } = replay({ items: [...aTeam(), ...open, later], versions });
    expect(alerts.map(({ rule }) => rule)).toEqual(['MILESTONE_SLIPPED']);
    const reasons = days.flatMap(({ events }) => events.flatMap((event) => ('reason' in event ? [event.reason] : [])));
    expect(reasons).toContain('too-late');
  });
});

describe('replay', () => {
  const open = Array.from({ length: 30 }, (_, index) => anOpenItem(`APO-${index + 1}`, [], { fixVersionIds: ['900'] }));
  const stuck = anOpenItem('APO-90', [['2026-05-11', doing]]);
  const parts = {
    items: [...aTeam(), ...open, stuck, later],
    versions: [aDatedVersion('2026-06-12', ['2026-06-03', '2026-07-31'])],
  };

  it('tries other numbers of teams, which stand with the project', () => {
    const teams = ['a', 'b'].map((label) =>
      open.map(({ item, ...one }) => ({
        ...one,
        item: { ...item, labels: [label], key: `${item.key}${label === 'a' ? 1 : 2}`, id: `${label}${item.id}` },
      })),
    );
    const done = aTeam().map((one, index) => ({
      ...one,
      item: { ...one.item, labels: [index % 2 === 0 ? 'a' : 'b'] },
    }));
    const rules = ['a', 'b'].map((name) => aRule(name, { labels: [name] }));
    const history = aHistory({
      items: [...done, ...teams.flat(), later],
      versions: [aDatedVersion('2026-08-28')],
      settings: settings({ teams: { rules, pool: 'own', ...defaultThresholds.teams } }),
    });
    const when = { calendar, from: '2026-05-04', to: '2026-05-15', minuteOfDay: 510, asOf: at('2026-12-31') } as const;
    const [usual, together] = replayAlerts({ history, ...when }, [
      defaultThresholds,
      { ...defaultThresholds, teams: { ...defaultThresholds.teams, correlation: 1 } },
    ]).map(({ alerts }) => alerts.find(({ rule }) => rule === 'PROMISE_GAP')!.probability!);
    expect(usual!).toBeGreaterThan(together!);
  });

  it('evaluates on working days only, and on none after the last that was heard of the project', () => {
    const { days } = replay({ items: aTeam() }, { from: '2026-05-01', to: '2026-06-26' });
    expect(days.map(({ on }) => on)).toEqual([
      '2026-05-01',
      '2026-05-04',
      '2026-05-05',
      '2026-05-06',
      '2026-05-07',
      '2026-05-08',
      '2026-05-11',
      '2026-05-12',
      '2026-05-13',
      '2026-05-14',
      '2026-05-15',
      '2026-05-18',
      '2026-05-19',
      '2026-05-20',
    ]);
  });

  it('says of a day what was known on that day: what came later changes no event', () => {
    const { days } = replay(parts);
    for (const on of ['2026-05-12', '2026-05-29', '2026-06-05'] as const) {
      const cut = replay(parts, { asOf: `${on}T23:00:00Z` });
      expect(cut.days).toEqual(days.filter((day) => day.on <= on));
    }
  });

  it('gives the same bytes twice', () => {
    expect(JSON.stringify(replay(parts))).toBe(JSON.stringify(replay(parts)));
  });

  it('tries several settings in one pass, each on its own', () => {
    const strict = { ...defaultThresholds, alerts: { ...defaultThresholds.alerts, perDay: 0 } };
    const input = {
      history: aHistory(parts),
      calendar,
      from: '2026-05-04' as const,
      to: '2026-06-26' as const,
      minuteOfDay: 510,
      asOf: at('2026-12-31'),
    };
    const [usual, none] = replayAlerts(input, [defaultThresholds, strict]);
    expect(usual).toEqual(replay(parts));
    expect(usual!.alerts.length).toBeGreaterThan(2);
    expect(none!.alerts).toEqual([]);
  });

  it('scores by rule, and all warnings without the facts', () => {
    const { rules, warnings } = scoreAlerts(replay(parts).alerts);
    expect(rules.map(({ rule, fired, right, wrong, unknown }) => [rule, fired, right, wrong, unknown])).toEqual([
      ['MILESTONE_SLIPPED', 1, 1, 0, 0],
      ['PROMISE_GAP', 1, 1, 0, 0],
      ['WORK_STALLED', 1, 1, 0, 0],
    ]);
    expect(warnings).toMatchObject({ fired: 2, right: 2, precision: 1, medianNoticeWorkingDays: 28 });
    expect(warnings.precisionInterval![0]).toBeLessThan(0.5);
  });

  it('has no share of nothing', () => {
    expect(scoreAlerts([])).toEqual({
      rules: [],
      warnings: {
        fired: 0,
        right: 0,
        wrong: 0,
        unknown: 0,
        precision: null,
        precisionInterval: null,
        medianNoticeWorkingDays: null,
      },
    });
  });
});

describe('backtestAlerts', () => {
  const test = (parts: Partial<ProjectHistory>) =>
    backtestAlerts({ history: aHistory(parts), calendar, asOf: at('2026-12-31'), thresholds: defaultThresholds });
  const open = Array.from({ length: 30 }, (_, index) => anOpenItem(`APO-${index + 1}`, [], { fixVersionIds: ['900'] }));
  const surprise = Array.from({ length: 4 }, (_, index) =>
    anOpenItem(`APO-${index + 60}`, [], { fixVersionIds: ['902'] }),
  );

  it('counts the dates that were missed, and those of them that were warned of in time', () => {
    const other = aDatedVersion('2026-12-18').map(({ at: when, value }) => ({
      at: when,
      value: { ...value, id: '902' },
    }));
    const putOff = [
      ...other,
      { at: at('2026-11-16'), value: { ...other.at(-1)!.value, releaseOn: '2027-02-26' as const } },
    ];
    const steady = aTeam({ weeks: 48 });
    const answer = test({
      items: [...steady, ...open, ...surprise, later],
      versions: [aDatedVersion('2026-06-12'), putOff],
    });
    expect(answer).toMatchObject({ recall: 0.5, precision: 1, raised: 1, right: 1, reason: null });
  });

  it.each([
    ['noHistory', {}],
    ['noAlerts', { items: [...aTeam(), later] }],
    ['noDates', { items: [...aTeam({ weeks: 3 }), anOpenItem('APO-1', [['2026-05-11', doing]]), later] }],
  ] as const)('says why not: %s', (reason, parts) => {
    const answer = test(parts);
    expect(answer).toMatchObject({ reason, recall: null, recallInterval: null });
  });
});
