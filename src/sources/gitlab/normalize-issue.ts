import { z } from 'zod';
import type { Incident } from '../../core/model/delivery.ts';
import type { ItemLink, LinkKind, WorkItem } from '../../core/model/work-item.ts';
import { dayOf, rejected, unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue, readInstant, readPoints, readSeconds } from '../reading/values.ts';
import { usernameOf } from './username-of.ts';
import type { Names } from '../pulling/names.ts';
import { valueOfLabel } from '../reading/status-names.ts';
import type { Statuses } from './statuses.ts';

const issueSchema = z.object({
  id: z.number().int(),
  iid: z.number().int().positive(),
  state: z.enum(['opened', 'closed']),
});

export interface IssueContext {
  /** Path of the project. */
  readonly path: string;
  readonly projectId: number;
  readonly names: Names;
  readonly statuses: Statuses;
}

/** One issue. Null when it lacks what an item cannot be without: id, number, state, time of birth. */
export function normalizeIssue(
  raw: unknown,
  rawLinks: readonly unknown[],
  context: IssueContext,
): Normalized<WorkItem | null> {
  const parsed = issueSchema.safeParse(raw);
  if (!parsed.success) return rejected('item', raw, 'an issue with id, iid and the state opened or closed');
  const { id, iid, state } = parsed.data;
  const { names, path, statuses } = context;
  const key = `${path}#${iid}`;
  const setAside: SetAside[] = [];
  const read = <T>(field: string, value: unknown, reader: (value: unknown) => T | null, expected: string): T | null => {
    if (value === undefined || value === null || value === '') return null;
    const result = reader(value);
    if (result === null) setAside.push(unusable('item', `${key} ${field}`, expected, value));
    return result;
  };
  const at = (field: string) => read(field, ownValue(raw, field), readInstant, 'an instant');
  const createdAt = readInstant(ownValue(raw, 'created_at'));
  if (createdAt === null) return rejected('item', raw, 'an instant in `created_at`', ownValue(raw, 'created_at'));
  const labels = labelsOf(raw);
  const milestone = ownValue(ownValue(raw, 'milestone'), 'id');
  const iteration = ownValue(ownValue(raw, 'iteration'), 'id');
  const assignee = assigneesOf(raw)[0];
  const estimate = ownValue(ownValue(raw, 'time_stats'), 'time_estimate');
  const item: WorkItem = {
    id: names.item(id),
    key,
    projectKey: path,
    summary:
      read('title', ownValue(raw, 'title'), (value) => (typeof value === 'string' ? value : null), 'a text') ?? '',
    type: typeOf(raw, labels),
    createdAt,
    // Without it an issue is as old as its birth, and is looked at again every time.
    updatedAt: at('updated_at') ?? createdAt,
    status: statuses.of(state, labels),
    resolution: resolutionOf(raw),
    resolvedAt: state === 'closed' ? at('closed_at') : null,
    assignee: assignee === undefined ? null : names.person(assignee),
    sprintIds: typeof iteration === 'number' ? [names.sprint(iteration)] : [],
    fixVersionIds: typeof milestone === 'number' ? [names.version(milestone)] : [],
    affectsVersionIds: [],
    startOn: dayOf(raw, 'start_date', ['item', key], setAside),
    dueOn: dayOf(raw, 'due_date', ['item', key], setAside),
    points: read('weight', ownValue(raw, 'weight'), readPoints, 'a number from 0 to 1,000,000'),
    // Zero is how GitLab says that nobody has estimated it.
    estimateSeconds: estimate === 0 ? null : read('time_estimate', estimate, readSeconds, 'whole seconds below 2^53'),
    parentKey: epicKey(raw),
    isFlagged: false,
    links: linksOf(raw, rawLinks, { key, projectId: context.projectId, path }),
    labels,
    components: [],
    priority: scopedLabel(labels, 'priority'),
  };
  return { value: item, setAside };
}

/** `Moved` and `Duplicate` where GitLab tells them from what was done; null while open. */
export function resolutionOf(raw: unknown): string | null {
  if (ownValue(raw, 'state') !== 'closed') return null;
  if (typeof ownValue(raw, 'moved_to_id') === 'number') return 'Moved';
  return ownValue(ownValue(raw, '_links'), 'closed_as_duplicate_of') ? 'Duplicate' : 'Closed';
}

