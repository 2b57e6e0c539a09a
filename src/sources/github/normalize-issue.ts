import { z } from 'zod';
import type { Incident } from '../../core/model/delivery.ts';
import type { ItemLink, LinkKind, WorkItem } from '../../core/model/work-item.ts';
import type { Day } from '../../core/time/day.ts';
import { rejected, unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import type { BoardFields } from './board-fields.ts';
import { loginOf, nodesOf } from './names.ts';
import type { Names } from './names.ts';
import type { Standing, Statuses } from './statuses.ts';

const issueSchema = z.object({
  number: z.number().int().positive(),
  state: z.enum(['OPEN', 'CLOSED']),
  title: z.string().nullish(),
});

export interface IssueContext {
  /** `owner/name` of the repository. */
  readonly path: string;
  readonly repositoryId: number;
  readonly names: Names;
  readonly statuses: Statuses;
}

/** One issue. Null when it lacks what an item cannot be without: number, state, time of birth. */
export function normalizeIssue(raw: unknown, fields: BoardFields, context: IssueContext): Normalized<WorkItem | null> {
  const parsed = issueSchema.safeParse(raw);
  if (!parsed.success) return rejected('item', raw, 'an issue with number, title and the state OPEN or CLOSED');
  const { number, state, title } = parsed.data;
  const { names, path, repositoryId, statuses } = context;
  const key = `${path}#${number}`;
  const setAside: SetAside[] = [];
  const at = (field: string) => {
    const value = ownValue(raw, field);
    const instant = readInstant(value);
    if (instant === null && value !== null && value !== undefined)
      setAside.push(unusable('item', `${key} ${field}`, 'an instant', value));
    return instant;
  };
  const createdAt = readInstant(ownValue(raw, 'createdAt'));
  if (createdAt === null) return rejected('item', raw, 'an instant in `createdAt`', ownValue(raw, 'createdAt'));
  const labels = labelsOf(raw);
  const milestone = ownValue(ownValue(raw, 'milestone'), 'number');
  const assignee = assigneesOf(raw)[0];
  const item: WorkItem = {
    id: names.item(repositoryId, number),
    key,
    projectKey: path,
    summary: title ?? '',
    type: typeOf(raw, labels),
    createdAt,
    updatedAt: Math.max(at('updatedAt') ?? createdAt, fields.changedAt ?? 0),
    status: statuses.of(standingOf(raw, fields)),
    resolution: resolutionOf(raw),
    resolvedAt: state === 'CLOSED' ? at('closedAt') : null,
    assignee: assignee === undefined ? null : names.person(assignee),
    sprintIds: fields.sprint ? [fields.sprint.value] : [],
    fixVersionIds: typeof milestone === 'number' ? [names.version(repositoryId, milestone)] : [],
    affectsVersionIds: [],
    startOn: (fields.startOn?.value ?? null) as Day | null,
    dueOn: (fields.dueOn?.value ?? null) as Day | null,
    points: fields.points === null ? null : Number(fields.points.value),
    estimateSeconds: null,
    parentKey: keyOf(ownValue(raw, 'parent')),
    isFlagged: false,
    links: linksOf(raw, key),
    labels,
    components: [],
    priority: fields.priority?.value ?? null,
  };
  return { value: item, setAside };
}

export function standingOf(raw: unknown, fields: BoardFields): Standing {
  return {
    state: ownValue(raw, 'state') === 'CLOSED' ? 'closed' : 'opened',
    option: fields.option?.value ?? null,
    labels: labelsOf(raw),
  };
}

const resolutions: Readonly<Record<string, string>> = { NOT_PLANNED: 'Not planned', DUPLICATE: 'Duplicate' };

/** Why it was closed; null while open. Old issues, and an Enterprise Server, tell no reason. */
export function resolutionOf(raw: unknown): string | null {
  if (ownValue(raw, 'state') !== 'CLOSED') return null;
  return reasonOf(ownValue(raw, 'stateReason'));
}

export function reasonOf(reason: unknown): string {
  return typeof reason === 'string' && Object.hasOwn(resolutions, reason) ? resolutions[reason]! : 'Completed';
}

export function labelsOf(raw: unknown): readonly string[] {
  return nodesOf(raw, 'labels')
    .map((label) => ownValue(label, 'name'))
    .filter((name) => typeof name === 'string');
}

/** Logins; the first is responsible. */
export function assigneesOf(raw: unknown): readonly string[] {
  return nodesOf(raw, 'assignees')
    .map(loginOf)
    .filter((login) => login !== null);
}

/** `owner/name#12` of an issue of any repository; null for one that we may not see. */
export function keyOf(issue: unknown): string | null {
  const number = ownValue(issue, 'number');
  const path = ownValue(ownValue(issue, 'repository'), 'nameWithOwner');
  return typeof number === 'number' && typeof path === 'string' ? `${path}#${number}` : null;
}

/** An incident of a service: an issue of that type or with one of the labels. One that was none in the end is left out. */
export function incidentOf(
  item: WorkItem,
  isIncidentLabel: (label: string) => boolean,
): Omit<Incident, 'service'> | null {
  const isIncident = item.type.name.toLowerCase() === 'incident' || item.labels.some(isIncidentLabel);
  if (!isIncident || item.resolution === 'Duplicate' || item.resolution === 'Not planned') return null;
  return { id: item.key, openedAt: item.createdAt, resolvedAt: item.resolvedAt, cause: null };
}

/** The type of the issue where the organization has types, else a label such as `bug`, `type: bug` or `kind/bug`. */
function typeOf(raw: unknown, labels: readonly string[]): WorkItem['type'] {
  const own = typeNameOf(ownValue(raw, 'issueType'));
  const told = labels.map((label) => /^(?:(?:type|kind)\s*[:/]\s*(\S.*)|(bug|epic))$/i.exec(label)).find(Boolean);
  const name = own ?? told?.[1] ?? told?.[2] ?? 'Issue';
  return {
    name: name.charAt(0).toUpperCase() + name.slice(1),
    isSubtask: false,
    isEpic: name.toLowerCase() === 'epic',
  };
}

export function typeNameOf(type: unknown): string | null {
  const name = ownValue(type, 'name');
  return typeof name === 'string' && name !== '' ? name : null;
}

function linksOf(raw: unknown, own: string): ItemLink[] {
  const of = (field: string, kind: LinkKind) =>
    nodesOf(raw, field).flatMap((issue): ItemLink[] => {
      const key = keyOf(issue);
      return key === null || key === own ? [] : [{ kind, key }];
    });
  const duplicates = nodesOf(raw, 'timelineItems').flatMap((event): ItemLink[] => {
    const key = keyOf(ownValue(event, 'canonical'));
    return key === null || key === own || resolutionOf(raw) !== 'Duplicate' ? [] : [{ kind: 'duplicates', key }];
  });
  return [...of('blockedBy', 'blocked-by'), ...of('blocking', 'blocks'), ...duplicates.slice(-1)];
}
