import { describe, expect, it } from 'vitest';
import { honestyOf } from '../../../src/core/backtest/honesty.ts';
import { forecastRecords } from '../../../src/core/backtest/published.ts';
import { paceRecords } from '../../../src/core/backtest/pace-forecasts.ts';
import type { PublishedPace } from '../../../src/core/backtest/pace-forecasts.ts';
import { evaluationAt } from '../../../src/core/metrics/milestones/health.ts';
import { milestonesOf } from '../../../src/core/metrics/milestones/milestones.ts';
import type { PublishedForecast } from '../../../src/core/backtest/published.ts';
import { measure } from '../../../src/core/metrics/measure.ts';
import { chanceGrid } from '../../../src/core/metrics/forecast/adaptive.ts';
import type { ProjectHistory } from '../../../src/core/model/project.ts';
import { addDays } from '../../../src/core/time/day.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { aCalendar, aDoneItem, aHistory, aNamedMilestone, aPast, at } from '../../builders.ts';

const day = (offset: number): Day => addDays('2026-03-02', offset);
const instantOf = (on: Day) => at(`${on}T10:00:00Z`);

/** Two items a week for thirty weeks; the milestone holds one item that was done on 1 June, and one that never is. */
function project(doneOn: Day | null): ProjectHistory {
  const steady = Array.from({ length: 60 }, (_, index) =>
    aDoneItem(`APO-${100 + index}`, {
      createdAt: `${day(-14)}T09:00:00Z`,
      startedAt: `${day(Math.floor(index / 2) * 7)}T09:00:00Z`,
      doneAt: `${day(Math.floor(index / 2) * 7 + (index % 2))}T15:00:00Z`,
    }),
  );
  const own =
    doneOn === null
      ? aPast({ key: 'APO-1', createdAt: at(`${day(-14)}T09:00:00Z`) })
      : aDoneItem('APO-1', { createdAt: `${day(-14)}T09:00:00Z`, doneAt: `${doneOn}T12:00:00Z` });
  return aHistory({
    items: [...steady, own],
    milestones: [
      aNamedMilestone({
        id: 'launch',
        dates: [{ at: at(`${day(0)}T09:00:00Z`), on: '2026-07-01', by: null }],
        scope: { versions: [], items: ['APO-1'], labels: [] },
      }),
    ],
  });
}

const viewOn = (on: Day, doneOn: Day | null = '2026-06-01') => viewAsOf(project(doneOn), instantOf(on), aCalendar());

/** Told on `on`: even odds by `p50`, 85 % sure by `p85`, and 95 % four days after that. */
function told(on: Day, p50: Day, p85: Day, parts: Partial<PublishedForecast> = {}): PublishedForecast {
  const days = chanceGrid.map((chance) => (chance <= 0.5 ? p50 : chance <= 0.85 ? p85 : addDays(p85, 4)));
  return {
    project: 'APOLLO',
    asOf: instantOf(on),
    publishedAt: instantOf(on) + 60_000,
    milestone: 'launch',
    need: 1,
    days,
    shadow: days.map((one) => addDays(one, 30)),
    levels: chanceGrid,
    ...parts,
  };
}

