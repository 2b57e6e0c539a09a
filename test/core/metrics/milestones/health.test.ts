import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { explainMilestone } from '../../../../src/core/explain/explain-milestone.ts';
import { defaultThresholds } from '../../../../src/core/model/thresholds.ts';
import { renderTemplate } from '../../../../src/render/templates.ts';
import { toText } from '../../../../src/render/text.ts';
import { templates } from '../../../shipped-templates.ts';
import { fitPace } from '../../../../src/core/metrics/forecast/pace.ts';
import { chanceByDay, whenDays } from '../../../../src/core/metrics/forecast/when.ts';
import { measure } from '../../../../src/core/metrics/measure.ts';
import type { MilestoneFigures } from '../../../../src/core/metrics/milestone-figures.ts';
import type { Change } from '../../../../src/core/model/change.ts';
import type { ItemHistory, ProjectHistory } from '../../../../src/core/model/project.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import { dayMs } from '../../../../src/core/time/instant.ts';
import { aCalendar, aDoneItem, aHistory, aPast, at, changes, statuses, statusMoves, types } from '../../../builders.ts';

const calendar = aCalendar();

/** A team that finishes so many items each week, on its Wednesday, from the first Monday on. */
function aTeam(perWeek: readonly number[], firstMonday: Day = '2026-01-05'): ItemHistory[] {
  return perWeek.flatMap((count, week) =>
    Array.from({ length: count }, (_, index) =>
      aDoneItem(`APO-${1000 + week * 100 + index}`, {
        createdAt: `${firstMonday}T08:00:00Z`,
        doneAt: `${addDays(firstMonday, week * 7 + 2)}T12:00:00Z`,
      }),
    ),
  );
}

const steady = (weeks: number, perWeek = 5) => aTeam(Array.from({ length: weeks }, () => perWeek));

/** An epic with a due date and so many open items below it, all there from the first day. */
function anEpic(number: number, dueOn: Day | null, open: number, moves: readonly Change[] = []): ItemHistory[] {
  const created = { createdAt: at('2026-01-05T08:00:00Z') };
  const key = `APO-${number}`;
  return [
    aPast({ key, type: types.epic, dueOn, ...created }, moves),
    ...Array.from({ length: open }, (_, index) =>
      aPast({ key: `APO-${number * 100 + index + 1}`, parentKey: key, ...created }),
    ),
  ];
}

function measureAt(items: readonly ItemHistory[], asOf: string, parts: Partial<ProjectHistory> = {}) {
  return measure(viewAsOf(aHistory({ items, ...parts }), at(asOf), calendar));
}

function epicOf(items: readonly ItemHistory[], asOf: string, number = 1): MilestoneFigures {
  return measureAt(items, asOf).milestones.find(({ key }) => key === `APO-${number}`)!;
}

const colours = ({ health }: MilestoneFigures) => [health.baseline.colour, health.current.colour];

/** Monday morning after 20 whole weeks. */
const monday = '2026-05-25T08:30:00Z';

describe('a milestone with nothing left to do', () => {
  it('is green at once, whatever its colour was', () => {
    const done = (index: number, on: string) =>
      aDoneItem(
        `APO-${100 + index}`,
        { createdAt: '2026-01-05T08:00:00Z', doneAt: `${on}T06:00:00Z` },
        { parentKey: 'APO-1' },
      );
    const epic = anEpic(1, '2026-05-29', 0);
    const late = Array.from({ length: 20 }, (_, index) => done(index, '2026-05-25'));
    expect(colours(epicOf([...steady(20), ...epic, ...late], '2026-05-24T20:00:00Z'))).toEqual(['red', 'red']);
    expect(colours(epicOf([...steady(20), ...epic, ...late], monday))).toEqual(['green', 'green']);
  });
});

