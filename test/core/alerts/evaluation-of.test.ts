import { describe, expect, it } from 'vitest';
import { evaluationOf } from '../../../src/core/alerts/evaluation-of.ts';
import type { ProjectPlan } from '../../../src/core/dependencies/plan.ts';
import type { ItemHistory, ProjectHistory } from '../../../src/core/model/project.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { aDatedVersion, aTeam, anOpenItem, find, inputAt, weekBefore } from '../findings/rule-rig.ts';
import { aDoneItem, aPast, aSprint, at, changes, statuses, types } from '../../builders.ts';

const { doing } = statuses;

function evaluate(parts: Partial<ProjectHistory>, asOf?: string) {
  return evaluationOf(inputAt(parts, { since: weekBefore, ...(asOf === undefined ? {} : { asOf }) }), 0);
}

const signalsOf = (parts: Partial<ProjectHistory>, asOf?: string) => evaluate(parts, asOf).signals;
const keysOf = (parts: Partial<ProjectHistory>, asOf?: string) => signalsOf(parts, asOf).map(({ key }) => key);
const openFor = (version: string, count: number) =>
  Array.from({ length: count }, (_, index) => anOpenItem(`APO-${index + 1}`, [], { fixVersionIds: [version] }));

describe('MILESTONE_SLIPPED', () => {
  const items = [...aTeam(), ...openFor('900', 2)];

  it.each([
    ['a date moved later last week', aDatedVersion('2026-07-03', ['2026-05-20', '2026-07-17']), '2026-07-03', 'medium'],
    ['moved at the last minute', aDatedVersion('2026-05-25', ['2026-05-22', '2026-07-17']), '2026-05-25', 'high'],
    ['a date that has passed', aDatedVersion('2026-05-22'), '2026-05-22', 'high'],
  ] as const)('tells %s', (_, version, dueOn, severity) => {
    const slipped = signalsOf({ items, versions: [version] }).filter(({ rule }) => rule === 'MILESTONE_SLIPPED');
    expect(slipped).toMatchObject([{ subject: '900', dueOn, severity, probability: 1, finding: { subject: '900' } }]);
    expect(slipped[0]!.facts).toHaveLength(1);
    expect(slipped[0]!.finding.evidence.length + Object.keys(slipped[0]!.finding.facts).length).toBeGreaterThan(0);
  });

  it.each([
    ['moved earlier', aDatedVersion('2026-07-31', ['2026-05-20', '2026-07-17'])],
    ['moved long ago', aDatedVersion('2026-07-03', ['2026-05-04', '2026-07-17'])],
  ])('is silent about a date %s', (_, version) => {
    expect(keysOf({ items, versions: [version] })).not.toContain('MILESTONE_SLIPPED:900:2026-07-03');
  });

  it('keeps one key while the date is missed and then moved', () => {
    const missed = aDatedVersion('2026-05-22');
    const moved = aDatedVersion('2026-05-22', ['2026-05-25', '2026-07-17']);
    const [before] = signalsOf({ items, versions: [missed] });
    const [after] = signalsOf({ items, versions: [moved] }, '2026-05-26T08:30:00Z');
    expect(after!.key).toBe(before!.key);
    expect(after!.facts).not.toEqual(before!.facts);
  });
});

describe('PROMISE_GAP', () => {
  it('takes the chance of missing the date in force, and that date', () => {
    const gaps = signalsOf({ items: [...aTeam(), ...openFor('900', 30)], versions: [aDatedVersion('2026-06-12')] });
    expect(gaps).toMatchObject([{ rule: 'PROMISE_GAP', subject: '900', dueOn: '2026-06-12', severity: 'high' }]);
    expect(gaps[0]!.probability).toBeGreaterThan(0.9);
    expect(gaps[0]!.finding.evidence).toHaveLength(30);
  });

  it('is not told of a gap to the first promise alone: that came with the move', () => {
    const moved = aDatedVersion('2026-05-29', ['2026-05-04', '2027-03-26']);
    expect(keysOf({ items: [...aTeam(), ...openFor('900', 6)], versions: [moved] })).toEqual([]);
  });

  it('is not known while there is no forecast that may be judged by', () => {
    const young = { items: [...aTeam({ weeks: 2 }), ...openFor('900', 3)], versions: [aDatedVersion('2026-06-12')] };
    expect(evaluate(young, '2026-01-20T08:30:00Z').isUnknown('PROMISE_GAP', '900')).toBe(true);
    const grown = { items: [...aTeam(), ...openFor('900', 3)], versions: [aDatedVersion('2026-06-12')] };
    expect(evaluate(grown).isUnknown('PROMISE_GAP', '900')).toBe(false);
  });

  it('knows a version as the parent of an epic that says the same', () => {
    const epic = anOpenItem('APO-500', [], { type: types.epic, dueOn: '2026-06-12', fixVersionIds: [] });
    const children = Array.from({ length: 30 }, (_, index) =>
      anOpenItem(`APO-${index + 1}`, [], { fixVersionIds: ['900'], parentKey: 'APO-500' }),
    );
    const gaps = signalsOf({ items: [...aTeam(), epic, ...children], versions: [aDatedVersion('2026-06-12')] });
    expect(gaps.map(({ subject, parents }) => [subject, parents])).toEqual(
      expect.arrayContaining([
        ['900', []],
        ['APO-500', ['900']],
      ]),
    );
  });
});

