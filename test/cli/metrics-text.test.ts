import { expect, it } from 'vitest';
import { metricsText } from '../../src/cli/metrics-text.ts';
import type { MetricsJson } from '../../src/core/reports/to-json.ts';

const open = {
  state: 'open',
  committedOn: null,
  currentOn: '2026-12-18',
  finishedOn: null,
  replans: 0,
  slipCommitted: null,
  openItems: 3,
  forecast: null,
  noForecast: null,
  health: { baseline: 'unknown', current: 'unknown' },
};

const metrics = {
  project: 'APOLLO',
  asOf: '2026-11-30T21:00:00.000Z',
  definitions: '1.0.0',
  trust: {
    dataAt: null,
    items: 0,
    complete: true,
    unmappedStatuses: [],
    truncatedHistories: 0,
    setAside: 0,
    failedSources: [],
    lateFacts: 0,
  },
  figures: {},
  milestones: [
    { ...open, id: '10218', key: null, name: '1.4 Settlement and everything that has to do with it' },
    { ...open, id: 'APO-7', key: 'APO-7', name: 'An epic with a date' },
  ],
  sprints: [{ id: 211, name: 'Sprint 53', state: 'active', totals: null, grade: 'A' }],
  findings: [
    {
      rule: 'PROMISE_GAP',
      severity: 'high',
      subject: '10218',
      facts: {
        milestone: '1.4 Settlement and everything that has to do with it',
        dueOn: '2026-12-18',
        probability: 0.21422268639887698,
      },
    },
    { rule: 'SPRINT_AT_RISK', severity: 'medium', subject: '211', facts: { sprint: 'Sprint 53', items: 19 } },
    { rule: 'AGED_WIP', severity: 'high', subject: 'APO-214', facts: { ageDays: 76, status: 'In Progress' } },
    { rule: 'UNOWNED', severity: 'low', subject: 'APO-7', facts: { milestone: '1.4' } },
  ],
} as unknown as MetricsJson;

it('tells findings by the names that people know, with rounded numbers, and marks what is cut', () => {
  const findings = metricsText(metrics, 'UTC').split('\n').slice(-6, -1);
  expect(findings.map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
    'finding | severity | subject | facts',
    'PROMISE_GAP | high | 1.4 Settlement and everything that has to do wi… | dueOn 2026-12-18, probability 0.21',
    'SPRINT_AT_RISK | medium | Sprint 53 | items 19',
    'AGED_WIP | high | APO-214 | ageDays 76, status In Progress',
    'UNOWNED | low | APO-7 | milestone 1.4',
  ]);
});
