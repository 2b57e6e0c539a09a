import type { Change } from '../../src/core/model/change.ts';
import type { Sprint, Version } from '../../src/core/model/plan.ts';
import type { ProjectSettings } from '../../src/core/model/project.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import type { WorkItem } from '../../src/core/model/work-item.ts';
import type { NewDelivery } from '../../src/store/outbox.ts';

/** 2026-03-02T09:00:00Z, a Monday. */
export const monday = 1_772_442_000_000;

export const apollo: ProjectSettings = {
  id: 'APO',
  name: 'Apollo',
  zone: 'Europe/Paris',
  statuses: { notStarted: [], started: [], done: [], blocked: [] },
  excludedResolutions: [],
};

export function anItem(over: Partial<WorkItem> = {}): WorkItem {
  return {
    id: '10001',
    key: 'APO-1',
    projectKey: 'APO',
    summary: 'Land on the moon',
    type: { name: 'Story', isSubtask: false, isEpic: false },
    createdAt: monday,
    updatedAt: monday,
    status: { id: '3', name: 'In Progress', category: 'indeterminate' },
    resolution: null,
    resolvedAt: null,
    assignee: 'u1',
    sprintIds: ['76'],
    fixVersionIds: ['9'],
    affectsVersionIds: [],
    startOn: null,
    dueOn: '2026-03-31',
    points: 0.5,
    estimateSeconds: 3_600,
    parentKey: null,
    isFlagged: false,
    links: [{ kind: 'blocked-by', key: 'HER-7' }],
    labels: ['moon'],
    components: [],
    priority: 'High',
    hasDescription: false,
    ...over,
  };
}

export function aChange(over: Partial<Change> = {}): Change {
  return {
    id: '500',
    part: 0,
    at: monday,
    by: 'u1',
    field: 'status',
    from: '1',
    to: '3',
    fromText: 'To Do',
    toText: 'In Progress',
    ...over,
  };
}

export function aSprint(over: Partial<Sprint> = {}): Sprint {
  return {
    id: '76',
    name: 'Sprint 1',
    goal: null,
    state: 'active',
    startAt: monday,
    activatedAt: null,
    endAt: monday + 14 * 86_400_000,
    completedAt: null,
    boardId: '4',
    ...over,
  };
}

export function aVersion(over: Partial<Version> = {}): Version {
  return {
    id: '9',
    name: '1.0',
    projectKey: 'APO',
    startOn: null,
    releaseOn: '2026-04-01',
    isReleased: false,
    isArchived: false,
    ...over,
  };
}

export function itemRecord(over: Partial<WorkItem> = {}, scope = 'APO'): SourceRecord {
  return { kind: 'item', scope, item: anItem(over) };
}

export function historyRecord(itemId: string, changes: readonly Change[], isComplete = true): SourceRecord {
  return { kind: 'history', itemId, changes, isComplete };
}

export function aDelivery(over: Partial<NewDelivery> = {}): NewDelivery {
  return {
    key: 'digest:weekly:2026-03-02T10:00[Europe/Paris]:C1',
    kind: 'digest',
    channel: 'C1',
    report: 'project-digest',
    project: 'APO',
    scheduleId: 'weekly',
    slot: monday,
    asOf: monday,
    dueAt: monday,
    expiresAt: null,
    message: { root: { text: 'Apollo is late' }, replies: [] },
    ...over,
  };
}
