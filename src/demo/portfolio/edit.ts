import type { HistoryItem, IssueLink, IssueType, LoggedField, Site, SiteIssue } from './site.ts';
import { statusOf } from './site.ts';

/** Who does something, and when. */
export interface Act {
  readonly at: number;
  readonly by: string;
}

export type Edit =
  | { readonly set: 'status'; readonly to: string; readonly resolution?: string }
  | { readonly set: 'assignee'; readonly to: string | null }
  | { readonly set: 'sprint'; readonly to: readonly number[] }
  | { readonly set: 'fixVersion' | 'affectsVersion'; readonly to: readonly string[] }
  | { readonly set: 'points' | 'estimate'; readonly to: number | null }
  | { readonly set: 'dueDate' | 'startDate'; readonly to: string | null }
  | { readonly set: 'parent'; readonly to: number | null }
  | { readonly set: 'flagged'; readonly to: boolean }
  | { readonly set: 'priority' | 'summary'; readonly to: string }
  | { readonly set: 'type'; readonly to: IssueType }
  | { readonly set: 'labels'; readonly to: readonly string[] };

export interface NewIssue {
  readonly projectKey: string;
  readonly type: IssueType;
  readonly summary: string;
  readonly act: Act;
  readonly priority?: string;
  readonly points?: number | null;
  readonly estimateSeconds?: number | null;
  readonly parentId?: number | null;
  readonly sprintIds?: readonly number[];
  readonly fixVersionIds?: readonly string[];
  readonly affectsVersionIds?: readonly string[];
  readonly labels?: readonly string[];
  readonly components?: readonly string[];
  readonly dueDate?: string | null;
  readonly startDate?: string | null;
  readonly assignee?: string | null;
}

/** Values set at creation leave no history, as in Jira. */
export function createIssue(site: Site, input: NewIssue): SiteIssue {
  const project = site.projects.get(input.projectKey);
  if (!project) throw new Error(`no project ${input.projectKey}`);
  const issue: SiteIssue = {
    id: site.next.issue++,
    key: `${project.key}-${project.nextNumber++}`,
    projectKey: project.key,
    type: input.type,
    summary: input.summary,
    createdAt: input.act.at,
    updatedAt: input.act.at,
    statusId: site.statuses[0]!.id,
    resolution: null,
    resolvedAt: null,
    assignee: input.assignee ?? null,
    reporter: input.act.by,
    priority: input.priority ?? 'Medium',
    labels: input.labels ?? [],
    components: input.components ?? [],
    sprintIds: input.sprintIds ?? [],
    fixVersionIds: input.fixVersionIds ?? [],
    affectsVersionIds: input.affectsVersionIds ?? [],
    startDate: input.startDate ?? null,
    dueDate: input.dueDate ?? null,
    points: input.points ?? null,
    estimateSeconds: input.estimateSeconds ?? null,
    parentId: input.parentId ?? null,
    isFlagged: false,
    isHidden: false,
    links: [],
    histories: [],
  };
  site.issues.set(issue.id, issue);
  site.keys.set(issue.key, issue.id);
  return issue;
}

/** One save of one issue: all edits become one history entry. Edits that change nothing leave no trace. */
export function editIssue(site: Site, issue: SiteIssue, request: Act, ...edits: readonly Edit[]): void {
  const act = { ...request, at: Math.max(request.at, issue.updatedAt) };
  record(
    site,
    issue,
    act,
    edits.flatMap((edit) => applyEdit(site, issue, act, edit)),
  );
}

function record(site: Site, issue: SiteIssue, act: Act, items: readonly HistoryItem[]): void {
  if (items.length === 0) return;
  issue.histories.push({ id: site.next.history++, at: act.at, by: act.by, items });
  issue.updatedAt = Math.max(issue.updatedAt, act.at);
}

function applyEdit(site: Site, issue: SiteIssue, act: Act, edit: Edit): HistoryItem[] {
  switch (edit.set) {
    case 'status':
      return setStatus(site, issue, act, edit);
    case 'assignee': {
      const name = (id: string | null) => (id === null ? null : (site.people.get(id)?.displayName ?? id));
      const items = changed('assignee', issue.assignee, edit.to, name);
      issue.assignee = edit.to;
      return items;
    }
    case 'sprint': {
      const names = (ids: string | null) =>
        ids &&
        ids
          .split(', ')
          .map((id) => site.sprints.get(Number(id))?.name ?? id)
          .join(', ');
      const items = changed('sprint', issue.sprintIds.join(', '), edit.to.join(', '), names);
      issue.sprintIds = edit.to;
      return items;
    }
    case 'fixVersion':
    case 'affectsVersion':
      return setVersions(site, issue, edit.set, edit.to);
    case 'points':
    case 'estimate': {
      const key = edit.set === 'points' ? 'points' : 'estimateSeconds';
      const before = issue[key];
      issue[key] = edit.to;
      return changed(edit.set, before === null ? null : String(before), edit.to === null ? null : String(edit.to));
    }
    case 'dueDate':
    case 'startDate': {
      const items = changed(edit.set, issue[edit.set], edit.to);
      issue[edit.set] = edit.to;
      return items;
    }
    case 'parent': {
      const id = (value: number | null) => (value === null ? null : String(value));
      const key = (value: string | null) => (value === null ? null : (site.issues.get(Number(value))?.key ?? null));
      const items = changed('parent', id(issue.parentId), id(edit.to), key);
      issue.parentId = edit.to;
      return items;
    }
    case 'flagged': {
      const flag = (isSet: boolean) => (isSet ? '[10019]' : '');
      const items = changed('flagged', flag(issue.isFlagged), flag(edit.to), (value) => (value ? 'Impediment' : ''));
      issue.isFlagged = edit.to;
      return items;
    }
    case 'priority':
    case 'summary': {
      const items = changed(edit.set, issue[edit.set], edit.to);
      issue[edit.set] = edit.to;
      return items;
    }
    case 'type': {
      const items = changed('type', issue.type, edit.to);
      issue.type = edit.to;
      return items;
    }
    case 'labels':
      break;
  }
  const items = changed('labels', issue.labels.join(' '), edit.to.join(' '));
  issue.labels = edit.to;
  return items;
}