describe('WORK_STALLED', () => {
  it('makes one signal of an item that is blocked and untouched, with its promise and its parents', () => {
    const stuck = anOpenItem('APO-1', [['2026-05-11', doing]], { isFlagged: true, fixVersionIds: ['900'] });
    const found = signalsOf({ items: [...aTeam(), stuck], versions: [aDatedVersion('2026-06-12')] });
    expect(found.filter(({ rule }) => rule === 'WORK_STALLED')).toMatchObject([
      { key: 'WORK_STALLED:APO-1', dueOn: '2026-06-12', parents: ['900'], finding: { evidence: ['APO-1'] } },
    ]);
  });

  it('has no chance of its own while too few stays have ended', () => {
    const stuck = anOpenItem('APO-1', [['2026-05-11', doing]]);
    expect(signalsOf({ items: [...aTeam({ weeks: 3 }), stuck] })).toMatchObject([{ probability: null }]);
    expect(signalsOf({ items: [...aTeam(), stuck] })[0]!.probability).toBeTypeOf('number');
  });

  it('is silent about what nobody touched for a quarter, and calls it abandoned', () => {
    const old = anOpenItem('APO-1', [['2026-01-12', doing]]);
    const evaluation = evaluate({ items: [...aTeam(), old] });
    expect(evaluation.signals).toEqual([]);
    expect(evaluation.subjectState('WORK_STALLED', 'APO-1').state).toBe('abandoned');
  });
});

describe('SCOPE_GROWTH', () => {
  it('gives the chance of being late, so that growth that can be borne is no alert', () => {
    const late = Array.from({ length: 12 }, (_, index) =>
      anOpenItem(`APO-${index + 50}`, [], { fixVersionIds: ['900'], createdAt: at('2026-05-21T08:00:00Z') }),
    );
    const grown = (on: '2026-06-01' | '2026-12-18') =>
      signalsOf({ items: [...aTeam(), ...openFor('900', 8), ...late], versions: [aDatedVersion(on)] }).find(
        ({ rule }) => rule === 'SCOPE_GROWTH',
      );
    expect(grown('2026-06-01')!.probability).toBeGreaterThan(0.9);
    expect(grown('2026-12-18')!.probability).toBeLessThan(0.1);
  });
});

