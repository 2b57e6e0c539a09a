import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import type { Sprint } from '../../../src/core/model/plan.ts';
import type { ItemHistory, ProjectHistory } from '../../../src/core/model/project.ts';
import { measure } from '../../../src/core/metrics/measure.ts';
import { buildSprintReview } from '../../../src/core/reports/sprint-review.ts';
import type { SprintReview } from '../../../src/core/reports/sprint-review-report.ts';
import type { Instant } from '../../../src/core/time/instant.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aPast, aSprint, at, changes, settings, statuses, statusMoves } from '../../builders.ts';

type SprintMove = readonly [when: string, field: 'sprint', from: string | null, to: string | null];

const asOf = at('2026-11-23T08:00:00Z');
const calendar = aCalendar();

const sprint = (id: string, startedAt: string, endAt: string, more: Partial<Sprint> = {}) => [
  {
    at: at('2026-10-01'),
    value: aSprint({
      id,
      name: `Sprint ${id}`,
      state: 'closed',
      boardId: '1',
      startAt: at(startedAt),
      activatedAt: at(startedAt),
      endAt: at(endAt),
      completedAt: at(endAt),
      ...more,
    }),
  },
];

/** Three closed sprints, of which the last kept half of what it said, and one that runs. */
export function reviewedProject({ isComplete = true } = {}): Partial<ProjectHistory> {
  const item = (key: string, moves: readonly SprintMove[], points: number, doneAt?: string): ItemHistory => {
    const last = moves.at(-1)?.[3] ?? '33';
    const done = doneAt ? statusMoves(statuses.toDo, [doneAt, statuses.done]) : [];
    return aPast(
      {
        key,
        summary: `Work on ${key}`,
        createdAt: at('2026-10-01T09:00:00Z'),
        points,
        sprintIds: last.split(','),
        status: doneAt ? statuses.done : statuses.toDo,
        assignee: 'person-1',
      },
      [...changes(...moves), ...done],
      { isComplete },
    );
  };
  return {
    settings: settings(),
    sprints: [
      sprint('31', '2026-10-12T08:00:00Z', '2026-10-23T16:00:00Z'),
      sprint('32', '2026-10-26T08:00:00Z', '2026-11-06T16:00:00Z'),
      sprint('33', '2026-11-09T08:00:00Z', '2026-11-19T16:00:00Z', {
        completedAt: at('2026-11-20T16:00:00Z'),
        goal: 'Pay by card',
      }),
      sprint('34', '2026-11-23T07:00:00Z', '2026-12-04T16:00:00Z', { state: 'active', completedAt: null }),
    ],
    items: [
      item(
        'APO-1',
        [
          ['2026-10-11', 'sprint', null, '31'],
          ['2026-10-23T16:00:10Z', 'sprint', '31', '31,32'],
          ['2026-11-06T16:00:10Z', 'sprint', '31,32', '31,32,33'],
          ['2026-11-20T16:00:10Z', 'sprint', '31,32,33', '31,32,33,34'],
        ],
        5,
      ),
      item('APO-2', [['2026-10-25', 'sprint', null, '32']], 3, '2026-11-05T10:00:00Z'),
      item('APO-3', [['2026-11-08', 'sprint', null, '33']], 2, '2026-11-12T10:00:00Z'),
      item('APO-4', [['2026-11-08', 'sprint', null, '33']], 4, '2026-11-17T10:00:00Z'),
      item(
        'APO-5',
        [
          ['2026-11-08', 'sprint', null, '33'],
          ['2026-11-20T16:00:10Z', 'sprint', '33', '33,34'],
        ],
        3,
      ),
      item('APO-6', [['2026-11-18T10:00:00Z', 'sprint', null, '33']], 1, '2026-11-19T10:00:00Z'),
    ],
  };
}

export function reviewOf(
  parts: Partial<ProjectHistory>,
  sprintId: string | null = null,
  when: Instant = asOf,
): SprintReview {
  const view = viewAsOf(aHistory(parts), when, calendar);
  return buildSprintReview({
    view,
    metrics: measure(view),
    sprint: sprintId,
    zone: calendar.zone,
    thresholds: defaultThresholds,
    urlOf: (key) => `https://acme.test/browse/${encodeURIComponent(key)}`,
  });
}

export function aReview({ project = reviewedProject(), sprint: id = null as string | null } = {}): SprintReview {
  return reviewOf(project, id);
}