describe('the forecast of a milestone', () => {
  it.each([
    [3, '2026-01-27T08:00:00Z', 'tooLittleHistory', 'D'],
    [4, '2026-02-02T08:00:00Z', null, 'C'],
    [12, '2026-03-30T08:00:00Z', null, 'B'],
    [26, '2026-07-06T08:00:00Z', null, 'A'],
  ])('after %i whole weeks: reason %s, grade %s', (weeks, asOf, noForecast, grade) => {
    const figures = epicOf([...steady(weeks), ...anEpic(1, '2026-12-18', 10)], asOf);
    expect(figures).toMatchObject({ noForecast, forecastGrade: grade });
    expect(figures.forecast === null).toBe(noForecast !== null);
    expect(figures.health.reasons.includes('LITTLE_HISTORY')).toBe(noForecast !== null);
    expect(colours(figures)[1]).toBe(noForecast === null ? 'green' : 'unknown');
  });

  it('is that of the model on complete weeks, on working days from this morning on', () => {
    const figures = epicOf([...steady(20), ...anEpic(1, '2026-07-03', 20)], monday);
    const pace = fitPace({ weekly: Array.from({ length: 20 }, () => 5), priorPace: 5 });
    const grid = { from: '2026-05-24' as Day, calendar };
    const [p50, p85, p95] = whenDays(pace, 20, [0.5, 0.85, 0.95], grid);
    expect(figures.forecast).toEqual({ p50, p85, p95 });
    const probability = chanceByDay(pace, 20, '2026-07-03', grid);
    expect(figures.health).toMatchObject({ baseline: { probability }, current: { probability } });
    expect(probability).toBeGreaterThan(0.5);
  });

  it('takes holidays for thin weeks, not for slow ones', () => {
    const holidays: Day[] = ['2026-05-18', '2026-05-19', '2026-05-20', '2026-05-21', '2026-05-22'];
    const items = [...aTeam([...Array.from({ length: 19 }, () => 5), 0]), ...anEpic(1, '2026-07-03', 20)];
    const view = (off: readonly Day[]) =>
      viewAsOf(aHistory({ items }), at(monday), { ...aCalendar(), ...calendarWith(off) });
    const [slow] = measure(view([])).milestones;
    const [away] = measure(view(holidays)).milestones;
    expect(away!.forecast!.p85! < slow!.forecast!.p85!).toBe(true);
  });

  it('does not speak of a team that has finished nothing for twelve weeks', () => {
    const figures = epicOf([...steady(8), ...anEpic(1, '2026-12-18', 10)], monday);
    expect(figures).toMatchObject({ forecast: null, noForecast: 'nothingFinished' });
    expect(figures.health.reasons).toContain('NOTHING_FINISHED');
    expect(colours(figures)).toEqual(['unknown', 'unknown']);
  });

  it('is not needed where nothing is open: all done is on time until the date has passed', () => {
    const done = aDoneItem('APO-101', { createdAt: '2026-01-05', doneAt: '2026-03-04' }, { parentKey: 'APO-1' });
    const items = [...steady(20), ...anEpic(1, '2026-05-29', 0), done];
    expect(epicOf(items, monday)).toMatchObject({ noForecast: 'noOpenItems', openItems: 0, flags: ['allItemsDone'] });
    expect(colours(epicOf(items, monday))).toEqual(['green', 'green']);
    expect(colours(epicOf(items, '2026-06-01T08:00:00Z'))).toEqual(['red', 'red']);
  });
});

function calendarWith(holidays: readonly Day[]) {
  const fraction = (day: Day) => (holidays.includes(day) ? 0 : calendar.fraction(day));
  const lost = (from: Day, to: Day) => holidays.filter((day) => day > from && day <= to).length;
  return { fraction, distance: (from: Day, to: Day) => calendar.distance(from, to) - lost(from, to) };
}

