import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { measureSlip } from '../../../../src/core/metrics/milestones/slip.ts';
import type { SlipInput } from '../../../../src/core/metrics/milestones/slip.ts';
import { createCalendar } from '../../../../src/core/time/calendar.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { parseInstant } from '../../../../src/core/time/instant.ts';
import { openZone } from '../../../../src/core/time/zone.ts';

const calendar = createCalendar({ zone: openZone('UTC') });
const at = (text: string) => parseInstant(text.length === 10 ? `${text}T09:00Z` : text)!;

/** The date history of T7 unless said otherwise. */
function slipOf({ history, ...rest }: { history?: [string, Day | null][] } & Partial<Omit<SlipInput, 'history'>> = {}) {
  const dates = history ?? [
    ['2026-03-02', '2026-06-30'],
    ['2026-04-15', '2026-07-15'],
    ['2026-05-20', '2026-07-10'],
    ['2026-06-25', '2026-07-31'],
  ];
  return measureSlip(
    {
      history: dates.map(([when, on]) => ({ at: at(when), on })),
      startOn: '2026-03-02',
      finishedOn: '2026-08-05',
      asOf: at('2026-08-10'),
      ...rest,
    },
    calendar,
  );
}
const distances = (slip: ReturnType<typeof slipOf>) => slip.moves.map(({ workingDays }) => workingDays);

describe('T7', () => {
  const slip = slipOf();
  it('gives every number of the vector', () => {
    expect(slip).toMatchObject({
      committedOn: '2026-06-30',
      currentOn: '2026-07-31',
      slipCommitted: 26,
      slipLast: 3,
      replanGloss: 23,
      churn: 29,
      replans: 3,
      replansLater: 2,
      replansEarlier: 1,
      lastNotice: 11,
      flags: [],
    });
    expect(distances(slip)).toEqual([11, -3, 15]);
    expect(slip.relativeSlip).toBeCloseTo(0.302326, 6);
    expect(slip.volatility).toBeCloseTo(1.2609, 4);
  });
  it('is the same from a history in any order', () => {
    const reversed = [
      ['2026-06-25', '2026-07-31'],
      ['2026-05-20', '2026-07-10'],
      ['2026-04-15', '2026-07-15'],
      ['2026-03-02', '2026-06-30'],
    ] as [string, Day][];
    expect(slipOf({ history: reversed })).toEqual(slip);
  });
  it.each([
    [
      'before the first move',
      '2026-04-10',
      { slipCommitted: 0, slipLast: 0, replanGloss: 0, replans: 0, lastNotice: null, volatility: 0, churn: 0 },
    ],
    [
      'after the first move',
      '2026-05-01',
      { slipCommitted: 11, slipLast: 0, replanGloss: 11, replans: 1, lastNotice: 54, volatility: 1 },
    ],
    ['the last date has passed', '2026-08-04', { slipCommitted: 25, slipLast: 2, replanGloss: 23, flags: ['overdue'] }],
    ['on the day of the finish', '2026-08-05', { slipCommitted: 26, slipLast: 3, flags: [] }],
    [
      'before the date was set',
      '2026-03-01',
      {
        committedOn: null,
        slipCommitted: null,
        slipLast: null,
        volatility: null,
        relativeSlip: null,
        flags: ['undated'],
      },
    ],
  ])('as of %s nothing later is known', (_, asOf, expected) => {
    expect(slipOf({ asOf: at(asOf) })).toMatchObject(expected);
  });
});

it('ends with the work: a date that is moved after the finish was not planned anew', () => {
  const history: [string, Day][] = [
    ['2026-03-02', '2026-06-30'],
    ['2026-07-15', '2026-07-20'],
  ];
  expect(slipOf({ history, finishedOn: '2026-07-01' })).toMatchObject({
    currentOn: '2026-06-30',
    slipCommitted: 1,
    slipLast: 1,
    replans: 0,
    moves: [],
    flags: [],
  });
  expect(slipOf({ history, finishedOn: null }).replans).toBe(1);
  // Set for the first time when all was done: that is what there is to go by.
  expect(slipOf({ history: [['2026-07-15', '2026-07-20']], finishedOn: '2026-07-01' }).committedOn).toBe('2026-07-20');
});

