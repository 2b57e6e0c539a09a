import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { jointProbability } from '../../../../src/core/metrics/forecast/joint.ts';
import { measure } from '../../../../src/core/metrics/measure.ts';
import type { Metrics } from '../../../../src/core/metrics/metrics.ts';
import { evaluationAt } from '../../../../src/core/metrics/milestones/health.ts';
import { milestonesOf } from '../../../../src/core/metrics/milestones/milestones.ts';
import { defaultForecast } from '../../../../src/core/model/forecast-settings.ts';
import type { ItemHistory, ProjectHistory } from '../../../../src/core/model/project.ts';
import type { TeamSettings } from '../../../../src/core/model/team-settings.ts';
import { toJson } from '../../../../src/core/reports/to-json.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aVersion, at, settings } from '../../../builders.ts';
import { hourAt, randomProject } from '../random-project.ts';
import { aRule, finishedBy, firstMonday, openFor, teamsBy } from './team-projects.ts';

/** Monday morning after 20 whole weeks. */
const asOf = at('2026-05-25T08:30:00Z');
const steady = (count: number, weeks = 20) => Array.from({ length: weeks }, () => count);

interface Parts {
  readonly teams?: TeamSettings;
  readonly releaseOn?: Day;
  readonly more?: Partial<ProjectHistory>;
}

function viewOf(items: readonly ItemHistory[], { teams, releaseOn = '2026-06-30', more = {} }: Parts = {}) {
  const seen = (id: string, on: Day) => [
    { at: at(`${firstMonday}T08:00:00Z`), value: aVersion({ id, name: `Release ${id}`, releaseOn: on }) },
  ];
  const history = aHistory({
    items,
    settings: settings({ forecast: { ...defaultForecast, growth: 'none' }, ...(teams ? { teams } : {}) }),
    versions: [seen('1', releaseOn), seen('2', addDays(releaseOn, 28))],
    ...more,
  });
  return viewAsOf(history, asOf, aCalendar());
}

const measureOf = (items: readonly ItemHistory[], parts: Parts = {}) => measure(viewOf(items, parts));
const releaseOf = (items: readonly ItemHistory[], parts: Parts = {}) =>
  measureOf(items, parts).milestones.find(({ id }) => id === '1')!;

/** Figures without what only a project with teams has. */
function withoutTeams({ teams: _of, milestones, ...metrics }: Metrics) {
  return { ...metrics, milestones: milestones.map(({ teams: _teams, ...milestone }) => milestone) };
}

const web = finishedBy('Web', steady(4));
const pay = finishedBy('Pay', steady(2), { from: 3000 });