describe('the cut-line', () => {
  const need = (items: readonly ItemHistory[], number: number) => {
    const { forecast } = epicOf([...steady(20), ...items], monday, number);
    const pace = fitPace({ weekly: Array.from({ length: 20 }, () => 5), priorPace: 5 });
    const days = (count: number) => whenDays(pace, count, [0.5, 0.85, 0.95], { from: '2026-05-24', calendar });
    for (let count = 1; count < 100; count += 1) {
      const [p50, p85, p95] = days(count);
      if (p50 === forecast?.p50 && p85 === forecast?.p85 && p95 === forecast?.p95) return count;
    }
    return null;
  };

  it('puts the work of earlier dates first', () => {
    const items = [...anEpic(1, '2026-07-03', 10), ...anEpic(2, '2026-08-07', 15), ...anEpic(3, '2026-09-04', 20)];
    expect([1, 2, 3].map((number) => need(items, number))).toEqual([10, 25, 45]);
  });

  it('lets work of the same date wait for one another in no order', () => {
    const items = [...anEpic(1, '2026-07-03', 10), ...anEpic(2, '2026-07-03', 15)];
    expect([1, 2].map((number) => need(items, number))).toEqual([10, 15]);
  });

  it('counts an item of two milestones once', () => {
    const inBoth = anEpic(1, '2026-07-03', 10).map((past) =>
      past.item.parentKey === null ? past : { ...past, item: { ...past.item, fixVersionIds: ['900'] } },
    );
    const version = { id: '900', name: '1.0', projectKey: 'APO', startOn: null, isReleased: false, isArchived: false };
    const versions = [[{ at: at('2026-01-05'), value: { ...version, releaseOn: '2026-08-07' as Day } }]];
    const { milestones } = measureAt([...steady(20), ...inBoth], monday, { versions });
    const [ofVersion, ofEpic] = milestones;
    expect(ofVersion!.kind).toBe('version');
    expect(ofVersion!.forecast).toEqual(ofEpic!.forecast);
  });

  it('makes what never had a date wait for nobody, and nobody for it', () => {
    const version = { id: '900', name: '1.0', projectKey: 'APO', startOn: null, isReleased: false, isArchived: false };
    const versions = [[{ at: at('2026-01-05'), value: { ...version, releaseOn: null } }]];
    const planned = Array.from({ length: 10 }, (_, index) =>
      aPast({ key: `APO-${900 + index}`, fixVersionIds: ['900'], createdAt: at('2026-01-05') }),
    );
    const { milestones } = measureAt([...steady(20), ...planned, ...anEpic(1, '2026-07-03', 10)], monday, { versions });
    expect(milestones[0]!.forecast).toEqual(milestones[1]!.forecast);
  });

  it('lets what was put off wait for what now comes before it, on both clocks, with or without a date', () => {
    const others = anEpic(2, '2026-07-31', 30);
    const chances = (...dates: readonly (Day | null)[]) => {
      let from: Day | null = '2026-07-10';
      const moves = dates.flatMap((to, index) => {
        const change = changes([`2026-05-${18 + 2 * index}T10:00:00Z`, 'dueOn', from, to]);
        from = to;
        return change;
      });
      const { health } = epicOf([...steady(20), ...others, ...anEpic(1, from, 20, moves)], monday);
      return [health.baseline.probability, health.current.probability];
    };
    const pace = fitPace({ weekly: Array.from({ length: 20 }, () => 5), priorPace: 5 });
    const chance = (count: number, by: Day) => chanceByDay(pace, count, by, { from: '2026-05-24', calendar });
    expect(chances()).toEqual([chance(20, '2026-07-10'), chance(20, '2026-07-10')]);
    expect(chances('2026-08-28')).toEqual([chance(50, '2026-07-10'), chance(50, '2026-08-28')]);
    expect(chances('2026-08-28', null)).toEqual([chance(50, '2026-07-10'), null]);
    expect(chances('2026-08-28', '2026-06-26')).toEqual([chance(20, '2026-07-10'), chance(20, '2026-06-26')]);
  });

  it('does not get ahead of its first promise by an earlier date, but does when others are put off', () => {
    const before = (dueOn: Day) => anEpic(2, dueOn, 30, changes(['2026-05-18', 'dueOn', '2026-07-03', dueOn]));
    const promised = (items: readonly ItemHistory[]) =>
      epicOf([...steady(20), ...items], monday).health.baseline.probability;
    const pace = fitPace({ weekly: Array.from({ length: 20 }, () => 5), priorPace: 5 });
    const chance = (count: number) => chanceByDay(pace, count, '2026-07-10', { from: '2026-05-24', calendar });
    const earlier = changes(['2026-05-18', 'dueOn', '2026-07-10', '2026-06-19']);
    expect(promised([...before('2026-07-03'), ...anEpic(1, '2026-07-10', 10)])).toBe(chance(40));
    expect(promised([...before('2026-07-03'), ...anEpic(1, '2026-06-19', 10, earlier)])).toBe(chance(40));
    expect(promised([...before('2026-09-25'), ...anEpic(1, '2026-07-10', 10)])).toBe(chance(10));
  });

  it('does not let a leftover of last season stand before everything else', () => {
    const items = [...anEpic(1, '2026-02-20', 30), ...anEpic(2, '2026-07-03', 10)];
    expect(need(items, 2)).toBe(10);
    expect(need([...anEpic(1, '2026-05-01', 30), ...anEpic(2, '2026-07-03', 10)], 2)).toBe(40);
  });
});