describe('how published dates held', () => {
  it('counts a date once its day is over', () => {
    const published = [told('2026-05-01', '2026-05-20', '2026-06-05'), told('2026-05-08', '2026-05-20', '2026-05-29')];
    expect(honestyOf(viewOn('2026-05-20'), published)).toBeNull();
    expect(honestyOf(viewOn('2026-05-21'), published)).toMatchObject({
      p50: { held: 0, n: 2 },
      p85: { held: 0, n: 0 },
    });
    // Done on 1 June, but nobody counts the promise of 5 June before it is over.
    expect(honestyOf(viewOn('2026-06-05'), published)).toMatchObject({ p85: { held: 0, n: 1 } });
    expect(honestyOf(viewOn('2026-06-06'), published)).toMatchObject({ p85: { held: 1, n: 2 } });
  });
  it('knows nothing that was published later', () => {
    const published = [told('2026-05-01', '2026-05-20', '2026-05-29')];
    const late = [told('2026-05-01', '2026-05-20', '2026-05-29', { publishedAt: instantOf('2026-06-20') })];
    expect(honestyOf(viewOn('2026-06-10'), late)).toBeNull();
    expect(honestyOf(viewOn('2026-06-10'), [...published, ...late])).toEqual(
      honestyOf(viewOn('2026-06-10'), published),
    );
  });
  it('takes a date that was over when it was posted for no forecast', () => {
    const late = told('2026-05-01', '2026-05-20', '2026-06-02', { publishedAt: instantOf('2026-06-20') });
    expect(honestyOf(viewOn('2026-06-30'), [late])).toBeNull();
  });
  it('says nothing of a milestone that is not there any more', () => {
    expect(
      honestyOf(viewOn('2026-06-10'), [told('2026-05-01', '2026-05-20', '2026-05-29', { milestone: 'gone' })]),
    ).toBeNull();
  });
  it('counts a date beyond the horizon neither way', () => {
    const days = chanceGrid.map((chance) => (chance < 0.6 ? ('2026-05-20' as const) : null));
    expect(honestyOf(viewOn('2026-06-10'), [told('2026-05-01', '2026-05-20', '2026-05-29', { days })])).toMatchObject({
      p50: { n: 1 },
      p85: { n: 0 },
    });
  });
  it('raises the alarm when thirty are over and far too few held', () => {
    const missed = (count: number) =>
      Array.from({ length: count }, (_, index) => told(addDays('2026-03-20', index), '2026-05-20', '2026-05-29'));
    expect(honestyOf(viewOn('2026-06-10'), missed(29))).toMatchObject({ p85: { held: 0, n: 29 }, isOff: false });
    expect(honestyOf(viewOn('2026-06-10'), missed(30))).toMatchObject({ p85: { held: 0, n: 30 }, isOff: true });
  });
  it('compares with the shadow by how near each came', () => {
    // Done on 1 June: these days come nearer than those a month later.
    const near = told('2026-05-01', '2026-05-28', '2026-06-03');
    expect(honestyOf(viewOn('2026-06-10'), [near])!.skill).toBeGreaterThan(0.5);
    expect(honestyOf(viewOn('2026-07-30'), [{ ...near, shadow: near.days, days: near.shadow }])!.skill).toBeLessThan(0);
    expect(honestyOf(viewOn('2026-06-10'), [{ ...near, shadow: near.days }])!.skill).toBe(0);
  });
  it('of work that is not done yet waits for the last day', () => {
    const open = told('2026-05-01', '2026-05-28', '2026-06-03');
    expect(honestyOf(viewOn('2026-06-06', null), [open])).toMatchObject({ p85: { held: 0, n: 1 }, skill: null });
    expect(honestyOf(viewOn('2026-06-10', null), [open])!.skill).not.toBeNull();
  });
});

describe('how answers about the pace held', () => {
  /** Two items are finished each week, on its Monday and Tuesday; the last ones on 21 and 22 September. */
  const asOf = instantOf('2026-05-06');
  const about = { project: 'APOLLO', asOf, publishedAt: asOf, levels: chanceGrid };
  const itemsBy = (items: number, p50: Day, p85: Day): PublishedPace => {
    const days = chanceGrid.map((chance) => (chance <= 0.5 ? p50 : p85));
    return { ...about, question: 'items', items, days, shadow: days.map((one) => addDays(one, 30)) };
  };
  const countsBy = (on: Day, p50: number, p85: number): PublishedPace => ({
    ...about,
    question: 'day',
    on,
    counts: chanceGrid.map((chance) => (chance <= 0.5 ? p50 : p85)),
  });

  it.each([
    // Finished after 6 May: on 11, 12, 18, 19 and 25 May, and so on.
    ['the third item on its day', itemsBy(3, '2026-05-18', '2026-05-19'), 1, 1],
    ['the fourth item a day early', itemsBy(4, '2026-05-18', '2026-05-19'), 0, 1],
    ['two by a day on which two were done', countsBy('2026-05-12', 2, 2), 1, 1],
    ['three by that day', countsBy('2026-05-12', 3, 2), 0, 1],
  ])('%s', (_, told, p50, p85) => {
    expect(honestyOf(viewOn('2026-05-25'), [told])).toMatchObject({
      p50: { held: p50, n: 1 },
      p85: { held: p85, n: 1 },
    });
  });

  it('is not known before the day is over, and "at least none" says nothing', () => {
    expect(honestyOf(viewOn('2026-05-12'), [countsBy('2026-05-12', 2, 2)])).toBeNull();
    expect(honestyOf(viewOn('2026-05-13'), [countsBy('2026-05-12', 2, 0)])).toMatchObject({
      p50: { held: 1, n: 1 },
      p85: { n: 0 },
    });
  });

  it('is compared with its shadow in days only', () => {
    expect(honestyOf(viewOn('2026-05-25'), [itemsBy(3, '2026-05-18', '2026-05-19')])!.skill).toBeGreaterThan(0.5);
    expect(honestyOf(viewOn('2026-05-25'), [countsBy('2026-05-12', 2, 2)])!.skill).toBeNull();
  });

  it('counts once a day what several people asked', () => {
    const again = { ...countsBy('2026-05-12', 3, 2), asOf: asOf + 3_600_000, publishedAt: asOf + 3_600_000 };
    const nextDay = { ...again, asOf: asOf + 86_400_000, publishedAt: asOf + 86_400_000 };
    const told = [countsBy('2026-05-12', 2, 2), again, nextDay];
    expect(honestyOf(viewOn('2026-05-25'), told)).toMatchObject({ p50: { held: 1, n: 2 }, p85: { held: 2, n: 2 } });
  });
});

