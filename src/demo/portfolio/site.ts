/**
 * What a Jira site holds, as data. It is changed in place by `edit.ts` and `plan.ts`, by the generator for the past and
 * by the running server for the present, so that both write the same kind of history.
 */
export interface Person {
  readonly accountId: string;
  /** Data Center: the login and key that stand where Cloud has an account id. */
  readonly login: string;
  readonly displayName: string;
  isActive: boolean;
}

export interface SiteStatus {
  readonly id: string;
  readonly name: string;
  readonly category: 'new' | 'indeterminate' | 'done';
}

export interface SiteProject {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** The number that the next issue gets. */
  nextNumber: number;
}

/** One value that a version's dates had. Jira forgets them; the site keeps them for snapshots of the past. */
interface VersionDates {
  readonly at: number;
  readonly startDate: string | null;
  readonly releaseDate: string | null;
  readonly isReleased: boolean;
  readonly isArchived: boolean;
}

export interface SiteVersion extends Omit<VersionDates, 'at'> {
  readonly id: string;
  readonly projectKey: string;
  readonly name: string;
  readonly description: string;
  startDate: string | null;
  releaseDate: string | null;
  isReleased: boolean;
  isArchived: boolean;
  /** Every value with the moment it was set, oldest first; the last is the present one. */
  readonly log: VersionDates[];
}

export interface SiteSprint {
  readonly id: number;
  readonly boardId: number;
  name: string;
  goal: string;
  state: 'future' | 'active' | 'closed';
  startAt: number | null;
  activatedAt: number | null;
  endAt: number | null;
  completedAt: number | null;
}

export interface SiteBoard {
  readonly id: number;
  readonly name: string;
  readonly projectKey: string;
  readonly type: 'scrum' | 'kanban';
  readonly columns: readonly { readonly name: string; readonly statusIds: readonly string[] }[];
}

export type IssueType = 'Epic' | 'Story' | 'Task' | 'Bug' | 'Sub-task';

export type LoggedField =
  | 'status'
  | 'resolution'
  | 'assignee'
  | 'sprint'
  | 'fixVersion'
  | 'affectsVersion'
  | 'points'
  | 'estimate'
  | 'dueDate'
  | 'startDate'
  | 'parent'
  | 'flagged'
  | 'priority'
  | 'summary'
  | 'type'
  | 'labels'
  | 'link'
  | 'project'
  | 'key';

export interface HistoryItem {
  readonly field: LoggedField;
  readonly from: string | null;
  readonly fromText: string | null;
  readonly to: string | null;
  readonly toText: string | null;
}

export interface History {
  readonly id: number;
  readonly at: number;
  /** Account id. */
  readonly by: string;
  readonly items: readonly HistoryItem[];
}

export interface IssueLink {
  readonly id: number;
  /** `outward`: this issue blocks the other; `inward`: it is blocked by it. */
  readonly direction: 'outward' | 'inward';
  readonly otherId: number;
}

export interface SiteIssue {
  readonly id: number;
  key: string;
  projectKey: string;
  type: IssueType;
  summary: string;
  readonly createdAt: number;
  updatedAt: number;
  statusId: string;
  resolution: string | null;
  resolvedAt: number | null;
  assignee: string | null;
  readonly reporter: string;
  priority: string;
  labels: readonly string[];
  components: readonly string[];
  sprintIds: readonly number[];
  fixVersionIds: readonly string[];
  affectsVersionIds: readonly string[];
  startDate: string | null;
  dueDate: string | null;
  points: number | null;
  estimateSeconds: number | null;
  parentId: number | null;
  isFlagged: boolean;
  /** The bot may not see it: it stays away from every answer. */
  isHidden: boolean;
  links: readonly IssueLink[];
  readonly histories: History[];
}

/** Time that somebody spent on an issue. */
export interface SiteWorklog {
  readonly id: number;
  readonly issueId: number;
  /** Account id. */
  readonly by: string;
  /** When it was entered, and last edited. */
  readonly createdAt: number;
  updatedAt: number;
  /** When the work was done. */
  startedAt: number;
  seconds: number;
}

export interface Site {
  readonly name: string;
  readonly people: Map<string, Person>;
  readonly projects: Map<string, SiteProject>;
  readonly statuses: readonly SiteStatus[];
  readonly versions: Map<string, SiteVersion>;
  readonly sprints: Map<number, SiteSprint>;
  readonly boards: Map<number, SiteBoard>;
  /** In the order of their ids. */
  readonly issues: Map<number, SiteIssue>;
  /** Present and former keys to issue ids: an issue that was moved answers to its old key too. */
  readonly keys: Map<string, number>;
  readonly worklogs: Map<number, SiteWorklog>;
  readonly deletedWorklogs: { readonly id: number; readonly at: number }[];
  readonly next: { issue: number; history: number; sprint: number; version: number; link: number; worklog: number };
}

export const statusIds = { toDo: '10000', inProgress: '10001', inReview: '10002', testing: '10003', done: '10004' };

const statuses: readonly SiteStatus[] = [
  { id: statusIds.toDo, name: 'To Do', category: 'new' },
  { id: statusIds.inProgress, name: 'In Progress', category: 'indeterminate' },
  { id: statusIds.inReview, name: 'In Review', category: 'indeterminate' },
  { id: statusIds.testing, name: 'Testing', category: 'indeterminate' },
  { id: statusIds.done, name: 'Done', category: 'done' },
];

export function createSite(name: string): Site {
  return {
    name,
    people: new Map(),
    projects: new Map(),
    statuses,
    versions: new Map(),
    sprints: new Map(),
    boards: new Map(),
    issues: new Map(),
    keys: new Map(),
    worklogs: new Map(),
    deletedWorklogs: [],
    next: { issue: 10_001, history: 50_001, sprint: 1, version: 10_201, link: 30_001, worklog: 70_001 },
  };
}

export function addPerson(site: Site, displayName: string): Person {
  const login = displayName
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z ]/g, '')
    .replaceAll(' ', '.');
  const number = site.people.size + 1;
  const accountId = `712020:${number.toString(16).padStart(8, '0')}-4c1d-4e5f-9a7b-${(number * 7919).toString(16).padStart(12, '0')}`;
  const person: Person = { accountId, login, displayName, isActive: true };
  site.people.set(accountId, person);
  return person;
}

export function addProject(site: Site, key: string, name: string): SiteProject {
  const project: SiteProject = { id: String(10_000 + site.projects.size), key, name, nextNumber: 1 };
  site.projects.set(key, project);
  return project;
}

export function addBoard(site: Site, projectKey: string, name: string): SiteBoard {
  const columns = site.statuses.map((status) => ({ name: status.name, statusIds: [status.id] }));
  const board: SiteBoard = { id: site.boards.size + 1, name, projectKey, type: 'scrum', columns };
  site.boards.set(board.id, board);
  return board;
}

export function statusOf(site: Site, id: string): SiteStatus {
  const status = site.statuses.find((candidate) => candidate.id === id);
  if (!status) throw new Error(`no status ${id}`);
  return status;
}

export function isDone(site: Site, issue: SiteIssue): boolean {
  return statusOf(site, issue.statusId).category === 'done';
}
