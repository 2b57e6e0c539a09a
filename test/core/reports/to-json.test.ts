import { describe, expect, it } from 'vitest';
import { createFinding } from '../../../src/core/findings/create-finding.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { itemTimes } from '../../../src/core/metrics/flow/item-times.ts';
import { measure } from '../../../src/core/metrics/measure.ts';
import { toJson } from '../../../src/core/reports/to-json.ts';
import { aCalendar, aDoneItem, aHistory, aPast, aSprint, at, changes } from '../../builders.ts';

const history = aHistory({
  items: [
    aDoneItem(
      'APO-1',
      { createdAt: '2026-03-02', startedAt: '2026-03-03', doneAt: '2026-03-04' },
      { sprintIds: ['31'] },
    ),
    aPast(
      { key: 'APO-2', createdAt: at('2026-03-02'), dueOn: '2026-05-29' },
      changes(['2026-03-20', 'dueOn', '2026-04-30', '2026-05-29']),
    ),
  ],
  sprints: [
    [
      {
        at: at('2026-03-01'),
        value: aSprint({ id: '31', name: 'Sprint 31', activatedAt: at('2026-03-02T08:00:00Z') }),
      },
    ],
    [{ at: at('2026-03-01'), value: aSprint({ id: 'S-9', state: 'future' }) }],
  ],
  pulls: [{ source: 'jira', startedAt: at('2026-03-30'), endedAt: at('2026-03-31'), outcome: 'done', error: null }],
});
const view = viewAsOf(history, at('2026-04-01T08:30:00Z'), aCalendar());
const metrics = measure(view);
const finding = createFinding({
  rule: 'X',
  severity: 'low',
  subject: 'APO-2',
  facts: { days: 3 },
  evidence: ['APO-2'],
});
const json = toJson(metrics, { findings: [finding], items: itemTimes(view) });

/** The public contract of calculations.md: what it lists has to be there, in this shape. */
describe('vigie metrics --json', () => {
  it('says what it is about, in ISO instants', () => {
    expect(json).toMatchObject({ project: 'APOLLO', asOf: '2026-04-01T08:30:00.000Z', definitions: '1.0.0' });
    expect(json.trust).toEqual({
      dataAt: '2026-03-31T12:00:00.000Z',
      items: 2,
      complete: true,
      unmappedStatuses: [],
      truncatedHistories: 0,
      setAside: 0,
      failedSources: [],
      lateFacts: 0,
    });
  });

  it.each([
    ['cycleTimeDays', 'day'],
    ['leadTimeDays', 'day'],
    ['ageDays', 'day'],
    ['throughputPerWeek', 'item/week'],
    ['wip', 'item'],
    ['reopenRate', 'ratio'],
  ] as const)('has the figure %s with all that is needed to believe it', (name, unit) => {
    const figure = json.figures[name];
    expect(Object.keys(figure).sort()).toEqual(['evidence', 'flags', 'grade', 'n', 'unit', 'value', 'window']);
    expect(figure.unit).toBe(unit);
  });

  it('writes values and windows as listed', () => {
    expect(json.figures.cycleTimeDays).toMatchObject({ value: { p50: 2, p85: 2, p95: 2 }, evidence: ['APO-1'] });
    expect(json.figures.throughputPerWeek).toMatchObject({
      value: { median: 0, weeks: [1, 0, 0, 0] },
      window: { from: '2026-03-02T00:00:00.000Z', to: '2026-03-30T00:00:00.000Z' },
    });
  });

  it.each([
    'deploymentsPerWeek',
    'deploymentDaysPerWeek',
    'changeLeadTimeHours',
    'changeFailRate',
    'recoveryHours',
    'reworkRate',
  ] as const)('%s is not collected, which is neither zero nor missing', (name) => {
    expect(json.figures[name]).toMatchObject({ value: null, n: 0, grade: 'D', flags: ['notCollected'], evidence: [] });
  });

  it('gives milestones with their ledger and the colours of both clocks', () => {
    expect(json.milestones).toMatchObject([
      {
        id: 'APO-2',
        name: 'Work on APO-2',
        committedOn: '2026-04-30',
        currentOn: '2026-05-29',
        moves: [{ at: '2026-03-20T12:00:00.000Z', by: null, from: '2026-04-30', to: '2026-05-29', workingDays: 21 }],
        health: { baseline: expect.stringMatching(/^(green|amber|red|unknown)$/), reasons: expect.any(Array) },
      },
    ]);
    expect(Object.keys(json.milestones[0]!.forecast!)).toEqual(['p50', 'p85', 'p95']);
  });

  it('gives sprints with the totals of `calc sprint`, numbered as in the tool', () => {
    expect(json.sprints).toMatchObject([
      { id: 31, name: 'Sprint 31', state: 'active', activatedAt: '2026-03-02T08:00:00.000Z', completedAt: null },
      { id: 'S-9', state: 'future', activatedAt: null, totals: null },
    ]);
    expect(Object.keys(json.sprints[0]!.totals!)).toEqual([
      'committed',
      'added',
      'removed',
      'completed',
      'notCompleted',
      'completedOutside',
      'sayDo',
      'deliveryRatio',
      'scopeChange',
    ]);
  });

  it('gives findings without what is ours alone', () => {
    expect(json.findings).toEqual([
      { rule: 'X', severity: 'low', subject: 'APO-2', facts: { days: 3 }, reasons: [], evidence: ['APO-2'] },
    ]);
  });

  it('gives the items when asked', () => {
    expect(json.items).toEqual([
      {
        key: 'APO-1',
        startedAt: '2026-03-03T12:00:00.000Z',
        doneAt: '2026-03-04T12:00:00.000Z',
        cycleTimeDays: 2,
      },
      { key: 'APO-2', startedAt: null, doneAt: null, cycleTimeDays: null },
    ]);
    expect(toJson(metrics, { findings: [], items: null })).not.toHaveProperty('items');
  });

  it('is plain JSON: nothing is lost on the way', () => {
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});