/** Labels are texts, or objects when their details were asked for. */
export function labelsOf(raw: unknown): readonly string[] {
  const labels = ownValue(raw, 'labels');
  return Array.isArray(labels)
    ? labels
        .map((label: unknown) => (typeof label === 'string' ? label : ownValue(label, 'name')))
        .filter((name) => typeof name === 'string')
    : [];
}

/** User names; the first is responsible. */
export function assigneesOf(raw: unknown): readonly string[] {
  const assignees = ownValue(raw, 'assignees');
  const people = Array.isArray(assignees) ? assignees : [ownValue(raw, 'assignee')];
  return people.map(usernameOf).filter((name) => name !== null);
}

/** An incident of a service: an issue of type incident, or with one of the labels. One that was none in the end is left out. */
export function incidentOf(
  raw: unknown,
  item: WorkItem,
  isIncidentLabel: (label: string) => boolean,
): Omit<Incident, 'service'> | null {
  const isIncident = typeName(raw) === 'incident' || item.labels.some(isIncidentLabel);
  if (!isIncident || item.resolution === 'Duplicate' || item.resolution === 'Moved') return null;
  return { id: item.key, openedAt: item.createdAt, resolvedAt: item.resolvedAt, cause: null };
}

function typeName(raw: unknown): string {
  const name = ownValue(raw, 'issue_type') ?? ownValue(raw, 'type');
  return typeof name === 'string' && name !== '' ? name.toLowerCase() : 'issue';
}

/** GitLab's own types say little; most projects tell a bug by a label. */
function typeOf(raw: unknown, labels: readonly string[]): WorkItem['type'] {
  const own = typeName(raw);
  const told = own === 'issue' ? (scopedLabel(labels, 'type') ?? labels.find((label) => /^bug$/i.test(label))) : null;
  const name = (told ?? own).replaceAll('_', ' ');
  return { name: name.charAt(0).toUpperCase() + name.slice(1), isSubtask: own === 'task', isEpic: own === 'epic' };
}

function scopedLabel(labels: readonly string[], scope: string): string | null {
  const label = labels.find((one) => one.toLowerCase().startsWith(`${scope}::`));
  return label === undefined ? null : valueOfLabel(label);
}

/** `group&3` from the address of the epic, which is all that names its group. */
function epicKey(raw: unknown): string | null {
  const epic = ownValue(raw, 'epic');
  const url = ownValue(epic, 'url') ?? ownValue(epic, 'web_url');
  const found = typeof url === 'string' ? /\/groups\/([\w./-]+?)\/-\/epics\/(\d{1,9})$/.exec(url) : null;
  return found ? `${found[1]}&${found[2]}` : null;
}

const linkKinds: Readonly<Record<string, LinkKind>> = {
  relates_to: 'relates',
  blocks: 'blocks',
  is_blocked_by: 'blocked-by',
};

interface Self {
  readonly key: string;
  readonly projectId: number;
  readonly path: string;
}

function linksOf(raw: unknown, rawLinks: readonly unknown[], self: Self): ItemLink[] {
  const links = new Map<string, ItemLink>();
  const add = (kind: LinkKind | undefined, key: string | null) => {
    if (kind && key && key !== self.key) links.set(`${kind}:${key}`, { kind, key });
  };
  for (const link of rawLinks) {
    const kind = String(ownValue(link, 'link_type'));
    add(Object.hasOwn(linkKinds, kind) ? linkKinds[kind] : undefined, linkedKey(link));
  }
  const duplicate = ownValue(ownValue(raw, '_links'), 'closed_as_duplicate_of');
  const found = typeof duplicate === 'string' ? /\/projects\/(\d+)\/issues\/(\d{1,9})$/.exec(duplicate) : null;
  if (found && Number(found[1]) === self.projectId) add('duplicates', `${self.path}#${found[2]}`);
  return [...links.values()];
}

/** An issue of another project that we may not see comes without a reference, and says nothing. */
function linkedKey(link: unknown): string | null {
  const full = ownValue(ownValue(link, 'references'), 'full');
  return typeof full === 'string' && /^[\w./-]+#\d{1,9}$/.test(full) ? full : null;
}
