import { describe, expect, it } from 'vitest';
import type { AlertSignal } from '../../../src/core/alerts/alert.ts';
import { createOutcomeOf } from '../../../src/core/backtest/alert-outcome.ts';
import type { ChangeField } from '../../../src/core/model/change.ts';
import type { ProjectHistory } from '../../../src/core/model/project.ts';
import type { WorkItem } from '../../../src/core/model/work-item.ts';
import { aSignal } from '../alerts/alert-rig.ts';
import { aDatedVersion, aTeam, anOpenItem, seen } from '../findings/rule-rig.ts';
import { aCalendar, aHistory, aPast, aSprint, at, changes, statuses, statusMoves } from '../../builders.ts';

const calendar = aCalendar();
const raised = { on: '2026-06-01', at: at('2026-06-01T08:30:00Z') } as const;

function outcomeOf(parts: Partial<ProjectHistory>, signal: Partial<AlertSignal>, until = '2026-09-01') {
  const { outcome, noticeWorkingDays } = createOutcomeOf(aHistory(parts), calendar, at(until))(aSignal(signal), raised);
  return [outcome.isRight, outcome.code, outcome.on, noticeWorkingDays].join(' ');
}

type Move = readonly [when: string, field: ChangeField, from: string | null, to: string | null];

describe('an item at risk', () => {
  const item = (moves: readonly Move[], doneOn: string | null = null, parts: Partial<WorkItem> = {}) => {
    const done = doneOn === null ? [] : statusMoves(statuses.toDo, [doneOn, statuses.done]);
    return aPast(
      { key: 'APO-1', createdAt: at('2026-05-01'), status: doneOn === null ? statuses.toDo : statuses.done, ...parts },
      [...changes(...moves), ...done],
    );
  };
  const due = { dueOn: '2026-06-12' as const };
  const signal: Partial<AlertSignal> = { rule: 'ITEM_AT_RISK', subject: 'APO-1', dueOn: '2026-06-12' };

  it.each([
    ['done in time', item([], '2026-06-12', due), 'false FINISHED_IN_TIME 2026-06-12 9'],
    ['done late', item([], '2026-06-15', due), 'true FINISHED_LATE 2026-06-15 9'],
    ['never done', item([], null, due), 'true STILL_OPEN 2026-09-01 9'],
    [
      'put off',
      item([['2026-06-08', 'dueOn', '2026-06-12', '2026-07-31']], '2026-06-15', { dueOn: '2026-07-31' }),
      'true MOVED_OUT 2026-06-08 9',
    ],
    [
      'put off after it was done',
      item([['2026-06-15', 'dueOn', '2026-06-12', '2026-07-31']], '2026-06-11', { dueOn: '2026-07-31' }),
      'false FINISHED_IN_TIME 2026-06-11 9',
    ],
  ])('%s', (_, one, expected) => {
    expect(outcomeOf({ items: [one] }, signal)).toBe(expected);
  });

  it('is not yet known before the date, and never of what nobody has', () => {
    expect(outcomeOf({ items: [item([], null, due)] }, signal, '2026-06-10')).toBe(' NOT_YET  9');
    expect(outcomeOf({ items: [] }, signal)).toBe(' NOT_KNOWN  9');
  });

  it('without a date it is held to the release for which it was planned then', () => {
    const planned = { fixVersionIds: ['900'] };
    const released = seen(['2026-08-31', { releaseOn: '2026-06-12', isReleased: true }]);
    const undated = { ...signal, dueOn: null };
    const kept = { items: [item([], '2026-06-10', planned)], versions: [released] };
    expect(outcomeOf(kept, undated)).toBe('false FINISHED_IN_TIME 2026-06-10 9');
    expect(outcomeOf({ ...kept, items: [item([], '2026-06-22', planned)] }, undated)).toBe(
      'true FINISHED_LATE 2026-06-22 9',
    );
    const left = item([['2026-06-08', 'fixVersion', '900', '901']], '2026-06-10', { fixVersionIds: ['901'] });
    expect(outcomeOf({ ...kept, items: [left] }, undated)).toBe('true MOVED_OUT 2026-06-08 9');
  });
});

describe('a sprint at risk', () => {
  const start = at('2026-05-25T08:00:00Z');
  const sprint = aSprint({ id: '7', startAt: start, activatedAt: start, endAt: at('2026-06-05T16:00:00Z') });
  const closed = { ...sprint, state: 'closed' as const, completedAt: at('2026-06-05T16:00:00Z') };
  const members = (done: number) =>
    Array.from({ length: 5 }, (_, index) =>
      aPast(
        { key: `APO-${index + 1}`, sprintIds: ['7'], status: index < done ? statuses.done : statuses.toDo },
        index < done ? statusMoves(statuses.toDo, ['2026-06-04', statuses.done]) : [],
      ),
    );
  const signal: Partial<AlertSignal> = { rule: 'SPRINT_AT_RISK', subject: '7', dueOn: '2026-06-05' };

  it.each([
    [3, 'true LITTLE_DONE 2026-06-05 4'],
    [4, 'false ENOUGH_DONE 2026-06-05 4'],
  ])('with %i of 5 kept', (done, expected) => {
    expect(outcomeOf({ items: members(done), sprints: [[{ at: start, value: closed }]] }, signal)).toBe(expected);
  });

  it('is not yet known while it runs, nor at all without it', () => {
    expect(outcomeOf({ items: members(3), sprints: [[{ at: start, value: sprint }]] }, signal, '2026-06-04')).toMatch(
      'NOT_YET',
    );
    expect(outcomeOf({ items: members(3) }, signal)).toMatch('NOT_KNOWN');
  });
});

it('work that moved and is still blocked after a week was rightly said to stand still', () => {
  const moves = [
    ['2026-05-11', statuses.doing],
    ['2026-06-03', statuses.review],
  ] as const;
  const signal: Partial<AlertSignal> = { rule: 'WORK_STALLED', subject: 'APO-1', dueOn: null };
  const outcome = (isFlagged: boolean) =>
    outcomeOf({ items: [...aTeam(), anOpenItem('APO-1', moves, { isFlagged })] }, signal);
  expect(outcome(true)).toBe('true STILL_BLOCKED 2026-06-08 ');
  expect(outcome(false)).toBe('false MOVED_ON 2026-06-03 ');
});

it('a fact gives no notice', () => {
  const signal: Partial<AlertSignal> = { rule: 'MILESTONE_SLIPPED', subject: '900', dueOn: '2026-05-29' };
  const items = [anOpenItem('APO-1', [], { fixVersionIds: ['900'] })];
  expect(outcomeOf({ items, versions: [aDatedVersion('2026-05-29')] }, signal)).toBe('true STILL_OPEN 2026-09-01 ');
});

it('knows nothing of an empty project', () => {
  const answer = createOutcomeOf(aHistory(), calendar, -Infinity)(aSignal(), raised);
  expect(answer).toEqual({ outcome: { isRight: null, code: 'NOT_KNOWN', on: null }, noticeWorkingDays: null });
});
