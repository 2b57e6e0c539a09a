import { describe, expect, it } from 'vitest';
import { measure } from '../../../../src/core/metrics/measure.ts';
import type { MilestoneFigures } from '../../../../src/core/metrics/milestone-figures.ts';
import { defaultForecast } from '../../../../src/core/model/forecast-settings.ts';
import type { ForecastSettings } from '../../../../src/core/model/forecast-settings.ts';
import type { ItemHistory, ProjectHistory } from '../../../../src/core/model/project.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import {
  aCalendar,
  aDoneItem,
  aHistory,
  aPast,
  aSprint,
  aVersion,
  at,
  changes,
  settings,
  statuses,
  types,
} from '../../../builders.ts';

const start: Day = '2026-01-05';
/** Monday morning after 20 whole weeks. */
const asOf = '2026-05-25T08:30:00Z';
const day = (week: number) => addDays(start, 7 * week + 2);

/** Items of the team that belong to no milestone: so many a week, on its Wednesday. */
const others = (perWeek: number) =>
  Array.from({ length: 20 * perWeek }, (_, index) =>
    aDoneItem(`APO-${1000 + index}`, {
      createdAt: `${start}T08:00:00Z`,
      doneAt: `${day(Math.floor(index / perWeek))}T12:00:00Z`,
    }),
  );

/** Items of a version, one done in each of these weeks. */
const done = (version: string, first: number, weeks: readonly number[]) =>
  weeks.map((week, index) =>
    aDoneItem(
      `APO-${first + index}`,
      { createdAt: `${start}T08:00:00Z`, doneAt: `${day(week)}T12:00:00Z` },
      { fixVersionIds: [version] },
    ),
  );

const open = (
  version: string,
  first: number,
  count: number,
  createdAt: (index: number) => string = () => `${start}T08:00:00Z`,
) =>
  Array.from({ length: count }, (_, index) =>
    aPast({ key: `APO-${first + index}`, createdAt: at(createdAt(index)), fixVersionIds: [version] }),
  );

interface Parts extends Partial<ProjectHistory> {
  readonly forecast?: Partial<ForecastSettings>;
}

function versionOf(items: readonly ItemHistory[], id: string, { forecast, ...parts }: Parts = {}): MilestoneFigures {
  const seen = (version: Parameters<typeof aVersion>[0]) => [
    { at: at(`${start}T08:00:00Z`), value: aVersion(version) },
  ];
  const history = aHistory({
    items: [...items],
    settings: settings(forecast ? { forecast: { ...defaultForecast, ...forecast } } : {}),
    versions: [seen({ id: '1', name: 'One' }), seen({ id: '2', name: 'Two' })],
    ...parts,
  });
  return measure(viewAsOf(history, at(asOf), aCalendar())).milestones.find((one) => one.id === id)!;
}

const earlier = done('1', 10, [2, 5, 8, 11, 14]);
const team = others(5);
const none = { growth: 'none' } as const;

describe('what is added to the open items of a milestone', () => {
  it('is what the team finished besides, while earlier ones were on their way', () => {
    const figures = versionOf([...team, ...earlier, ...open('2', 50, 6)], '2');
    expect(figures.forecastWork).toMatchObject({
      need: 6,
      growth: 'flow',
      learnedFrom: ['1'],
      flags: ['fewFinishedMilestones'],
    });
    const { counts } = figures.forecastWork!;
    expect(counts).toHaveLength(5);
    // Five a week were finished besides, to the last week of a milestone of five items.
    expect(Math.max(...counts)).toBeGreaterThan(20);
    const bare = versionOf([...team, ...earlier, ...open('2', 50, 6)], '2', { forecast: none });
    expect(bare.forecastWork).toMatchObject({ need: 6, growth: 'none', counts: [6], learnedFrom: [], flags: [] });
    expect(figures.forecast!.p85! > bare.forecast!.p85!).toBe(true);
  });

  it('is learned once from an epic and a version that held the same work', () => {
    const inBoth = earlier.map((past) => ({ ...past, item: { ...past.item, parentKey: 'APO-90' } }));
    const anEpic = (week: number, dueOn: Day | null = day(week)) =>
      aDoneItem(
        'APO-90',
        { createdAt: `${start}T08:00:00Z`, doneAt: `${day(week)}T15:00:00Z` },
        { type: types.epic, dueOn },
      );
    const parts = [...team, ...open('2', 50, 6)];
    const work = (...items: readonly ItemHistory[]) => versionOf([...parts, ...items], '2').forecastWork!;
    expect(work(...inBoth, anEpic(14)).learnedFrom).toEqual(['1']);
    expect(work(...inBoth, anEpic(14))).toEqual(work(...inBoth, anEpic(14, null)));
    // One that holds other work, too, is its own story.
    const more = aDoneItem(
      'APO-91',
      { createdAt: `${start}T08:00:00Z`, doneAt: `${day(10)}T12:00:00Z` },
      { parentKey: 'APO-90' },
    );
    expect(work(...inBoth, more, anEpic(14)).learnedFrom).toHaveLength(2);
  });

  it('is nothing, and says so, while none is finished', () => {
    const figures = versionOf([...team, ...open('2', 50, 6)], '2');
    expect(figures.forecastWork).toMatchObject({ growth: 'none', counts: [6], flags: ['noFinishedMilestones'] });
    expect(figures.forecast).toEqual(versionOf([...team, ...open('2', 50, 6)], '2', { forecast: none }).forecast);
  });

  it('is one to three for each with the triangle', () => {
    const { forecastWork } = versionOf([...team, ...open('2', 50, 10)], '2', { forecast: { growth: 'triangle' } });
    expect(forecastWork!.counts).toEqual([12, 15, 17, 21, 26]);
  });

  it('knows nothing of what was finished after the report', () => {
    const late = done('1', 10, [2, 5, 8, 11, 21]);
    const { forecastWork } = versionOf([...team, ...late, ...open('2', 50, 6)], '2');
    expect(forecastWork!.learnedFrom).toEqual([]);
  });
});