describe('one team that has everything', () => {
  const alone: readonly TeamSettings[] = (['own', 'shared'] as const).map((pool) => ({
    ...teamsBy(['Nobody'], { pool }),
    rules: [aRule('All', { projects: ['APO'] }), aRule('Nobody', { labels: ['no such label'] })],
  }));

  it('has the figures of a project without teams to the last digit, whatever the project', () => {
    fc.assert(
      fc.property(randomProject, fc.nat(24 * 120), (project, hour) => {
        const figuresOf = (parts: { teams?: TeamSettings }) =>
          measure(viewAsOf(project.knownAs(parts, hour), hourAt(hour), aCalendar('Europe/Paris')));
        const plain = figuresOf({});
        for (const teams of alone) expect(withoutTeams(figuresOf({ teams }))).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });

  it('and the same dates, colours and ways to green where there is much to forecast', () => {
    const weekly = fc.array(fc.nat(6), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(weekly, fc.nat(30), fc.nat(20), fc.boolean(), (counts, own, other, isFlow) => {
        const done = finishedBy('Web', [...steady(0, 20 - counts.length), ...counts]);
        const items = [
          ...done.map((one, index) =>
            index % 3 === 0 ? { ...one, item: { ...one.item, fixVersionIds: ['1'] } } : one,
          ),
          ...openFor('Web', own, { from: 100 }),
          ...openFor('Web', other, { from: 200, version: '2' }),
        ];
        const more = isFlow ? { settings: settings() } : {};
        const plain = measure(viewOf(items, { more }));
        for (const teams of alone) {
          const view = viewOf(items, { teams, more: isFlow ? { settings: settings({ teams }) } : {} });
          expect(withoutTeams(measure(view))).toEqual(plain);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('a milestone over teams', () => {
  const teams = teamsBy(['Web', 'Pay']);
  const items = [...web, ...pay, ...openFor('Web', 10, { from: 100 }), ...openFor('Pay', 14, { from: 200 })];

  it('is done when each has done its own: by the copula of what each would say alone', () => {
    const figures = releaseOf(items, { teams });
    const own = [
      releaseOf(items.filter(({ item }) => item.components[0] === 'Web')),
      releaseOf(items.filter(({ item }) => item.components[0] === 'Pay')),
    ].map(({ health }) => health.current.probability!);
    const [first, second] = figures.teams!.parts.map(({ probability }) => probability.current!);
    // Each believes a little in the pace of the other: 5 a week is not what it starts from.
    expect(first! - own[0]!).toBeCloseTo(0, 1);
    expect(second! - own[1]!).toBeCloseTo(0, 1);
    const joint = jointProbability([first!, second!], 0.3);
    expect(figures.health.current.probability).toBe(joint.probability);
    expect(figures.teams!.odds.current).toEqual(joint);
    expect(figures.forecast!.p85! >= figures.teams!.parts[1]!.forecast!.p85!).toBe(true);
    expect(figures.teams!.parts.map(({ team, openKeys }) => [team, openKeys.length])).toEqual([
      ['Web', 10],
      ['Pay', 14],
    ]);
    expect(figures.forecastWork).toBeUndefined();
  });

  it('names the team that is done clearly after the others, and none where they are close', () => {
    expect(releaseOf(items, { teams }).teams).toMatchObject({ decides: 1 });
    const even = [...web, ...pay, ...openFor('Web', 10, { from: 100 }), ...openFor('Pay', 5, { from: 200 })];
    expect(releaseOf(even, { teams }).teams).toMatchObject({ decides: null });
    expect(releaseOf(even, { teams: { ...teams, decidesWorkingDays: 0 } }).teams!.decides).not.toBeNull();
    const one = [...web, ...pay, ...openFor('Pay', 14, { from: 200 })];
    expect(releaseOf(one, { teams }).teams).toMatchObject({ decides: null, parts: [{ team: 'Pay' }] });
  });

  const counts = fc.array(fc.nat(5), { minLength: 6, maxLength: 20 });
  const project = fc.record({ a: counts, b: counts, rest: counts, open: fc.tuple(fc.nat(15), fc.nat(15), fc.nat(15)) });
  const itemsOf = ({
    a,
    b,
    rest,
    open: [one, two, three],
  }: typeof project extends fc.Arbitrary<infer T> ? T : never) => [
    ...finishedBy('Web', [...steady(0, 20 - a.length), ...a]),
    ...finishedBy('Pay', [...steady(0, 20 - b.length), ...b], { from: 3000 }),
    ...finishedBy(null, [...steady(0, 20 - rest.length), ...rest], { from: 5000 }),
    ...openFor('Web', one, { from: 100 }),
    ...openFor('Pay', two, { from: 200 }),
    ...openFor(null, three, { from: 300 }),
  ];

  it('has chances between their brackets that rise with the day and fall with the work, and agree with its dates', () => {
    fc.assert(
      fc.property(project, fc.constantFrom(0, 0.3, 0.9, 1), (random, correlation) => {
        const view = viewOf(itemsOf(random), { teams: { ...teams, correlation } });
        const { standings, prospectOf } = evaluationAt(view, milestonesOf(view), view.asOf);
        const standing = standings.find(({ milestone }) => milestone.id === '1')!;
        const prospect = prospectOf(standing);
        if (standing.open.length === 0 || prospect.noForecast !== null) return;
        const wish = { clock: 'current' } as const;
        let before = 0;
        for (let week = 1; week <= 26; week += 3) {
          const by = addDays(view.today, 7 * week);
          const { probability, independent, weakest } = prospect.joint(wish, by);
          expect(probability).toBeGreaterThanOrEqual(independent);
          expect(probability).toBeLessThanOrEqual(weakest);
          expect(probability).toBeGreaterThanOrEqual(before);
          before = probability;
          let without = probability;
          for (let out = 1; out <= standing.open.length; out += 4) {
            const chance = prospect.chance({ ...wish, out }, by);
            expect(chance).toBeGreaterThanOrEqual(without);
            without = chance;
          }
        }
        for (const [index, on] of prospect.when(wish, [0.5, 0.85]).entries()) {
          if (on === null) continue;
          const asked = [0.5, 0.85][index]!;
          expect(prospect.chance(wish, on)).toBeGreaterThanOrEqual(asked - 1e-9);
          expect(prospect.chance(wish, addDays(on, -1))).toBeLessThan(asked + 1e-9);
          expect(view.calendar.fraction(on)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('counts for each team what it does for milestones that come first, and no others do', () => {
    const later = [
      ...items,
      ...openFor('Pay', 6, { from: 400, version: '2' }),
      ...openFor('Web', 3, { from: 500, version: '2' }),
    ];
    const figures = measureOf(later, { teams }).milestones.find(({ id }) => id === '2')!;
    expect(figures.teams!.parts.map(({ work }) => work!.need)).toEqual([13, 20]);
  });

  it('learns how work grows from the part that each team had in what is finished', () => {
    const done = (one: ItemHistory, index: number) =>
      index % 2 === 0 ? { ...one, item: { ...one.item, fixVersionIds: ['9'] } } : one;
    const past = [
      ...finishedBy('Web', steady(4, 12)).map(done),
      ...finishedBy('Pay', steady(2, 18), { from: 3000 }).map(done),
    ];
    const released = [
      {
        at: at('2026-05-20T08:00:00Z'),
        value: aVersion({ id: '9', name: 'Nine', isReleased: true, releaseOn: '2026-05-19' }),
      },
    ];
    const view = viewOf([...past, ...items.filter(({ item }) => item.fixVersionIds.length > 0)], {
      more: {
        settings: settings({ teams }),
        versions: [
          released,
          [{ at: at('2026-01-05T08:00:00Z'), value: aVersion({ id: '1', name: 'One', releaseOn: '2026-06-30' }) }],
        ],
      },
    });
    const { parts } = measure(view).milestones.find(({ id }) => id === '1')!.teams!;
    expect(parts.map(({ work }) => [work!.growth, work!.learnedFrom])).toEqual([
      ['flow', ['9']],
      ['flow', ['9']],
    ]);
    expect(parts[0]!.work!.counts).not.toEqual(parts[1]!.work!.counts);
  });
});

describe('a team without a past', () => {
  const teams = teamsBy(['Web', 'New']);
  const fresh = finishedBy('New', [...steady(0, 18), 1, 1], { from: 3000 });
  const items = [...web, ...openFor('Web', 10, { from: 100 }), ...openFor('New', 6, { from: 200 })];

  it('is believed to be as fast as the others, shown and not judged by (grade D)', () => {
    for (const more of [[], fresh]) {
      const figures = releaseOf([...items, ...more], { teams });
      const [, own] = figures.teams!.parts;
      expect(own).toMatchObject({ team: 'New', grade: 'D', noForecast: null });
      expect(own!.pace!.low).toBeGreaterThan(more.length > 0 ? 1 : 3.9);
      expect(own!.pace!.high).toBeLessThan(4.1);
      expect(figures).toMatchObject({
        noForecast: null,
        forecastGrade: 'D',
        health: { current: { colour: 'unknown' } },
      });
      expect(figures.forecast!.p85).not.toBeNull();
    }
  });

  it('leaves alone the milestones that wait for others only', () => {
    const figures = releaseOf([...web, ...openFor('Web', 10, { from: 100 })], { teams });
    expect(figures.forecastGrade).toBe('B');
    expect(figures.health.current.probability).not.toBeNull();
  });

  it('says that nothing is known where no other team is known either, and that a silent one is', () => {
    const none = releaseOf([...openFor('Web', 10, { from: 100 })], { teams });
    expect(none).toMatchObject({ forecast: null, noForecast: 'nothingFinished' });
    const silent = finishedBy('New', [3, 3, 3, 3, ...steady(0, 16)], { from: 3000 });
    const figures = releaseOf([...items, ...silent], { teams });
    expect(figures).toMatchObject({ forecast: null, noForecast: 'nothingFinished' });
    expect(figures.teams!.parts.map(({ noForecast }) => noForecast)).toEqual([null, 'nothingFinished']);
    expect(figures.teams!.odds.current).toBeNull();
  });
});

describe('what no team takes', () => {
  const teams = teamsBy(['Web', 'Pay']);
  it('is done by those who did such items before', () => {
    const others = finishedBy(null, steady(1), { from: 5000 });
    const figures = releaseOf([...web, ...pay, ...others, ...openFor(null, 12, { from: 300 })], { teams });
    expect(figures.teams!.parts).toMatchObject([{ team: null, isByAll: false }]);
    expect(Math.round(figures.teams!.parts[0]!.pace!.high)).toBe(1);
  });
  it('is done by all together where nobody did any: a backlog that has not been shared out yet', () => {
    const figures = releaseOf(
      [...web, ...pay, ...openFor('Web', 4, { from: 100 }), ...openFor(null, 12, { from: 300 })],
      { teams },
    );
    const [, rest] = figures.teams!.parts;
    expect(rest).toMatchObject({ team: null, isByAll: true, noForecast: null, work: { need: 16 } });
    expect(Math.round(rest!.pace!.high)).toBe(6);
    expect(rest!.openKeys).toHaveLength(12);
  });
});

describe('teams that share one pool', () => {
  const shared = teamsBy(['Web', 'Pay'], { pool: 'shared' });
  const open = [...openFor('Web', 10, { from: 100 }), ...openFor('Pay', 14, { from: 200 })];

  it('finish what there is together, whoever it is meant for', () => {
    const figures = releaseOf([...web, ...pay, ...open], { teams: shared });
    const other = releaseOf([...web, ...pay, ...openFor(null, 24, { from: 100 })], { teams: shared });
    expect(figures.forecast).toEqual(other.forecast);
    expect(figures.teams).toBeUndefined();
    expect(figures.forecastGrade).toBe('B');
    const apart = releaseOf([...web, ...pay, ...open], { teams: { ...shared, pool: 'own' } });
    expect(figures.forecast!.p85! < apart.forecast!.p85!).toBe(true);
  });

  it('are less sure of their sum the more their fates hang together', () => {
    const [apart, together] = [0, 1].map(
      (correlation) => releaseOf([...web, ...pay, ...open], { teams: { ...shared, correlation } }).forecast!.p95!,
    );
    expect(together! > apart!).toBe(true);
  });

  it('do not lose those who came lately among the weeks in which they were not there', () => {
    const late = finishedBy('Pay', [...steady(0, 12), ...steady(8, 8)], { from: 3000 });
    const sum = releaseOf([...web, ...late, ...openFor(null, 60, { from: 100 })], { teams: shared });
    const plain = releaseOf([...web, ...late, ...openFor(null, 60, { from: 100 })]);
    expect(sum.forecast!.p50! < plain.forecast!.p50!).toBe(true);
    expect(sum.forecastGrade).toBe('C');
  });
});

describe('teams of a project', () => {
  it('are told with their pace and open items, the rest last, and what two rules take', () => {
    const teams = {
      ...teamsBy(['Web']),
      rules: [...teamsBy(['Web']).rules, aRule('Pay', { components: ['Pay'], labels: ['both'] })],
    };
    const items = [
      ...web,
      ...pay,
      ...openFor('Web', 2, { from: 100 }),
      ...openFor('Web', 1, { from: 150, labels: ['both'] }),
      ...openFor(null, 3, { from: 300 }),
    ];
    const { teams: told } = measureOf(items, { teams });
    expect(told).toMatchObject([
      {
        team: 'Web',
        openKeys: ['APO-100', 'APO-101', 'APO-150'],
        alsoOthersKeys: ['APO-150'],
        noForecast: null,
        grade: 'B',
        weeks: { firstOn: firstMonday },
      },
      { team: 'Pay', openKeys: [], alsoOthersKeys: [], noForecast: null },
      { team: null, openKeys: ['APO-300', 'APO-301', 'APO-302'], noForecast: 'tooLittleHistory', pace: null },
    ]);
    expect(told![0]!.weeks.finished).toEqual(steady(4));
    expect(Math.round(told![0]!.pace!.high)).toBe(4);
    expect(measureOf(items).teams).toBeUndefined();
  });

  it('stand in the public figures, in all and by milestone; without teams nothing does', () => {
    const json = (parts: Parts) =>
      toJson(measureOf([...web, ...pay, ...openFor('Pay', 3, { from: 200 })], parts), { findings: [], items: null });
    const told = json({ teams: teamsBy(['Web', 'Pay']) });
    expect(told.teams!.map(({ team, openKeys }) => [team, openKeys.length])).toEqual([
      ['Web', 0],
      ['Pay', 3],
      [null, 0],
    ]);
    expect(told.milestones[0]!.teams!.parts).toMatchObject([
      { team: 'Pay', openKeys: ['APO-200', 'APO-201', 'APO-202'] },
    ]);
    expect(JSON.stringify(json({}))).not.toContain('"teams"');
  });

  it('have the same past whatever has happened since', () => {
    const rules = [
      aRule('Web', { labels: ['web'], boards: ['2'] }),
      aRule('Pay', { components: ['Pay'], assignees: ['ann'] }),
    ];
    fc.assert(
      fc.property(randomProject, fc.tuple(fc.nat(24 * 120), fc.nat(24 * 120), fc.nat(24 * 120)), (project, all) => {
        const [when, then, later] = all.toSorted((a, b) => a - b) as [number, number, number];
        const teams = { ...teamsBy([]), rules };
        const told = (...pulls: readonly number[]) =>
          JSON.stringify(
            measure(viewAsOf(project.knownAs({ teams }, ...pulls), hourAt(when), aCalendar('Europe/Paris'))),
          );
        expect(told(then, later)).toBe(told(then));
      }),
      { numRuns: 80 },
    );
  });
});