describe('SPRINT_AT_RISK', () => {
  /** Two-week sprints of four items; of the first ones `kept` were done on the last day. */
  function sprints(kept: number) {
    const starts = ['2026-03-02', '2026-03-16', '2026-03-30', '2026-04-13', '2026-04-27', '2026-05-11'] as const;
    const items = starts.flatMap((from, number) =>
      Array.from({ length: 4 }, (_, index) => {
        const key = `APO-${number * 10 + index + 1}`;
        const parts = { sprintIds: [String(number)], assignee: 'someone' };
        const doneOn = at(`${from}T12:00:00Z`) + 10 * 86_400_000;
        return index < kept
          ? aDoneItem(key, { createdAt: '2026-02-02', doneAt: new Date(doneOn).toISOString() }, parts)
          : anOpenItem(key, [], { ...parts, createdAt: at('2026-02-02') });
      }),
    );
    const running = Array.from({ length: 20 }, (_, index) =>
      anOpenItem(`APO-${index + 100}`, [], { sprintIds: ['9'], createdAt: at('2026-05-20') }),
    );
    const of = (id: string, from: string, state: 'active' | 'closed') => {
      const start = at(`${from}T08:00:00Z`);
      const end = start + 11 * 86_400_000;
      const sprint = aSprint({ id, name: id, state, startAt: start, activatedAt: start, endAt: end });
      return [{ at: start, value: state === 'closed' ? { ...sprint, completedAt: end } : sprint }];
    };
    return {
      items: [...aTeam({ perWeek: 1 }), ...items, ...running],
      sprints: [...starts.map((from, number) => of(String(number), from, 'closed')), of('9', '2026-05-22', 'active')],
    };
  }

  it.each([
    [4, 1 / 8],
    [2, 7 / 8],
  ])('with %i of 4 kept in all past sprints it is %f', (kept, chance) => {
    const [signal] = signalsOf(sprints(kept)).filter(({ rule }) => rule === 'SPRINT_AT_RISK');
    expect(signal).toMatchObject({ subject: '9', dueOn: '2026-06-02' });
    expect(signal!.probability).toBeCloseTo(chance, 10);
  });

  const oddsOf = (parts: Partial<ProjectHistory>) =>
    signalsOf(parts).find(({ rule, subject }) => rule === 'SPRINT_AT_RISK' && subject === '9')?.probability;

  /** The same sprints on a board of their own, under other ids and keys. */
  function onOtherBoard({ items, sprints: seen }: ReturnType<typeof sprints>) {
    const idOf = (id: string) => `other-${id}`;
    return {
      items: items
        .filter(({ item }) => item.sprintIds.length > 0)
        .map((past) => ({
          ...past,
          item: {
            ...past.item,
            key: `${past.item.key}00`,
            id: `${past.item.id}00`,
            sprintIds: past.item.sprintIds.map(idOf),
          },
        })),
      sprints: seen.map((all) =>
        all.map(({ at: when, value }) => ({ at: when, value: { ...value, id: idOf(value.id), boardId: 'other' } })),
      ),
    };
  }

  it('knows a team by the sprints of its own board', () => {
    const [own, other] = [sprints(4), onOtherBoard(sprints(0))];
    expect(oddsOf(own)).toBeCloseTo(1 / 8, 10);
    const both = { items: [...own.items, ...other.items], sprints: [...own.sprints, ...other.sprints] };
    expect(oddsOf(both)).toBeCloseTo(1 / 8, 10);
  });

  it('learns nothing from a sprint whose items have no history', () => {
    const { items, sprints: seen } = sprints(4);
    const blind = items.map((past) =>
      ['0', '1'].includes(past.item.sprintIds[0] ?? '') ? { ...past, changes: [], isComplete: false } : past,
    );
    // Four of six are left: too few to tell.
    expect(oddsOf({ items: blind, sprints: seen })).toBeUndefined();
  });
});

it('raises no sprint without a past of sprints', () => {
  const start = at('2026-05-22T08:00:00Z');
  const sprint = aSprint({ id: '9', startAt: start, activatedAt: start, endAt: start + 11 * 86_400_000 });
  const items = Array.from({ length: 20 }, (_, index) =>
    anOpenItem(`APO-${index + 100}`, [], { sprintIds: ['9'], createdAt: at('2026-05-20') }),
  );
  const parts = { items: [...aTeam({ perWeek: 1 }), ...items], sprints: [[{ at: start, value: sprint }]] };
  expect(find('SPRINT_AT_RISK', parts)).toHaveLength(1);
  expect(keysOf(parts)).toEqual([]);
});

describe('how subjects stand', () => {
  const done = aDoneItem('APO-1', { createdAt: '2026-05-01', startedAt: '2026-05-04', doneAt: '2026-05-20' });
  const { subjectState } = evaluate({
    items: [...aTeam(), done, ...openFor('900', 2).slice(1)],
    versions: [aDatedVersion('2026-06-12')],
    sprints: [[{ at: at('2026-05-04'), value: aSprint({ activatedAt: at('2026-05-04') }) }]],
  });

  it.each([
    ['PROMISE_GAP', '900', { state: 'open', dueOn: '2026-06-12' }],
    ['PROMISE_GAP', '901', { state: 'gone', dueOn: null }],
    ['SPRINT_AT_RISK', '7', { state: 'open', dueOn: null }],
    ['SPRINT_AT_RISK', '8', { state: 'gone', dueOn: null }],
    ['WORK_STALLED', 'APO-1', { state: 'finished', dueOn: null }],
    ['WORK_STALLED', 'APO-2', { state: 'open', dueOn: '2026-06-12' }],
    ['WORK_STALLED', 'APO-99', { state: 'gone', dueOn: null }],
  ] as const)('%s %s', (rule, subject, expected) => {
    expect(subjectState(rule, subject)).toEqual(expected);
  });
});

describe('how fresh the data is', () => {
  const items = aTeam();
  const pull = (endedAt: string, outcome: 'done' | 'failed' = 'done') => ({
    source: 'jira',
    startedAt: at(endedAt) - 1000,
    endedAt: at(endedAt),
    outcome,
    error: null,
  });

  it.each([
    ['never pulled: rebuilt from histories', { items }, true],
    ['pulled an hour ago', { items, pulls: [pull('2026-05-25T07:30:00Z')] }, true],
    ['pulled two days ago', { items, pulls: [pull('2026-05-23T07:30:00Z')] }, false],
    [
      'the last pull failed',
      { items, pulls: [pull('2026-05-25T06:00:00Z'), pull('2026-05-25T07:30:00Z', 'failed')] },
      false,
    ],
    ['nothing is known', {}, false],
  ] as const)('%s', (_, parts, isFresh) => {
    expect(evaluate(parts as Partial<ProjectHistory>).isFresh).toBe(isFresh);
  });
});