describe('the promise', () => {
  it('is the date in force 24 hours after the first one: earlier changes are corrections', () => {
    const history: [string, Day][] = [
      ['2026-03-02T09:00Z', '2025-06-30'],
      ['2026-03-02T09:05Z', '2026-06-30'],
      ['2026-03-03T08:59Z', '2026-07-01'],
      ['2026-03-03T09:00Z', '2026-07-02'],
      ['2026-03-03T09:01Z', '2026-07-03'],
    ];
    expect(slipOf({ history, finishedOn: null })).toMatchObject({
      committedOn: '2026-07-02',
      replans: 1,
      moves: [{ at: at('2026-03-03T09:01Z'), workingDays: 1 }],
      flags: ['overdue'],
    });
    expect(slipOf({ history, finishedOn: null, asOf: at('2026-03-03T08:59:30Z') })).toMatchObject({
      committedOn: null,
      currentOn: '2026-07-01',
      flags: ['settling'],
    });
    expect(slipOf({ history, finishedOn: null, asOf: at('2026-03-03T09:00Z') })).toMatchObject({
      committedOn: '2026-07-02',
      replans: 0,
    });
  });
  it('comes earlier by a commitment, if there was a date', () => {
    const history: [string, Day][] = [
      ['2026-03-02T09:00Z', '2026-06-30'],
      ['2026-03-02T12:00Z', '2026-07-07'],
    ];
    const commit = (when: string) =>
      slipOf({ history, commitments: [at(when)], finishedOn: null, asOf: at('2026-04-01') });
    expect(commit('2026-03-02T10:00Z')).toMatchObject({ committedOn: '2026-06-30', replans: 1, replansLater: 1 });
    expect(commit('2026-03-01T10:00Z')).toMatchObject({ committedOn: '2026-07-07', replans: 0 });
    expect(commit('2026-03-20T10:00Z')).toMatchObject({ committedOn: '2026-07-07', replans: 0 });
  });
  it('is not made by a date that was taken back at once', () => {
    const history: [string, Day | null][] = [
      ['2026-03-02T09:00Z', '2026-06-30'],
      ['2026-03-02T10:00Z', null],
      ['2026-03-20T09:00Z', '2026-09-30'],
    ];
    expect(slipOf({ history, finishedOn: null, asOf: at('2026-04-20') })).toMatchObject({
      committedOn: '2026-09-30',
      replans: 0,
    });
    expect(slipOf({ history, finishedOn: null, asOf: at('2026-03-10') })).toMatchObject({
      committedOn: null,
      flags: ['undated'],
    });
  });
  it('may be born late, or late to the work', () => {
    expect(slipOf({ history: [['2026-07-01', '2026-06-30']], startOn: null }).flags).toEqual(['bornLate']);
    expect(slipOf({ history: [['2026-06-01', '2026-06-30']] }).flags).toEqual(['lateCommit']);
    expect(slipOf({ history: [['2026-06-30', '2026-06-30']], startOn: '2026-06-30' }).flags).toEqual([]);
  });
  it('knows no relative slip when the start is unknown or does not come before it', () => {
    for (const startOn of [null, '2026-06-30', '2026-07-20'] as const)
      expect(slipOf({ startOn }).relativeSlip).toBeNull();
  });
});

describe('moves', () => {
  it('within 24 hours of one another are one, with its net effect', () => {
    const history: [string, Day][] = [
      ['2026-03-02T09:00Z', '2026-06-30'],
      ['2026-04-15T09:00Z', '2026-08-31'],
      ['2026-04-16T08:00Z', '2026-07-01'],
      // 23 hours after the change before, 46 after the first.
      ['2026-04-17T07:00Z', '2026-07-02'],
      // 24 hours and a minute after: on its own.
      ['2026-04-18T07:01Z', '2026-07-03'],
    ];
    const slip = slipOf({ history });
    expect(slip.moves).toMatchObject([
      { at: at('2026-04-15T09:00Z'), from: '2026-06-30', to: '2026-07-02', workingDays: 2, noticeWorkingDays: 54 },
      { from: '2026-07-02', to: '2026-07-03', workingDays: 1 },
    ]);
    expect(slip).toMatchObject({ churn: 3, replans: 2 });
  });
  it('that cancel out within 24 hours disappear', () => {
    const history: [string, Day][] = [
      ['2026-03-02', '2026-06-30'],
      ['2026-04-15T09:00Z', '2026-08-31'],
      ['2026-04-16T09:00Z', '2026-06-30'],
    ];
    expect(slipOf({ history })).toMatchObject({ moves: [], churn: 0, replans: 0, lastNotice: null, volatility: 0 });
  });
  it('there and back over a week are a zig-zag', () => {
    const history: [string, Day][] = [
      ['2026-03-02', '2026-06-30'],
      ['2026-04-15', '2026-07-14'],
      ['2026-04-22', '2026-06-30'],
    ];
    expect(slipOf({ history })).toMatchObject({
      churn: 20,
      replanGloss: 0,
      volatility: 20,
      replansLater: 1,
      replansEarlier: 1,
    });
  });
  it('said again are no moves, and do not tie others together', () => {
    const history: [string, Day][] = [
      ['2026-03-02', '2026-06-30'],
      ['2026-04-15', '2026-06-30'],
      ['2026-04-15T10:00Z', '2026-07-01'],
      ['2026-04-16T09:30Z', '2026-07-01'],
      ['2026-04-17T09:00Z', '2026-07-02'],
    ];
    expect(distances(slipOf({ history }))).toEqual([1, 1]);
  });
  it('over a weekend only are none', () => {
    const history: [string, Day][] = [
      ['2026-03-02', '2026-06-26'],
      ['2026-04-15', '2026-06-27'],
      ['2026-04-20', '2026-06-29'],
    ];
    expect(slipOf({ history })).toMatchObject({ replans: 1, churn: 1, replanGloss: 1 });
  });
  it('of half a day move the sum, not the count', () => {
    const half = createCalendar({ zone: openZone('UTC'), halfDays: ['2026-12-24'] });
    const slip = measureSlip(
      {
        history: [
          { at: at('2026-03-02'), on: '2026-12-23' },
          { at: at('2026-05-02'), on: '2026-12-24' },
        ],
        startOn: null,
        finishedOn: null,
        asOf: at('2026-06-01'),
      },
      half,
    );
    expect(slip).toMatchObject({ churn: 0.5, replans: 0, replanGloss: 0.5, slipCommitted: 0.5, volatility: 0.5 });
  });
  it('made after the date was missed have a notice below 0', () => {
    expect(
      slipOf({
        history: [
          ['2026-03-02', '2026-06-30'],
          ['2026-07-02', '2026-07-31'],
        ],
      }).lastNotice,
    ).toBe(-2);
  });
  it('keep who made them, in the day of the project’s zone', () => {
    const auckland = createCalendar({ zone: openZone('Pacific/Auckland') });
    const slip = measureSlip(
      {
        history: [
          { at: at('2026-03-02'), on: '2026-06-30' },
          { at: at('2026-06-28T13:00Z'), on: '2026-07-31', by: 'ann' },
        ],
        startOn: null,
        finishedOn: null,
        asOf: at('2026-07-30T13:00Z'),
      },
      auckland,
    );
    // 28 June 13:00 UTC is the 29th there; 30 July 13:00 UTC is the 31st: not overdue.
    expect(slip).toMatchObject({ lastNotice: 1, slipLast: 0, flags: [] });
    expect(slip.moves[0]!.by).toBe('ann');
  });
});

