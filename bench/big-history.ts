import type { Change } from '../src/core/model/change.ts';
import type { Version } from '../src/core/model/plan.ts';
import type { ItemHistory, ProjectHistory } from '../src/core/model/project.ts';
import type { Status, WorkItem } from '../src/core/model/work-item.ts';
import { addDays, parseDay } from '../src/core/time/day.ts';
import type { Day } from '../src/core/time/day.ts';
import { dayMs, hourMs } from '../src/core/time/instant.ts';
import { createRandom } from '../src/lib/random.ts';

export const endAt = Date.parse('2026-11-23T08:30:00Z');
export const spanMs = 3 * 365 * dayMs;
const startAt = endAt - spanMs;

const statuses: readonly Status[] = [
  { id: '1', name: 'To Do', category: 'new' },
  { id: '2', name: 'In Progress', category: 'indeterminate' },
  { id: '3', name: 'In Review', category: 'indeterminate' },
  { id: '4', name: 'Done', category: 'done' },
];

const dayOf = (at: number): Day => parseDay(new Date(at).toISOString().slice(0, 10))!;

function makeItem(number: number, random: () => number): ItemHistory {
  const createdAt = startAt + Math.floor(random() * spanMs * 0.98);
  const isEpic = number % 50 === 0;
  const hasDueDate = number % 10 === 0;
  const changes: Change[] = [];
  const change = (at: number, field: Change['field'], from: string | null, to: string | null) => {
    if (at <= endAt) changes.push(makeChange(changes.length, at, { field, from, to }));
  };
  const startedAt = createdAt + random() * 40 * dayMs;
  const reviewAt = startedAt + random() * 8 * dayMs;
  const doneAt = reviewAt + random() * 6 * dayMs;
  const sprint = 1 + Math.floor(((startedAt - startAt) / spanMs) * 50);
  change(startedAt - hourMs, 'sprint', null, String(sprint));
  change(startedAt - hourMs / 2, 'assignee', null, `person-${number % 40}`);
  change(startedAt, 'status', '1', '2');
  change(startedAt + hourMs, 'points', null, String(1 + (number % 8)));
  change(reviewAt, 'status', '2', '3');
  change(reviewAt + hourMs, 'sprint', String(sprint), `${sprint},${sprint + 1}`);
  const firstDue = addDays(dayOf(createdAt), 60);
  if (hasDueDate) change(reviewAt + 2 * hourMs, 'dueOn', firstDue, addDays(firstDue, 30));
  else change(reviewAt + 2 * hourMs, 'fixVersion', null, String(900 + (sprint % 40)));
  change(doneAt, 'resolution', null, 'Fixed');
  if (!isEpic) change(doneAt, 'status', '3', '4');
  return {
    item: { ...makeWorkItem(number, createdAt, isEpic), ...presentOf(changes), dueOn: hasDueDate ? firstDue : null },
    changes,
    isComplete: true,
    goneAt: null,
  };
}

function makeChange(index: number, at: number, parts: Pick<Change, 'field' | 'from' | 'to'>): Change {
  const nameOf = (id: string | null) => statuses.find((status) => status.id === id)?.name ?? null;
  const isStatus = parts.field === 'status';
  const fromText = isStatus ? nameOf(parts.from) : parts.from;
  const toText = isStatus ? nameOf(parts.to) : parts.to;
  return { id: String(1000 + index), part: 0, at: Math.round(at), by: 'person-1', fromText, toText, ...parts };
}

function presentOf(changes: readonly Change[]): Partial<WorkItem> {
  const last = (field: Change['field']) => changes.findLast((change) => change.field === field)?.to ?? null;
  return {
    status: statuses.find(({ id }) => id === (last('status') ?? '1'))!,
    resolution: last('resolution'),
    fixVersionIds: last('fixVersion') === null ? [] : [last('fixVersion')!],
    sprintIds: last('sprint')?.split(',') ?? [],
  };
}

function makeWorkItem(number: number, createdAt: number, isEpic: boolean): WorkItem {
  const epicNumber = Math.floor(number / 50) * 50;
  return {
    id: String(100_000 + number),
    key: `BIG-${number}`,
    projectKey: 'BIG',
    summary: `Work ${number}`,
    type: { name: isEpic ? 'Epic' : 'Story', isSubtask: false, isEpic },
    createdAt,
    updatedAt: createdAt,
    status: statuses[0]!,
    resolution: null,
    resolvedAt: null,
    assignee: null,
    sprintIds: [],
    fixVersionIds: [],
    affectsVersionIds: [],
    startOn: null,
    dueOn: null,
    points: null,
    estimateSeconds: null,
    parentKey: isEpic ? null : `BIG-${epicNumber}`,
    isFlagged: false,
    links: [],
    labels: [],
    components: [],
    priority: null,
  };
}

/**
 * One big project `BIG`: nine changes an item, every tenth with a due date that moved, 40 versions, 50 sprints: the shape
 * that costs most. The same count and seed give the same history.
 */
export function makeBigHistory(itemCount: number, seed: number): ProjectHistory {
  const random = createRandom(seed);
  const version = (index: number): Version => ({
    id: String(900 + index),
    name: `${index}.0`,
    projectKey: 'BIG',
    startOn: null,
    releaseOn: addDays(dayOf(endAt), index * 10 - 200),
    isReleased: index < 20,
    isArchived: false,
  });
  const sprintMs = spanMs / 50;
  return {
    settings: {
      id: 'BIG',
      name: 'Big',
      zone: 'Europe/Paris',
      statuses: { notStarted: [], started: [], done: [], blocked: [] },
      excludedResolutions: ['Duplicate'],
    },
    items: Array.from({ length: itemCount }, (_, index) => makeItem(index + 1, random)),
    statuses,
    sprints: Array.from({ length: 52 }, (_, index) => [
      {
        at: startAt,
        value: {
          id: String(index + 1),
          name: `Sprint ${index + 1}`,
          goal: null,
          state: index < 49 ? ('closed' as const) : ('active' as const),
          startAt: startAt + index * sprintMs,
          activatedAt: startAt + index * sprintMs,
          endAt: startAt + (index + 1) * sprintMs,
          completedAt: index < 49 ? startAt + (index + 1) * sprintMs : null,
          boardId: null,
        },
      },
    ]),
    versions: Array.from({ length: 40 }, (_, index) => [{ at: startAt, value: version(index) }]),
    boards: [],
    milestones: [],
    pulls: [],
    setAside: [],
  };
}
