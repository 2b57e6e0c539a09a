import { describe, expect, it } from 'vitest';
import { commitmentsOf } from '../../../src/core/risk/commitment.ts';
import { createRiskSignals } from '../../../src/core/risk/risk-signals.ts';
import type { ProjectHistory } from '../../../src/core/model/project.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aPast, aVersion, at, changes, statuses } from '../../builders.ts';
import { hasRealData, readRealProject } from '../metrics/real-projects.ts';

const { toDo, doing, done } = statuses;
const calendar = aCalendar();

describe('what was known of a promise', () => {
  const past = changes(
    ['2026-02-02', 'fixVersion', null, '900'],
    ['2026-02-03', 'assignee', null, 'ann'],
    ['2026-02-04', 'status', toDo.id, doing.id],
    ['2026-02-16', 'flagged', null, 'Impediment'],
    ['2026-02-20', 'points', '3', '5'],
    ['2026-03-02', 'status', doing.id, done.id],
    ['2026-03-04', 'status', done.id, doing.id],
  );
  const item = { createdAt: at('2026-01-05'), status: doing, fixVersionIds: ['900'], isFlagged: true, points: 5 };
  const other = { key: 'APO-2', createdAt: at('2026-01-05'), fixVersionIds: ['900'], status: done };
  const history = aHistory({
    items: [
      aPast({ ...item, assignee: 'ann', priority: 'Minor' }, past),
      aPast(other, changes(['2026-02-09', 'status', toDo.id, done.id])),
    ],
    versions: [[{ at: at('2026-06-01'), value: aVersion({ releaseOn: '2026-05-29', isReleased: true }) }]],
  });
  const view = viewAsOf(history, at('2026-06-02'), calendar);
  const commitments = commitmentsOf(view);
  const promised = commitments.find((one) => one.item.key === 'APO-1')!;
  const signalsAt = createRiskSignals(view);

  it.each([
    ['2026-02-03T18:00:00Z', { NO_ACTIVITY: 0.25, LONG_PROMISED: 1.25, NOT_STARTED: 1, UNASSIGNED: 0, BLOCKED: 0 }],
    [
      '2026-02-11',
      { NO_ACTIVITY: 7, LONG_PROMISED: 9, NOT_STARTED: 0, LITTLE_DONE: 0.5, SCOPE_GREW: 0, LOW_PRIORITY: 3 },
    ],
    ['2026-02-18', { BLOCKED: 1, REOPENED: 0, OLD_WHEN_PROMISED: 28, OLD_RELEASE: 44 }],
    ['2026-03-05', { REOPENED: 1, SCOPE_GREW: expect.closeTo(2 / 3, 9), RELEASE_NOT_NEXT: 0 }],
  ])('on %s', (when, expected) => {
    expect(signalsAt(promised, at(when))).toMatchObject(expected);
  });
});

/** Every promise at several instants, asked of the whole past and of the past cut at that instant. */
function differences(history: ProjectHistory, instants: readonly string[], asOf: string): readonly string[] {
  const whole = viewAsOf(history, at(asOf), calendar);
  const known = commitmentsOf(whole);
  const signalsAt = createRiskSignals(whole);
  return instants.flatMap((when) => {
    const then = viewAsOf(history, at(when), calendar);
    const signalsThen = createRiskSignals(then);
    const items = new Map([...then.counted, ...then.gone].map((item) => [item.id, item]));
    return known
      .filter(({ committedAt, item }) => committedAt <= at(when) && items.has(item.id))
      .flatMap(({ item, versionId, committedAt }) => {
        const now = JSON.stringify(signalsAt({ item, versionId, committedAt }, at(when)));
        const before = JSON.stringify(signalsThen({ item: items.get(item.id)!, versionId, committedAt }, at(when)));
        return now === before ? [] : [`${item.key} ${when}\n${now}\n${before}`];
      });
  });
}

it.skipIf(!hasRealData).each(['DURACLOUD', 'ISLANDORA'])(
  'nothing that came later changes what was known in %s',
  async (project) => {
    const history = await readRealProject('duraspace-jira', project, at('2026-11-24'));
    expect(differences(history, ['2010-08-02', '2011-06-06', '2012-03-05', '2013-09-02'], '2026-11-25')).toEqual([]);
  },
);