describe('a removed date', () => {
  const removed: [string, Day | null][] = [
    ['2026-03-02', '2026-06-30'],
    ['2026-05-20', null],
  ];
  it('is a re-plan, and leaves the slip unknown until the work is done', () => {
    expect(slipOf({ history: removed, finishedOn: null })).toMatchObject({
      committedOn: '2026-06-30',
      currentOn: null,
      slipCommitted: null,
      slipLast: null,
      replanGloss: null,
      volatility: null,
      relativeSlip: null,
      churn: 0,
      replans: 1,
      replansLater: 0,
      replansEarlier: 0,
      lastNotice: 29,
      flags: ['undated'],
      moves: [{ from: '2026-06-30', to: null, workingDays: null, noticeWorkingDays: 29 }],
    });
    expect(slipOf({ history: removed })).toMatchObject({ slipCommitted: 26, slipLast: null });
  });
  it('that comes back is measured against the one that was removed', () => {
    const slip = slipOf({
      history: [...removed, ['2026-06-10', '2026-07-15']],
      finishedOn: null,
      asOf: at('2026-06-20'),
    });
    expect(slip).toMatchObject({
      slipCommitted: 11,
      churn: 11,
      replans: 2,
      replansLater: 1,
      lastNotice: null,
      flags: [],
    });
    expect(slip.moves[1]).toMatchObject({ from: null, to: '2026-07-15', workingDays: 11, noticeWorkingDays: null });
  });
  it('that comes back as it was is no second re-plan', () => {
    expect(slipOf({ history: [...removed, ['2026-06-10', '2026-06-30']] })).toMatchObject({
      replans: 1,
      churn: 0,
      replanGloss: 0,
    });
  });
  it('and set anew within 24 hours is one move', () => {
    expect(slipOf({ history: [...removed, ['2026-05-21T08:00Z', '2026-07-15']] })).toMatchObject({
      replans: 1,
      replansLater: 1,
      churn: 11,
    });
  });
});

it('without any date nothing is claimed', () => {
  expect(slipOf({ history: [] })).toMatchObject({
    committedOn: null,
    slipCommitted: null,
    moves: [],
    churn: 0,
    volatility: null,
    replans: 0,
    flags: ['undated'],
  });
});

it('for any history: the moves add up to the gloss, and what comes later changes nothing', () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 300 })), { maxLength: 12 }),
      fc.integer({ min: 0, max: 4000 }),
      (sets, hours) => {
        const from = at('2026-01-01');
        const history = sets.map(([hour, day]) => ({
          at: from + hour * 3_600_000,
          on: calendar.add('2026-01-01', day + 1),
        }));
        const asOf = from + hours * 3_600_000;
        const slip = measureSlip({ history, startOn: null, finishedOn: null, asOf }, calendar);
        const moves = slip.moves.map(({ workingDays }) => workingDays!);
        const gloss = slip.committedOn === null ? 0 : slip.replanGloss;
        expect(moves.reduce((sum, move) => sum + move, 0)).toBe(gloss);
        expect(slip.churn).toBeGreaterThanOrEqual(Math.abs(slip.replanGloss ?? 0));
        expect(slip.replans).toBe(slip.replansLater + slip.replansEarlier);
        const known = history.filter(({ at }) => at <= asOf);
        expect(measureSlip({ history: known, startOn: null, finishedOn: null, asOf }, calendar)).toEqual(slip);
      },
    ),
  ));
