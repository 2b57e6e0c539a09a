import type { Change, ChangeField } from '../src/core/model/change.ts';
import type { Sprint, Version } from '../src/core/model/plan.ts';
import type { ItemHistory, NamedMilestone, ProjectHistory, ProjectSettings } from '../src/core/model/project.ts';
import type { Status, WorkItem } from '../src/core/model/work-item.ts';
import { createCalendar } from '../src/core/time/calendar.ts';
import type { Calendar } from '../src/core/time/calendar.ts';
import type { Instant } from '../src/core/time/instant.ts';
import { openZone } from '../src/core/time/zone.ts';

/** The instant of an ISO text; a bare day means its noon in UTC. */
export function at(text: string): Instant {
  const instant = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T12:00:00Z` : text);
  if (Number.isNaN(instant)) throw new RangeError(`expected an instant, found ${text}`);
  return instant;
}

export const statuses = {
  toDo: { id: '1', name: 'To Do', category: 'new' },
  doing: { id: '2', name: 'In Progress', category: 'indeterminate' },
  review: { id: '3', name: 'In Review', category: 'indeterminate' },
  done: { id: '4', name: 'Done', category: 'done' },
  closed: { id: '5', name: 'Closed', category: 'done' },
  odd: { id: '6', name: 'Parked', category: 'unknown' },
} as const satisfies Readonly<Record<string, Status>>;

export const types = {
  story: { name: 'Story', isSubtask: false, isEpic: false },
  subtask: { name: 'Sub-task', isSubtask: true, isEpic: false },
  epic: { name: 'Epic', isSubtask: false, isEpic: true },
} as const satisfies Readonly<Record<string, WorkItem['type']>>;

/** `APO-12` has id 10012: ids and keys go together unless said otherwise. */
export function anItem(parts: Partial<WorkItem> = {}): WorkItem {
  const key = parts.key ?? 'APO-1';
  const createdAt = parts.createdAt ?? at('2026-01-05T09:00:00Z');
  return {
    id: `1000${key.split('-').at(-1)}`,
    key,
    projectKey: 'APO',
    summary: `Work on ${key}`,
    type: types.story,
    createdAt,
    updatedAt: createdAt,
    status: statuses.toDo,
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
    parentKey: null,
    isFlagged: false,
    links: [],
    labels: [],
    components: [],
    priority: null,
    ...parts,
  };
}

/** A change of one field; `[when, field, from, to]` in short. */
export function aChange(parts: Partial<Change> & { readonly at: Instant; readonly field: ChangeField }): Change {
  return { id: String(parts.at), part: 0, by: null, from: null, to: null, fromText: null, toText: null, ...parts };
}

type Move = readonly [when: string, field: ChangeField, from: string | null, to: string | null];

/** Changes in order; ids count up, so that several of one instant keep their order. */
export function changes(...moves: readonly Move[]): readonly Change[] {
  return moves.map(([when, field, from, to], index) =>
    aChange({ id: String(index + 1).padStart(3, '0'), at: at(when), field, from, to }),
  );
}

/** Moves of status from one to the next: `[when, status]`, the first one being that of creation. */
export function statusMoves(first: Status, ...moves: readonly (readonly [when: string, status: Status])[]): Change[] {
  let before = first;
  return moves.map(([when, status], index) => {
    const change = aChange({
      id: `s${String(index + 1).padStart(3, '0')}`,
      at: at(when),
      field: 'status',
      from: before.id,
      to: status.id,
      fromText: before.name,
      toText: status.name,
    });
    before = status;
    return change;
  });
}

/** An item with its past. Its present fields follow from `item`, not from the changes: say both. */
export function aPast(
  item: Partial<WorkItem> = {},
  ofChanges: readonly Change[] = [],
  more: Partial<ItemHistory> = {},
): ItemHistory {
  return {
    item: anItem(item),
    changes: [...ofChanges].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)),
    isComplete: true,
    goneAt: null,
    ...more,
  };
}

/** A finished item: made, started and done at these instants; without `startedAt` it went to done at once. */
export function aDoneItem(
  key: string,
  times: { readonly createdAt: string; readonly startedAt?: string; readonly doneAt: string },
  parts: Partial<WorkItem> = {},
): ItemHistory {
  const moves: (readonly [string, Status])[] = [
    ...(times.startedAt ? [[times.startedAt, statuses.doing] as const] : []),
    [times.doneAt, statuses.done],
  ];
  return aPast(
    {
      key,
      createdAt: at(times.createdAt),
      status: statuses.done,
      resolvedAt: at(times.doneAt),
      updatedAt: at(times.doneAt),
      ...parts,
    },
    statusMoves(statuses.toDo, ...moves),
  );
}

export function aSprint(parts: Partial<Sprint> = {}): Sprint {
  return {
    id: '7',
    name: 'Sprint 7',
    goal: null,
    state: 'active',
    startAt: null,
    activatedAt: null,
    endAt: null,
    completedAt: null,
    boardId: null,
    ...parts,
  };
}

export function aVersion(parts: Partial<Version> = {}): Version {
  return {
    id: '900',
    name: '1.0',
    projectKey: 'APO',
    startOn: null,
    releaseOn: null,
    isReleased: false,
    isArchived: false,
    ...parts,
  };
}

export function aNamedMilestone(parts: Partial<NamedMilestone> = {}): NamedMilestone {
  return { id: 'launch', name: 'Launch', dates: [], scope: { versions: [], items: [], labels: [] }, ...parts };
}

export function settings(parts: Partial<ProjectSettings> = {}): ProjectSettings {
  return {
    id: 'APOLLO',
    name: 'Apollo',
    zone: 'UTC',
    statuses: { notStarted: [], started: [], done: [], blocked: [] },
    excludedResolutions: [],
    ...parts,
  };
}

export function aHistory(parts: Partial<ProjectHistory> = {}): ProjectHistory {
  return {
    settings: settings(),
    items: [],
    statuses: Object.values(statuses),
    sprints: [],
    versions: [],
    boards: [],
    milestones: [],
    pulls: [],
    setAside: [],
    ...parts,
  };
}

/** Monday to Friday, no holidays. */
export function aCalendar(zone = 'UTC'): Calendar {
  return createCalendar({ zone: openZone(zone) });
}
