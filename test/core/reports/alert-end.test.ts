import { describe, expect, it } from 'vitest';
import { alertEnd } from '../../../src/core/reports/alert-end.ts';
import { aDoneItem, aSprint, at } from '../../builders.ts';
import { aDatedVersion, aTeam, anOpenItem, inputAt } from '../findings/rule-rig.ts';

const start = at('2026-05-11T08:00:00Z');
const sprint = aSprint({
  state: 'closed',
  startAt: start,
  activatedAt: start,
  endAt: at('2026-05-22T16:00:00Z'),
  completedAt: at('2026-05-22T16:00:00Z'),
});
const inSprint = { sprintIds: ['7'], createdAt: at('2026-05-01T08:00:00Z') };
const times = { createdAt: '2026-05-01T08:00:00Z', startedAt: '2026-05-12T08:00:00Z', doneAt: '2026-05-20T08:00:00Z' };
const { view, metrics } = inputAt({
  items: [
    ...aTeam(),
    aDoneItem('APO-1', times, { sprintIds: ['7'] }),
    anOpenItem('APO-2', [], inSprint),
    anOpenItem('APO-3', [], { fixVersionIds: ['900'] }),
  ],
  versions: [aDatedVersion('2026-06-12')],
  sprints: [[{ at: start, value: sprint }]],
});
const endOf = (rule: Parameters<typeof alertEnd>[0]['rule'], subject: string) =>
  alertEnd({ rule, subject }, { view, metrics });

describe('how the subject of an alert stands when it is over', () => {
  it.each([
    ['PROMISE_GAP', '900', { kind: 'milestone', currentOn: '2026-06-12', finishedOn: null, openItems: 1 }],
    ['SPRINT_AT_RISK', '7', { kind: 'sprint', done: 1, open: 1 }],
    ['WORK_STALLED', 'APO-1', { kind: 'item', finishedOn: '2026-05-20', status: 'Done' }],
    ['WORK_STALLED', 'APO-2', { kind: 'item', finishedOn: null, status: 'To Do' }],
  ] as const)('%s of %s', (rule, subject, expected) => {
    expect(endOf(rule, subject)).toMatchObject(expected);
  });

  it('tells the chance of missing the date as it is now', () => {
    expect(endOf('PROMISE_GAP', '900')).toMatchObject({ lateChance: expect.closeTo(0, 1), p85On: expect.any(String) });
  });

  it.each([
    ['PROMISE_GAP', '901'],
    ['SPRINT_AT_RISK', '8'],
    ['WORK_STALLED', 'APO-99'],
    ['DELIVERY_DEGRADED', 'shop'],
  ] as const)('is not known of %s %s', (rule, subject) => {
    expect(endOf(rule, subject)).toBeNull();
  });
});