describe('what is kept of an answer', () => {
  const view = viewOn('2026-05-01');
  const evaluation = evaluationAt(view, milestonesOf(view), view.asOf);
  it('are the days and the numbers along the grid', () => {
    const [items, day] = paceRecords(view, evaluation, { items: 5, by: '2026-06-30' });
    expect(items).toMatchObject({ question: 'items', items: 5, asOf: view.asOf });
    expect(day).toMatchObject({ question: 'day', on: '2026-06-30' });
    if (items?.question !== 'items' || day?.question !== 'day') throw new Error('expected items, then a day');
    expect(items.days).toEqual([...items.days].sort((a, b) => a!.localeCompare(b!)));
    expect(items.days[chanceGrid.indexOf(0.85)]).toEqual(evaluation.outlook.when(5, [0.85])[0]);
    expect(day.counts).toEqual([...day.counts].sort((a, b) => b - a));
    expect(day.counts).toHaveLength(19);
  });
  it('is nothing for a day that is over', () => {
    expect(paceRecords(view, evaluation, { items: null, by: '2026-04-30' })).toEqual([]);
  });
});

describe('what is kept of a forecast', () => {
  const view = viewOn('2026-05-01');
  it('are the dates that the reports show, on a grid, and a shadow', () => {
    const [record, ...others] = forecastRecords(view, new Set(['launch', 'unknown']));
    expect(others).toEqual([]);
    const { forecast } = measure(view).milestones.find(({ id }) => id === 'launch')!;
    const on = (chance: number) => record!.days[chanceGrid.indexOf(chance)];
    expect([on(0.5), on(0.85), on(0.95)]).toEqual([forecast!.p50, forecast!.p85, forecast!.p95]);
    expect(record).toMatchObject({ project: 'APOLLO', milestone: 'launch', need: 1, asOf: view.asOf });
    for (const days of [record!.days, record!.shadow]) {
      expect(days).toHaveLength(19);
      expect(days).toEqual([...days].sort((a, b) => a!.localeCompare(b!)));
    }
  });
  it('draws its shadow from the past weeks', () => {
    // Nine weeks of two items and two of none: one item takes a week with 82 %, and hardly ever more than two.
    const { shadow } = forecastRecords(view, new Set(['launch']))[0]!;
    const from = addDays(view.today, -1);
    expect(shadow[chanceGrid.indexOf(0.8)]! <= addDays(from, 7)).toBe(true);
    expect(shadow[chanceGrid.indexOf(0.85)]! > addDays(from, 7)).toBe(true);
    expect(shadow.at(-1)! <= addDays(from, 14)).toBe(true);
  });
  it('is nothing for what is done, or was not asked for', () => {
    expect(forecastRecords(viewOn('2026-06-10'), new Set(['launch']))).toEqual([]);
    expect(forecastRecords(view, new Set())).toEqual([]);
  });
});