function changed(
  field: LoggedField,
  from: string | null,
  to: string | null,
  text: (value: string | null) => string | null = (value) => value,
): HistoryItem[] {
  return from === to ? [] : [{ field, from, fromText: text(from), to, toText: text(to) }];
}

function setStatus(
  site: Site,
  issue: SiteIssue,
  act: Act,
  edit: { readonly to: string; readonly resolution?: string },
): HistoryItem[] {
  const items = changed('status', issue.statusId, edit.to, (id) => statusOf(site, id!).name);
  const resolution = statusOf(site, edit.to).category === 'done' ? (edit.resolution ?? 'Done') : null;
  items.push(...changed('resolution', issue.resolution, resolution));
  issue.statusId = edit.to;
  if (issue.resolution !== resolution) issue.resolvedAt = resolution === null ? null : act.at;
  issue.resolution = resolution;
  return items;
}

/** Jira logs one item for each version taken away and for each one added. */
function setVersions(
  site: Site,
  issue: SiteIssue,
  field: 'fixVersion' | 'affectsVersion',
  to: readonly string[],
): HistoryItem[] {
  const key = field === 'fixVersion' ? 'fixVersionIds' : 'affectsVersionIds';
  const before = issue[key];
  issue[key] = to;
  const name = (id: string | null) => (id === null ? null : (site.versions.get(id)?.name ?? id));
  return [
    ...before.filter((id) => !to.includes(id)).flatMap((id) => changed(field, id, null, name)),
    ...to.filter((id) => !before.includes(id)).flatMap((id) => changed(field, null, id, name)),
  ];
}

/** `blocker` blocks `blocked`: both ends get the link and a line in their history. */
export function linkIssues(site: Site, blocker: SiteIssue, blocked: SiteIssue, act: Act): void {
  const id = site.next.link++;
  const addLink = (issue: SiteIssue, link: IssueLink, other: SiteIssue, text: string) => {
    issue.links = [...issue.links, link];
    record(site, issue, act, [{ field: 'link', from: null, fromText: null, to: other.key, toText: text }]);
  };
  addLink(blocker, { id, direction: 'outward', otherId: blocked.id }, blocked, `This work item blocks ${blocked.key}`);
  addLink(
    blocked,
    { id, direction: 'inward', otherId: blocker.id },
    blocker,
    `This work item is blocked by ${blocker.key}`,
  );
}

export function unlinkIssues(site: Site, blocker: SiteIssue, blocked: SiteIssue, act: Act): void {
  const removeLink = (issue: SiteIssue, other: SiteIssue, text: string) => {
    const rest = issue.links.filter((link) => link.otherId !== other.id);
    if (rest.length === issue.links.length) return;
    issue.links = rest;
    record(site, issue, act, [{ field: 'link', from: other.key, fromText: text, to: null, toText: null }]);
  };
  removeLink(blocker, blocked, `This work item blocks ${blocked.key}`);
  removeLink(blocked, blocker, `This work item is blocked by ${blocker.key}`);
}

/** Same id, new key; the old key goes on answering. */
export function moveIssue(site: Site, issue: SiteIssue, toProject: string, act: Act): void {
  const from = site.projects.get(issue.projectKey)!;
  const to = site.projects.get(toProject);
  if (!to) throw new Error(`no project ${toProject}`);
  const key = `${to.key}-${to.nextNumber++}`;
  record(site, issue, act, [
    { field: 'project', from: from.id, fromText: from.name, to: to.id, toText: to.name },
    { field: 'key', from: null, fromText: issue.key, to: null, toText: key },
    ...setVersions(site, issue, 'fixVersion', []),
  ]);
  issue.key = key;
  issue.projectKey = to.key;
  site.keys.set(key, issue.id);
}

/** It leaves no trace, as in Jira: not even in the links of others. */
export function deleteIssue(site: Site, issue: SiteIssue): void {
  site.issues.delete(issue.id);
  for (const [key, id] of site.keys) if (id === issue.id) site.keys.delete(key);
  for (const link of issue.links) {
    const other = site.issues.get(link.otherId);
    if (other) other.links = other.links.filter((candidate) => candidate.id !== link.id);
  }
  for (const other of site.issues.values()) if (other.parentId === issue.id) other.parentId = null;
}
