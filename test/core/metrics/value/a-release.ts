import type { Seen, Sprint } from '../../../../src/core/model/plan.ts';
import type { ItemHistory, ProjectHistory, ProjectSettings } from '../../../../src/core/model/project.ts';
import type { WorkItem } from '../../../../src/core/model/work-item.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { aDoneItem, aHistory, aNamedMilestone, aPast, aSprint, at, settings } from '../../../builders.ts';

/** Sprints of two weeks from Monday to the Friday after next, from 5 January on. */
const firstOn = '2026-01-05';

export function sprintOf(number: number, more: Partial<Sprint> = {}): readonly Seen<Sprint>[] {
  const on = addDays(firstOn, 14 * (number - 1));
  const endAt = at(`${addDays(on, 11)}T16:00:00Z`);
  const value = aSprint({
    id: String(number),
    name: `Sprint ${number}`,
    state: 'closed',
    boardId: '1',
    startAt: at(`${on}T09:00:00Z`),
    activatedAt: at(`${on}T09:00:00Z`),
    endAt,
    completedAt: endAt,
    ...more,
  });
  return [{ at: at('2026-01-02'), value }];
}

/** An item of the release, made and estimated in December. */
export function work(key: string, doneOn: Day | null, more: Partial<WorkItem> = {}): ItemHistory {
  const parts = { labels: ['launch'], points: 5, ...more };
  if (doneOn === null) return aPast({ key, createdAt: at('2025-12-15T08:00:00Z'), ...parts });
  const createdAt = new Date(parts.createdAt ?? at('2025-12-15T08:00:00Z')).toISOString();
  return aDoneItem(key, { createdAt, doneAt: `${doneOn}T10:00:00Z` }, parts);
}

/** On Monday 16 March, before the sixth sprint starts. */
export const asOf = '2026-03-16T08:00:00Z';

/**
 * A release of eight items of 5 points, promised on 2 February for 26 April: six sprints of two weeks. Three sprints are
 * done since; one item each, and one was added. What was done in January was no part of the promise.
 */
export function aRelease(
  more: Partial<ProjectHistory> = {},
  parts: Partial<ProjectSettings> = { planBy: 'points' },
): ProjectHistory {
  const inSprint = (number: number, doneOn: Day) => ({ sprintIds: [String(number)], doneOn });
  const done = [
    inSprint(1, '2026-01-14'),
    inSprint(2, '2026-01-28'),
    inSprint(3, '2026-02-11'),
    inSprint(4, '2026-02-25'),
    inSprint(5, '2026-03-11'),
  ].map(({ sprintIds, doneOn }, index) => work(`APO-${index + 1}`, doneOn, { sprintIds }));
  return aHistory({
    settings: settings(parts),
    sprints: [1, 2, 3, 4, 5].map((number) => sprintOf(number)),
    milestones: [
      aNamedMilestone({
        dates: [{ at: at('2026-02-02T08:00:00Z'), on: '2026-04-26', by: null }],
        scope: { versions: [], items: [], labels: ['launch'] },
      }),
    ],
    items: [
      ...done,
      ...['APO-6', 'APO-7', 'APO-8', 'APO-9'].map((key) => work(key, null)),
      // Done after the last sprint: of no sprint yet.
      work('APO-10', '2026-03-15'),
      work('APO-11', null, { createdAt: at('2026-02-20T08:00:00Z') }),
      // Came in after it.
      work('APO-12', null, { createdAt: at('2026-03-15T08:00:00Z') }),
    ],
    ...more,
  });
}