describe('health on two clocks', () => {
  it('is green, amber or red by the chance of meeting the date', () => {
    const healthOf = (dueOn: Day) =>
      colours(epicOf([...steady(30), ...anEpic(1, dueOn, 30)], '2026-08-03T08:30:00Z'))[1];
    expect(healthOf('2026-12-18')).toBe('green');
    expect(healthOf('2026-09-18')).toBe('amber');
    expect(healthOf('2026-08-28')).toBe('red');
  });

  it('turns red at once when the date has passed, history or not', () => {
    const few = [...steady(1), ...anEpic(1, '2026-01-14', 3)];
    expect(colours(epicOf(few, '2026-01-14T20:00:00Z'))).toEqual(['unknown', 'unknown']);
    const overdue = epicOf(few, '2026-01-15T08:00:00Z');
    expect(colours(overdue)).toEqual(['red', 'red']);
    expect(overdue.health.current.probability).toBe(0);
    expect(overdue.health.reasons).toEqual(expect.arrayContaining(['OVERDUE', 'PROMISE_MISSED', 'LITTLE_HISTORY']));
  });

  it('does not mend the first promise by a new date', () => {
    const move = changes(['2026-05-20', 'dueOn', '2026-05-22', '2026-12-18']);
    const figures = epicOf([...steady(20), ...anEpic(1, '2026-12-18', 15, move)], monday);
    expect(colours(figures)).toEqual(['red', 'green']);
    expect(figures.health.reasons).toEqual(['PROMISE_MISSED', 'REPLANNED']);
    expect(figures.greenIf.current).toBeNull();
    expect(figures.greenIf.baseline).toMatchObject({ itemsOut: null, openItems: 15 });
  });

  it('never turns the baseline clock green by any later date, or by none', () => {
    const date = fc.integer({ min: 1, max: 120 }).map((days) => addDays('2026-06-05', days));
    fc.assert(
      fc.property(
        fc.array(fc.option(date, { nil: null }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 20 }),
        (dates, open, others) => {
          const team = [...steady(20), ...anEpic(2, '2026-07-17', others)];
          const [before, after] = [[], dates].map((sequence) => {
            let from: Day | null = '2026-07-10';
            const moves = sequence.flatMap((to, index) => {
              const change = changes([`2026-05-${18 + 2 * index}T10:00:00Z`, 'dueOn', from, to]);
              from = to;
              return change;
            });
            return epicOf([...team, ...anEpic(1, from, open, moves)], monday);
          });
          expect(after!.committedOn).toBe('2026-07-10');
          const isMended = before!.health.baseline.colour !== 'green' && after!.health.baseline.colour === 'green';
          expect(isMended).toBe(false);
          expect(after!.health.baseline.probability!).toBeLessThanOrEqual(before!.health.baseline.probability!);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('needs two evaluations before a colour changes', () => {
    // 40 items come into the epic on Friday: the chance falls from then on, the colour a working day later.
    const late = Array.from({ length: 40 }, (_, index) =>
      aPast({ key: `APO-${5000 + index}`, parentKey: 'APO-1', createdAt: at('2026-05-22T10:00:00Z') }),
    );
    const items = [...steady(20), ...anEpic(1, '2026-07-17', 10), ...late];
    expect(colours(epicOf(items, '2026-05-22T09:00:00Z'))[1]).toBe('green');
    const sameDay = epicOf(items, '2026-05-22T11:00:00Z');
    expect(sameDay.health.current.probability).toBeLessThan(0.5);
    expect(colours(sameDay)[1]).toBe('green');
    expect(colours(epicOf(items, '2026-05-25T08:30:00Z'))[1]).toBe('red');
    expect(epicOf(items, '2026-05-25T08:30:00Z').health.reasons).toContain('SCOPE_GREW');
  });

  it.each([
    [8, 3, ['SCOPE_GREW']],
    [8, 2, []],
    [20, 4, []],
  ])('takes %i items that became %i more for grown or not: %j', (open, more, reasons) => {
    const late = Array.from({ length: more }, (_, index) =>
      aPast({ key: `APO-${5000 + index}`, parentKey: 'APO-1', createdAt: at('2026-03-02') }),
    );
    const items = [...steady(20), ...anEpic(1, '2027-03-26', open), ...late];
    expect(epicOf(items, monday).health.reasons).toEqual(reasons);
  });

  it('judges what is finished by the day it was promised for', () => {
    const finished = (dueOn: Day) =>
      colours(
        epicOf(
          [
            aPast(
              { key: 'APO-1', type: types.epic, dueOn, createdAt: at('2026-01-05') },
              statusMoves(statuses.toDo, ['2026-03-04', statuses.done]),
            ),
          ],
          '2026-04-01',
        ),
      );
    expect(finished('2026-03-04')).toEqual(['green', 'green']);
    expect(finished('2026-03-03')).toEqual(['red', 'red']);
  });

  it('names what holds it up and that the pace fell', () => {
    const slow = aTeam([...Array.from({ length: 16 }, () => 5), 1, 1, 1, 1]);
    const [epic, ...rest] = anEpic(1, '2026-12-18', 5);
    const held = rest.map((past, index) => (index === 2 ? { ...past, item: { ...past.item, isFlagged: true } } : past));
    const figures = epicOf([...slow, epic!, ...held], monday);
    expect(figures.health.reasons).toEqual(['PACE_FELL', 'BLOCKED']);
    expect(figures.openKeys).toEqual(['APO-103', 'APO-101', 'APO-102', 'APO-104', 'APO-105']);
  });
});

describe('what would make it green', () => {
  it('is the first date, and the least number of items, that reach green and the margin', () => {
    const open = 30;
    const dueOn = '2026-06-19';
    const figures = epicOf([...steady(20), ...anEpic(1, dueOn, open)], monday);
    const pace = fitPace({ weekly: Array.from({ length: 20 }, () => 5), priorPace: 5 });
    const grid = { from: '2026-05-24' as Day, calendar };
    const { dueOn: needed, itemsOut, openItems } = figures.greenIf.current!;
    expect(openItems).toBe(open);
    expect(chanceByDay(pace, open, needed!, grid)).toBeGreaterThanOrEqual(0.85);
    expect(chanceByDay(pace, open, addDays(needed!, -1), grid)).toBeLessThan(0.85);
    expect(chanceByDay(pace, open - itemsOut!, dueOn, grid)).toBeGreaterThanOrEqual(0.85);
    expect(chanceByDay(pace, open - itemsOut! + 1, dueOn, grid)).toBeLessThan(0.85);
    expect(figures.greenIf.baseline).toEqual(figures.greenIf.current);
  });

  it('does come true: with that date the clock is green', () => {
    const figures = epicOf([...steady(20), ...anEpic(1, '2026-06-19', 30)], monday);
    const needed = figures.greenIf.current!.dueOn!;
    expect(colours(epicOf([...steady(20), ...anEpic(1, needed, 30)], monday))).toEqual(['green', 'green']);
  });

  it('reckons with the work of others that comes first once the date is later', () => {
    const others = anEpic(2, '2026-07-03', 30);
    const figures = epicOf([...steady(20), ...others, ...anEpic(1, '2026-06-12', 30)], monday);
    const { dueOn } = figures.greenIf.current!;
    const pace = fitPace({ weekly: Array.from({ length: 20 }, () => 5), priorPace: 5 });
    expect(dueOn).toBe(whenDays(pace, 60, [0.85], { from: '2026-05-24', calendar })[0]);
    expect(colours(epicOf([...steady(20), ...others, ...anEpic(1, dueOn, 30)], monday))).toEqual(['green', 'green']);
  });

  it('says nothing where the date holds already, and the colour only waits to be sure', () => {
    const epic = anEpic(1, '2026-06-19', 30);
    const finished = epic
      .slice(6)
      .map(({ item }) =>
        aDoneItem(
          item.key,
          { createdAt: '2026-01-05T08:00:00Z', doneAt: '2026-05-25T07:00:00Z' },
          { parentKey: item.parentKey },
        ),
      );
    const figures = epicOf([...steady(20), ...epic.slice(0, 6), ...finished], monday);
    expect(colours(figures)).not.toContain('green');
    expect(figures.health.current.probability).toBeGreaterThan(0.9);
    expect(figures.greenIf).toEqual({ baseline: null, current: null });
  });

  it('says nothing where nothing is wrong or nothing is known', () => {
    expect(epicOf([...steady(20), ...anEpic(1, '2026-12-18', 10)], monday).greenIf).toEqual({
      baseline: null,
      current: null,
    });
    expect(epicOf(anEpic(1, '2026-12-18', 10), monday).greenIf).toEqual({ baseline: null, current: null });
  });
});

describe('an old report, made again', () => {
  /** What was kept of a project at an instant: items and changes of later are not there yet. */
  const keptAt = (items: readonly ItemHistory[], until: number) =>
    items
      .filter(({ item }) => item.createdAt <= until)
      .map((past) => {
        const kept = past.changes.filter((change) => change.at <= until);
        const valueOf = (field: Change['field'], now: string | null) =>
          kept.findLast((change) => change.field === field)?.to ??
          past.changes.find((change) => change.field === field)?.from ??
          now;
        const status = Object.values(statuses).find(({ id }) => id === valueOf('status', past.item.status!.id))!;
        const dueOn = kept.some(({ field }) => field === 'dueOn')
          ? (kept.findLast(({ field }) => field === 'dueOn')!.to as Day | null)
          : past.changes.some(({ field }) => field === 'dueOn')
            ? (past.changes.find(({ field }) => field === 'dueOn')!.from as Day | null)
            : past.item.dueOn;
        return { ...past, item: { ...past.item, status, dueOn }, changes: kept };
      });

  it('says the same of milestones and their health, whatever happened since', () => {
    const now = at('2026-06-15T08:30:00Z');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 140 }), fc.integer({ min: 1, max: 25 }), (daysAgo, open) => {
        const move = changes(['2026-04-06', 'dueOn', '2026-05-29', '2026-07-03']);
        const items = [...steady(20), ...anEpic(1, '2026-07-03', open, move), ...anEpic(2, '2026-08-07', 5)];
        const asOf = now - daysAgo * dayMs;
        const today = measure(viewAsOf(aHistory({ items }), asOf, calendar));
        const then = measure(viewAsOf(aHistory({ items: keptAt(items, asOf) }), asOf, calendar));
        expect(JSON.stringify(today)).toBe(JSON.stringify(then));
      }),
      { numRuns: 20 },
    );
  });
});

describe('what a milestone waits for (metrics.md 4.6)', () => {
  const waits = (history: ItemHistory, key: string): ItemHistory => ({
    ...history,
    item: { ...history.item, links: [{ kind: 'blocked-by', key }] },
  });
  const milestonesWith = (...items: readonly ItemHistory[]) =>
    measureAt([...steady(20, 15), ...items], monday).milestones;
  /** Epic 1 has one item, due long after the team can do it, which waits for one of epic 2. */
  const held = (dueOn: Day, other: { readonly dueOn: Day; readonly open: number; readonly isWaitedFor?: boolean }) => {
    const [epic, story] = anEpic(1, dueOn, 1);
    const item = other.isWaitedFor === false ? story! : waits(story!, 'APO-201');
    return milestonesWith(epic!, item, ...anEpic(2, other.dueOn, other.open)).find(({ key }) => key === 'APO-1')!;
  };

  it('makes it red, by both clocks, while it is red itself and leaves no working day to spare', () => {
    const { health } = held('2026-06-19', { dueOn: '2026-06-24', open: 99 });
    const heldBy = { waiting: 'APO-101', blocker: 'APO-201', dueOn: '2026-06-24' };
    expect(health.current).toMatchObject({ colour: 'red', heldBy });
    expect(health.current.probability).toBeGreaterThan(0.9);
    expect(health.baseline).toEqual(health.current);
    expect(health.reasons).toContain('RED_DEPENDENCY');
  });

  it.each([
    ['it has time to spare', held('2026-10-30', { dueOn: '2026-06-24', open: 99 })],
    ['what it waits for will be in time', held('2026-07-30', { dueOn: '2026-07-31', open: 10 })],
    ['nothing waits', held('2026-06-19', { dueOn: '2026-06-24', open: 99, isWaitedFor: false })],
  ])('leaves its colour alone when %s', (_, { health }) => {
    expect(health.current.colour).toBe('green');
    expect(health.current).not.toHaveProperty('heldBy');
    expect(health.reasons).not.toContain('RED_DEPENDENCY');
  });

  it.each([
    [
      'en',
      'It is red, whatever its chance, since APO-101 waits for APO-201, due 24 Jun, which is late itself and leaves no working day to spare.',
    ],
    [
      'fr',
      'Elle est rouge, quelle que soit la chance, parce que APO-101 attend APO-201, prévu pour le 24 juin, lui-même en retard, et qu’il ne reste aucun jour ouvré de marge.',
    ],
  ])('is told in its explanation in %s', (locale, words) => {
    const [epic, story] = anEpic(1, '2026-06-19', 1);
    const items = [...steady(20, 15), epic!, waits(story!, 'APO-201'), ...anEpic(2, '2026-06-24', 99)];
    const view = viewAsOf(aHistory({ items }), at(monday), calendar);
    const { milestones, definitions } = measure(view);
    const figures = milestones.find(({ key }) => key === 'APO-1')!;
    const told = explainMilestone(view, { figures, definitions, thresholds: defaultThresholds.health });
    expect(told.health!.evaluations.map(({ current }) => current.colour).slice(-2)).toEqual(['green', 'red']);
    const text = toText(renderTemplate(templates, told.kind, told, locale), { width: 1000 });
    expect(text.replaceAll('\u00A0', ' ')).toContain(words);
  });

  it('passes it on', () => {
    const [first, a] = anEpic(1, '2026-06-18', 1);
    const [second, b, c] = anEpic(2, '2026-06-19', 2);
    const chain = [first!, waits(a!, 'APO-202'), second!, waits(b!, 'APO-301'), c!, ...anEpic(3, '2026-06-24', 99)];
    const heldBy = (key: string) => milestonesWith(...chain).find((one) => one.key === key)!.health.current.heldBy;
    expect(heldBy('APO-1')?.blocker).toBe('APO-202');
    expect(heldBy('APO-2')?.blocker).toBe('APO-301');
    expect(heldBy('APO-3')).toBeUndefined();
  });
});
