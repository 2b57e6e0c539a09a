import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { kaplanMeier } from '../../../../src/core/metrics/flow/kaplan-meier.ts';
import { measureFlow } from '../../../../src/core/metrics/flow/flow.ts';
import type { Figure } from '../../../../src/core/metrics/figure.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import {
  aCalendar,
  aDoneItem,
  aHistory,
  aPast,
  at,
  settings,
  statuses,
  statusMoves,
  types,
} from '../../../builders.ts';
import { hourAt, randomProject } from '../random-project.ts';

describe('Kaplan-Meier (metrics.md 2.9)', () => {
  const durations = fc.array(fc.record({ days: fc.nat(30), isFinished: fc.boolean() }), { maxLength: 30 });

  it('never rises, stays between 0 and 1, and is the plain share while nothing is censored', () => {
    fc.assert(
      fc.property(durations, fc.nat(35), (some, day) => {
        const survival = kaplanMeier(some);
        expect(survival.at(day + 1)).toBeLessThanOrEqual(survival.at(day));
        expect(survival.at(day)).toBeGreaterThanOrEqual(0);
        expect(survival.at(day)).toBeLessThanOrEqual(1);
        const all = some.map(({ days }) => ({ days, isFinished: true }));
        if (all.length === 0) return;
        const longer = all.filter(({ days }) => days > day).length;
        expect(kaplanMeier(all).at(day)).toBeCloseTo(longer / all.length, 12);
      }),
    );
  });

  it('is never shorter than what the finished items alone would say', () => {
    fc.assert(
      fc.property(durations, fc.nat(35), (some, day) => {
        const finished = some.filter(({ isFinished }) => isFinished);
        if (finished.length === 0) return;
        expect(kaplanMeier(some).at(day)).toBeGreaterThanOrEqual(kaplanMeier(finished).at(day) - 1e-12);
      }),
    );
  });
});

describe('cumulative flow (metrics.md 2.2)', () => {
  it('never falls, and no stage is above the one to its left', () => {
    fc.assert(
      fc.property(randomProject, fc.nat(24 * 120), (project, hour) => {
        const { cumulativeFlow } = measureFlow(viewAsOf(project.known(hour), hourAt(hour), aCalendar()));
        const { counts = [], weeks = [] } = cumulativeFlow.value ?? {};
        counts.forEach((line, stage) => {
          expect(line).toHaveLength(weeks.length);
          line.forEach((count, week) => {
            expect(count).toBeGreaterThanOrEqual(line[week - 1] ?? 0);
            expect(count).toBeLessThanOrEqual(counts[stage - 1]?.[week] ?? Infinity);
          });
        });
      }),
      { numRuns: 100 },
    );
  });

  it('keeps an item where it had been when it moves back, and follows the columns of the one board', () => {
    const item = aPast(
      { key: 'APO-1', createdAt: at('2026-06-01') },
      statusMoves(statuses.toDo, ['2026-06-09', statuses.review], ['2026-06-10', statuses.toDo]),
    );
    const board = {
      id: '1',
      name: 'Board',
      columns: [
        { name: 'To Do', statusIds: ['1'] },
        { name: 'Doing', statusIds: ['2', '3'] },
        { name: 'Done', statusIds: ['4'] },
      ],
    };
    const history = aHistory({ items: [item], boards: [[{ at: at('2026-06-01'), value: board }]] });
    const { cumulativeFlow } = measureFlow(viewAsOf(history, at('2026-06-30'), aCalendar()));
    expect(cumulativeFlow.value).toEqual({
      stages: ['created', 'To Do', 'Doing', 'Done'],
      weeks: ['2026-06-01', '2026-06-08', '2026-06-15', '2026-06-22'],
      counts: [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
        [0, 1, 1, 1],
        [0, 0, 0, 0],
      ],
    });
  });
});

const flow = (items: readonly ItemHistory[], asOf: string) =>
  measureFlow(viewAsOf(aHistory({ items, settings: settings() }), at(asOf), aCalendar()));
const summary = ({ value, n, flags }: Figure) => ({ value, n, flags });

