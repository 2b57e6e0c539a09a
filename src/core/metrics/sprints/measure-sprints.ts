import type { ItemKey, SprintId } from '../../model/ids.ts';
import { hourMs, minuteMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import { createDoneForBoard } from '../../view/board-done.ts';
import type { DoneForBoard } from '../../view/board-done.ts';
import { howMany } from '../forecast/forecast.ts';
import { chanceByDay, horizonTo } from '../forecast/when.ts';
import type { Pace } from '../forecast/pace.ts';
import { gradeOfGaps, share } from '../grade.ts';
import { compareKeys } from '../../view/item-key.ts';
import type { SprintClass, SprintDetail, SprintFigures } from '../sprint-figures.ts';
import { gridFrom } from '../forecast/outlook.ts';
import { createBoardPaces } from './board-pace.ts';
import { accountSprint } from './sprint.ts';
import type { SprintAccount, SprintItem, SprintSpan } from './sprint.ts';
import { lookBackSprints, pastPointOf, pointOf, velocityDifference } from './velocity-difference.ts';
import type { Step, Timeline } from '../../view/timeline.ts';
import type { ItemView, ProjectView, SprintView } from '../../view/view.ts';

/**
 * Figures of every sprint that had started by as-of, oldest first, and of the next future one (metrics.md 2.5). Items
 * that have left the project since count in the sprints that they were in: the past does not change with them. `pace` is
 * the project's, null when its history is too short for an outlook; where sprints are kept on several boards, each goes by
 * the pace of its own (`createBoardPaces`). Additions within `graceMinutes` after the start are
 * clerical.
 */
export function measureSprints(view: ProjectView, pace: Pace | null, graceMinutes = 0): readonly SprintFigures[] {
  const itemsOf = itemsBySprint(view);
  const donenessOf = createDoneness(view);
  const started = view.sprints.filter(({ startedAt }) => startedAt !== null);
  const next = view.sprints.find(({ state }) => state === 'future');
  const paceOf = createBoardPaces(view, pace);
  const courseFor = (sprint: SprintView) =>
    courseOf(view, sprint, { items: itemsOf.get(sprint.sprint.id) ?? [], donenessOf, graceMinutes });
  const measured = started.map((sprint) => {
    const items = itemsOf.get(sprint.sprint.id) ?? [];
    return measureSprint(view, sprint, { items, paceOf, course: courseFor(sprint) });
  });
  return [
    ...measured.map((figures, index) => {
      if (figures.outlook === null) return figures;
      const past = started.filter((other, at) => isPastOf(started[index]!, other) && measured[at]!.grade !== 'D');
      const velocityDifference = differenceOf(courseFor(started[index]!), past.slice(-lookBackSprints), courseFor);
      return { ...figures, outlook: { ...figures.outlook, velocityDifference } };
    }),
    ...(next ? [futureSprint(next)] : []),
  ];
}

/** Items that were ever in each sprint, each once. */
function itemsBySprint({ counted, gone }: ProjectView): ReadonlyMap<SprintId, readonly ItemView[]> {
  const found = new Map<SprintId, ItemView[]>();
  for (const items of [counted, gone]) {
    for (const item of items) {
      for (const { value } of item.past.sprints) {
        for (const id of value) {
          const known = found.get(id);
          if (!known) found.set(id, [item]);
          else if (known.at(-1) !== item) known.push(item);
        }
      }
    }
  }
  for (const items of found.values()) items.sort((a, b) => compareKeys(a.key, b.key));
  return found;
}

function futureSprint({ sprint, endAt, flags }: SprintView): SprintFigures {
  return {
    id: sprint.id,
    name: sprint.name,
    state: 'future',
    boardId: sprint.boardId,
    activatedAt: null,
    endAt,
    completedAt: null,
    totals: null,
    detail: null,
    classes: {},
    grade: 'D',
    flags,
    outlook: null,
  };
}

/** Closed on the same board before the sprint began; sprints are in order of their start. */
function isPastOf({ sprint, startedAt }: SprintView, other: SprintView): boolean {
  return (
    other.sprint.boardId === sprint.boardId && other.completedAt !== null && other.completedAt <= startedAt! + hourMs
  );
}

/** Velocity difference of a running sprint against the last ones of its board (metrics.md 2.7), each let go once read. */
function differenceOf(
  { items, span }: SprintCourse,
  past: readonly SprintView[],
  courseFor: (sprint: SprintView) => SprintCourse,
): number | null {
  const { startedAt, endedAt, plannedEndAt = null } = span;
  if (plannedEndAt === null || plannedEndAt <= startedAt) return null;
  const part = Math.min(1, (endedAt - startedAt) / (plannedEndAt - startedAt));
  const points = past.flatMap((sprint) => {
    const course = courseFor(sprint);
    return pastPointOf(course.items, course.span, part) ?? [];
  });
  return velocityDifference(points, pointOf(items, span, endedAt));
}

interface CourseParts {
  readonly items: readonly ItemView[];
  readonly donenessOf: DonenessOf;
  readonly graceMinutes: number;
}

/** A sprint that had started, with every item that ever was in it, as the accounts ask for them. */
export interface SprintCourse {
  readonly items: readonly SprintItem[];
  readonly span: SprintSpan;
}

function courseOf(
  view: ProjectView,
  { sprint, startedAt, completedAt, endAt }: SprintView,
  { items, donenessOf, graceMinutes }: CourseParts,
): SprintCourse {
  return {
    items: items.map((item) => sprintItem(item, sprint.id, donenessOf(item, sprint.boardId))),
    span: {
      startedAt: startedAt!,
      endedAt: completedAt ?? view.asOf,
      graceMs: graceMinutes * minuteMs,
      plannedEndAt: endAt,
    },
  };
}

/** The course of one sprint that had started: for those who follow it day by day. */
export function courseOfSprint(view: ProjectView, sprintView: SprintView, graceMinutes = 0): SprintCourse {
  const items = itemsBySprint(view).get(sprintView.sprint.id) ?? [];
  return courseOf(view, sprintView, { items, donenessOf: createDoneness(view), graceMinutes });
}

/** The account of one sprint that had started, item by item: for those who ask where its totals come from. */
export function accountOfSprint(view: ProjectView, sprintView: SprintView, graceMinutes = 0): SprintAccount {
  const { items, span } = courseOfSprint(view, sprintView, graceMinutes);
  return accountSprint(items, span);
}

function measureSprint(
  view: ProjectView,
  sprintView: SprintView,
  {
    items,
    paceOf,
    course,
  }: {
    readonly items: readonly ItemView[];
    readonly paceOf: ReturnType<typeof createBoardPaces>;
    readonly course: SprintCourse;
  },
): SprintFigures {
  const { sprint, startedAt, completedAt, endAt, state } = sprintView;
  const account = accountSprint(course.items, course.span);
  const counted = items.filter(({ key }) => account.items.has(key));
  const cut = counted.filter(({ isComplete }) => !isComplete).length;
  const grade = counted.length === 0 ? 'D' : gradeOfGaps(share(cut, counted.length));
  const isForecast = state === 'active' && grade !== 'D';
  const classes: Record<ItemKey, SprintClass> = {};
  for (const [key, item] of account.items) classes[key] = item.class;
  return {
    id: sprint.id,
    name: sprint.name,
    state,
    boardId: sprint.boardId,
    activatedAt: startedAt,
    endAt,
    completedAt,
    totals: account.totals,
    detail: { ...account.detail, overrunWorkingDays: overrunOf(sprintView, view) },
    classes,
    grade,
    flags: [
      ...sprintView.flags,
      ...(counted.length === 0 ? ['noItems'] : []),
      ...(cut > 0 ? ['noHistory'] : []),
      ...(account.detail.churned > 0 ? ['churned'] : []),
      ...(state === 'active' && endAt !== null && endAt < view.asOf ? ['overdue'] : []),
    ],
    outlook: isForecast
      ? outlookOf(view, { endAt, pace: paceOf(sprint.boardId), open: account.totals.notCompleted.count })
      : null,
  };
}

/** Closed early or extended, in working days (metrics.md 2.5). */
function overrunOf({ endAt, completedAt }: SprintView, { calendar }: ProjectView): SprintDetail['overrunWorkingDays'] {
  if (endAt === null || completedAt === null) return null;
  return calendar.distance(calendar.zone.dayAt(endAt), calendar.zone.dayAt(completedAt));
}

/** Whether an item was done for a board, over time. */
type DonenessOf = (item: ItemView, boardId: string | null) => Timeline<boolean>;

/** Not kept by item: those of 100,000 items took 30 MB, and to read one again takes a few hundred nanoseconds. */
function createDoneness({ boards }: ProjectView): DonenessOf {
  const byBoard = new Map<string | null, DoneForBoard>();
  return (item, boardId) => {
    const isDone = byBoard.get(boardId) ?? createDoneForBoard(boards, boardId);
    byBoard.set(boardId, isDone);
    return mapTimeline(item.past.status, isDone);
  };
}

function sprintItem(item: ItemView, id: SprintId, doneness: Timeline<boolean>): SprintItem {
  const membership = mapTimeline(item.past.sprints, (ids) => ids.includes(id));
  return {
    key: item.key,
    createdAt: item.createdAt,
    membership: item.goneAt === null ? membership : [...membership, { at: item.goneAt, value: false }],
    doneness,
    estimate: item.past.points,
  };
}

function mapTimeline<From, To>(timeline: Timeline<From>, read: (value: From) => To): Timeline<To> {
  return timeline.map(({ at, value }): Step<To> => ({ at, value: read(value) })) as unknown as Timeline<To>;
}

interface OutlookParts {
  readonly endAt: Instant | null;
  readonly pace: Pace | null;
  readonly open: number;
}

/** How many of the open items the pace will finish by the planned end, and the chance that it is all of them. */
function outlookOf(view: ProjectView, { endAt, pace, open }: OutlookParts): SprintFigures['outlook'] {
  if (pace === null || endAt === null) return null;
  const { calendar, asOf } = view;
  if (endAt <= asOf) return { doneAtP50: 0, doneAtP85: 0, goalChance: open === 0 ? 1 : 0, velocityDifference: null };
  const grid = gridFrom(calendar, asOf);
  const endOn = calendar.zone.dayAt(endAt);
  const horizon = horizonTo(endOn, grid);
  return {
    doneAtP50: Math.min(open, howMany(pace, 0.5, horizon)),
    doneAtP85: Math.min(open, howMany(pace, 0.85, horizon)),
    goalChance: chanceByDay(pace, open, endOn, grid),
    velocityDifference: null,
  };
}