describe('work that comes in', () => {
  const growing = (perWeek: number) => [
    ...team,
    ...done('2', 10, [1]),
    ...open('2', 50, 18 * perWeek, (index) => `${day(2 + Math.floor(index / perWeek))}T09:00:00Z`),
  ];

  it('puts the date off where it is asked for', () => {
    const items = growing(1);
    const plain = versionOf(items, '2', { forecast: none });
    const figures = versionOf(items, '2', { forecast: { ...none, discovery: true } });
    expect(figures.forecastWork!.arrivalsPerWeek).toBeCloseTo(1, 0);
    expect(figures.forecast!.p85! > plain.forecast!.p85!).toBe(true);
  });

  it('leaves no date when it comes in as fast as it is finished', () => {
    const figures = versionOf(growing(6), '2', { forecast: { ...none, discovery: true } });
    expect(figures).toMatchObject({ forecast: null, noForecast: 'scopeOutgrowsPace' });
    expect(figures.forecastWork!.flags).toEqual(['scopeOutgrowsPace']);
    // Five a week are finished: half of the team is too few for three.
    const half = versionOf(growing(3), '2', { forecast: { ...none, discovery: true, shares: { Two: 0.5 } } });
    expect(half.noForecast).toBe('scopeOutgrowsPace');
    expect(versionOf(growing(3), '2', { forecast: { ...none, discovery: true } }).noForecast).toBeNull();
  });
});

describe('a team for several milestones', () => {
  const items = [...team, ...open('1', 30, 10), ...open('2', 50, 10)];
  const dated = (id: string, name: string, releaseOn: Day) => [
    { at: at(`${start}T08:00:00Z`), value: aVersion({ id, name, releaseOn }) },
  ];
  const versions = [dated('1', 'One', '2026-07-01'), dated('2', 'Two', '2026-09-01')];

  it('goes by the order of dates', () => {
    expect(versionOf(items, '1', { versions, forecast: none }).forecastWork!.need).toBe(10);
    expect(versionOf(items, '2', { versions, forecast: none }).forecastWork!.need).toBe(20);
  });

  it.each(['2', 'Two'])('or by the share that the config gives to %s', (name) => {
    const figures = versionOf(items, '2', { versions, forecast: { shares: { [name]: 0.25 } } });
    expect(figures.forecastWork).toMatchObject({ need: 10, share: 0.25, growth: 'none' });
    const whole = versionOf(items, '2', { versions, forecast: { shares: { [name]: 1 } } });
    expect(figures.forecast!.p85! > whole.forecast!.p85!).toBe(true);
  });
});

describe('work that cannot start yet', () => {
  const startsOn: Day = '2026-09-07';
  const sprint = aSprint({ id: '70', state: 'future', startAt: at(`${startsOn}T08:00:00Z`) });
  const planned = [...team, ...open('2', 50, 4).map((one) => ({ ...one, item: { ...one.item, sprintIds: ['70'] } }))];
  const sprints = [[{ at: at(`${start}T08:00:00Z`), value: sprint }]];

  it('starts with the first sprint that it is planned for', () => {
    const figures = versionOf(planned, '2', { sprints });
    expect(figures.forecastWork!.startsOn).toBe(startsOn);
    expect(figures.forecast!.p50! >= startsOn).toBe(true);
  });

  it('starts at once when some of it is done', () => {
    expect(versionOf([...planned, ...done('2', 10, [3])], '2', { sprints }).forecastWork!.startsOn).toBeNull();
  });

  it('takes what it waits for with it, and names what nobody here can date', () => {
    const waiting = aPast(
      {
        key: 'APO-60',
        createdAt: at(`${start}T08:00:00Z`),
        fixVersionIds: ['2'],
        links: [
          { kind: 'blocked-by', key: 'APO-70' },
          { kind: 'blocked-by', key: 'XYZ-1' },
        ],
      },
      changes(
        [`${start}T09:00:00Z`, 'link', null, 'blocked-by:APO-70'],
        [`${start}T10:00:00Z`, 'link', null, 'blocked-by:XYZ-1'],
      ),
    );
    const blocker = aPast({ key: 'APO-70', createdAt: at(`${start}T08:00:00Z`), status: statuses.toDo });
    const figures = versionOf([...team, waiting, blocker], '2', { forecast: { ...none, blockers: true } });
    expect(figures.forecastWork).toMatchObject({ need: 2, waitsFor: ['APO-70'], waitsElsewhere: ['XYZ-1'] });
    expect(figures.forecastWork!.flags).toContain('waitsElsewhere');
    expect(versionOf([...team, waiting, blocker], '2', { forecast: none }).forecastWork!.need).toBe(1);
  });
});