describe('starts against finishes', () => {
  /** Each started on the first and finished on the second of these days of June. */
  const items = (...spans: readonly (readonly [number, number])[]) =>
    spans.map(([start, end], index) =>
      aDoneItem(`APO-${index + 1}`, {
        createdAt: '2026-06-01',
        startedAt: `2026-06-${String(start).padStart(2, '0')}`,
        doneAt: `2026-06-${String(end).padStart(2, '0')}`,
      }),
    );

  it('are both counted by week, and flagged when more is begun than ended in each of four weeks', () => {
    const four = [1, 8, 15, 22].flatMap((monday) => [[monday, monday + 1] as const, [monday + 2, 30] as const]);
    const figures = flow(items(...four), '2026-06-29');
    expect(figures.netFlowPerWeek.value?.weeks).toEqual([1, 1, 1, 1]);
    expect(summary(figures.arrivalDepartureRatio)).toEqual({ value: 2, n: 12, flags: ['wipBuilding'] });
  });

  it('are as sure as they are many, however old the project is', () => {
    const month = ['02', '09', '16', '23'].map((day, index) =>
      aDoneItem(`APO-${index + 1}`, {
        createdAt: '2025-01-01',
        startedAt: `2026-06-${day}`,
        doneAt: `2026-06-${day}`,
      }),
    );
    const { throughputPerWeek, arrivalDepartureRatio } = flow(month, '2026-06-29');
    expect([throughputPerWeek.grade, arrivalDepartureRatio.n, arrivalDepartureRatio.grade]).toEqual(['A', 8, 'C']);
    expect(flow(month, '2026-09-28').arrivalDepartureRatio).toMatchObject({ value: null, n: 0, grade: 'D' });
  });

  it('say nothing before four weeks are over, nor without a finish', () => {
    expect(flow(items([1, 2]), '2026-06-22').arrivalDepartureRatio.value).toBeNull();
    expect(summary(flow(items([1, 30]), '2026-06-29').arrivalDepartureRatio)).toEqual({
      value: null,
      n: 1,
      flags: ['noItems'],
    });
  });
});

describe('what is left out (metrics.md 2.8)', () => {
  it('is counted with its reason, and above 15 % the figure is C at best', () => {
    const day = (number: number) => `2026-06-${String(number).padStart(2, '0')}`;
    const done = Array.from({ length: 16 }, (_, index) =>
      aDoneItem(`APO-${index + 1}`, {
        createdAt: '2026-06-01',
        ...(index < 12 ? { startedAt: day(2) } : {}),
        doneAt: day(index + 3),
      }),
    );
    const { cycleTimeDays } = flow(done, '2026-06-30');
    expect(cycleTimeDays).toMatchObject({ n: 12, grade: 'C', exclusions: [{ reason: 'neverStarted', n: 4 }] });
  });
});

describe('defects', () => {
  const bug = (key: string, createdAt: string, affects: readonly string[] = []) =>
    aPast({ key, createdAt: at(createdAt), type: { ...types.story, name: 'bug' }, affectsVersionIds: affects });
  const released = {
    id: '9',
    name: '1.0',
    projectKey: 'APO',
    startOn: null,
    releaseOn: '2026-02-02',
    isReleased: true,
    isArchived: false,
  } as const;

  it('escape when they come up after the release that they affect, in its first 90 days', () => {
    const items = [
      bug('APO-1', '2026-01-20', ['9']),
      bug('APO-2', '2026-02-20', ['9']),
      bug('APO-3', '2026-05-20', ['9']),
      bug('APO-4', '2026-02-20'),
    ];
    const history = aHistory({ items, versions: [[{ at: at('2026-02-02'), value: released }]] });
    const { defectEscapeRate } = measureFlow(viewAsOf(history, at('2026-06-30'), aCalendar()));
    expect(defectEscapeRate).toMatchObject({ value: 0.5, n: 2, evidence: ['APO-2'] });
  });

  it('are unknown where no bug names a version, and where there are no bugs', () => {
    const history = aHistory({
      items: [bug('APO-4', '2026-02-20')],
      versions: [[{ at: at('2026-02-02'), value: released }]],
    });
    expect(measureFlow(viewAsOf(history, at('2026-06-30'), aCalendar())).defectEscapeRate).toMatchObject({
      value: null,
      flags: ['noAffectedVersion'],
    });
    const done = aDoneItem('APO-1', { createdAt: '2026-06-01', startedAt: '2026-06-02', doneAt: '2026-06-20' });
    expect(summary(flow([done], '2026-06-30').defectsPer100Done)).toEqual({ value: null, n: 1, flags: ['noBugType'] });
    expect(flow([done, bug('APO-2', '2026-06-20')], '2026-06-30').defectsPer100Done.value).toBe(100);
  });
});