describe('RIPPLE', () => {
  const waits = anOpenItem('APO-1', [], { fixVersionIds: ['900'], links: [{ kind: 'blocked-by', key: 'HER-1' }] });
  const parts = { items: [...aTeam(), waits], versions: [aDatedVersion('2026-06-03')] };
  const dated = (before: Day, on: Day): ItemHistory =>
    aPast(
      { key: 'HER-1', projectKey: 'HER', createdAt: at('2026-01-05T08:00:00Z'), dueOn: on },
      changes(['2026-05-20T09:00:00Z', 'dueOn', before, on]),
    );
  /** Hermes, whose version was moved from one day to another. */
  const hermes = (before: Day, on: Day): ProjectPlan => ({
    project: 'HERMES',
    projectName: 'Hermes',
    links: [],
    items: [
      {
        kind: 'item',
        id: 'HER-1',
        project: 'HERMES',
        summary: 'Engine',
        isDone: false,
        isStarted: true,
        isOwned: true,
        isHeld: false,
        startOn: null,
        finishOn: on,
        finishBy: 'milestone',
        finishMilestone: 'HERMES/7',
        finishBeforeOn: before,
        remaining: null,
      },
    ],
    milestones: [
      {
        id: 'HERMES/7',
        project: 'HERMES',
        projectName: 'Hermes',
        name: 'Hermes 7',
        committedOn: before,
        currentOn: on,
        beforeOn: before,
        openKeys: ['HER-1'],
        remaining: null,
        chance: { baseline: null, current: null },
        isDeciding: false,
      },
    ],
  });
  const ripples = (over: Partial<ProjectHistory>, neighbours: readonly ProjectPlan[] = []) =>
    evaluationOf(inputAt({ ...parts, ...over }, { since: weekBefore }), 0, neighbours).signals.filter(
      ({ rule }) => rule === 'RIPPLE',
    );

  it('tells that the date of another project pushes one of this one', () => {
    expect(ripples({ linked: [dated('2026-05-28', '2026-06-04')] })).toMatchObject([
      {
        key: 'RIPPLE:900:2026-06-03',
        subject: '900',
        dueOn: '2026-06-03',
        probability: 1,
        facts: ['HER-1:2026-06-04'],
      },
    ]);
  });

  it('names the milestone that slipped, where the plan of the other project is known', () => {
    const linked = [anOpenItem('HER-1', [], { projectKey: 'HER' })];
    expect(ripples({ linked })).toEqual([]);
    const [ripple] = ripples({ linked }, [hermes('2026-05-28', '2026-06-15')]);
    expect(ripple).toMatchObject({
      severity: 'high',
      finding: { facts: { causeMilestone: 'Hermes 7', slipWorkingDays: 12 } },
    });
  });

  it.each([
    ['is early enough still', '2026-05-26', '2026-05-28'],
    ['was moved earlier', '2026-06-12', '2026-06-04'],
  ] as const)('is silent when the other date %s', (_, before, on) => {
    const linked = [anOpenItem('HER-1', [], { projectKey: 'HER' })];
    expect(ripples({ linked }, [hermes(before, on)])).toEqual([]);
  });

  it('knows a version as the parent of an epic that is pushed by the same', () => {
    const epic = anOpenItem('APO-500', [], { type: types.epic, dueOn: '2026-06-03', fixVersionIds: [] });
    const part = { ...waits, item: { ...waits.item, parentKey: 'APO-500' } };
    const found = ripples({ items: [...aTeam(), epic, part], linked: [dated('2026-05-28', '2026-06-04')] });
    expect(new Map(found.map(({ subject, parents }) => [subject, parents]))).toEqual(
      new Map([
        ['900', []],
        ['APO-500', ['900']],
      ]),
    );
  });

  it('is silent about a date that has passed', () => {
    const linked = [dated('2026-05-28', '2026-06-04')];
    expect(ripples({ linked, versions: [aDatedVersion('2026-05-22')] })).toEqual([]);
  });

  it('leaves what moves inside the project to its slips', () => {
    const own = { ...dated('2026-05-28', '2026-06-04') };
    const inside = { ...own, item: { ...own.item, key: 'APO-2', projectKey: 'APO' } };
    const waiting = anOpenItem('APO-1', [], { fixVersionIds: ['900'], links: [{ kind: 'blocked-by', key: 'APO-2' }] });
    expect(find('RIPPLE', { ...parts, items: [...aTeam(), waiting, inside] })).toHaveLength(1);
    expect(ripples({ items: [...aTeam(), waiting, inside] })).toEqual([]);
  });
});
