import type { Act } from '../portfolio/edit.ts';
import { createIssue, deleteIssue, editIssue, linkIssues, moveIssue, unlinkIssues } from '../portfolio/edit.ts';
import { deleteWorklog, editWorklog, logWork } from '../portfolio/log-work.ts';
import { addSprint, changeVersion, closeSprint, startSprint } from '../portfolio/plan.ts';
import type { IssueType, Site, SiteIssue, SiteSprint, SiteVersion } from '../portfolio/site.ts';

/** What somebody does in Jira while the demo or a test runs. Items go by key, versions and statuses by name. */
export type LiveChange =
  | {
      readonly do: 'create';
      readonly project: string;
      readonly type?: IssueType;
      readonly summary: string;
      readonly version?: string;
    }
  | { readonly do: 'rename'; readonly key: string; readonly summary: string }
  | { readonly do: 'label'; readonly key: string; readonly labels: readonly string[] }
  | { readonly do: 'transition'; readonly key: string; readonly to: string }
  | { readonly do: 'assign'; readonly key: string; readonly to: string | null }
  | { readonly do: 'estimate'; readonly key: string; readonly points: number | null }
  | { readonly do: 'flag'; readonly key: string; readonly isFlagged: boolean }
  | { readonly do: 'redate-item'; readonly key: string; readonly to: string | null }
  | { readonly do: 'redate-version'; readonly project: string; readonly version: string; readonly to: string | null }
  | { readonly do: 'release-version'; readonly project: string; readonly version: string }
  | { readonly do: 'plan-for'; readonly key: string; readonly version: string | null }
  | { readonly do: 'add-to-sprint' | 'remove-from-sprint'; readonly key: string; readonly sprint: number }
  | { readonly do: 'close-sprint'; readonly sprint: number }
  | { readonly do: 'block' | 'unblock'; readonly blocker: string; readonly blocked: string }
  | { readonly do: 'move'; readonly key: string; readonly toProject: string }
  | { readonly do: 'delete' | 'hide' | 'show'; readonly key: string }
  | { readonly do: 'log-work'; readonly key: string; readonly startedAt: number; readonly seconds: number }
  | {
      readonly do: 'edit-worklog';
      readonly worklog: number;
      readonly startedAt?: number;
      readonly seconds?: number;
    }
  | { readonly do: 'delete-worklog'; readonly worklog: number };

/** Makes one change and writes the history that Jira would write. Returns the item concerned, as it is afterwards. */
export function makeChange(site: Site, change: LiveChange, act: Act): SiteIssue | null {
  if ('key' in change) return changeItem(site, itemOf(site, change.key), change, act);
  switch (change.do) {
    case 'create':
      return createIssue(site, {
        projectKey: change.project,
        type: change.type ?? 'Story',
        summary: change.summary,
        act,
        fixVersionIds: change.version ? [versionNamed(site, change.project, change.version).id] : [],
      });
    case 'block':
      linkIssues(site, itemOf(site, change.blocker), itemOf(site, change.blocked), act);
      return itemOf(site, change.blocked);
    case 'unblock':
      unlinkIssues(site, itemOf(site, change.blocker), itemOf(site, change.blocked), act);
      return itemOf(site, change.blocked);
    case 'redate-version':
      changeVersion(versionNamed(site, change.project, change.version), act.at, { releaseDate: change.to });
      break;
    case 'release-version':
      changeVersion(versionNamed(site, change.project, change.version), act.at, { isReleased: true });
      break;
    case 'edit-worklog': {
      const { startedAt, seconds } = change;
      const effort = {
        ...(startedAt === undefined ? {} : { startedAt }),
        ...(seconds === undefined ? {} : { seconds }),
      };
      editWorklog(site, change.worklog, act.at, effort);
      break;
    }
    case 'delete-worklog':
      deleteWorklog(site, change.worklog, act.at);
      break;
    case 'close-sprint':
      turnSprint(site, sprintOf(site, change.sprint), act);
      break;
  }
  return null;
}

type ItemChange = Extract<LiveChange, { readonly key: string }>;

function changeItem(site: Site, issue: SiteIssue, change: ItemChange, act: Act): SiteIssue {
  switch (change.do) {
    case 'transition':
      editIssue(site, issue, act, { set: 'status', to: statusNamed(site, change.to) });
      break;
    case 'rename':
      editIssue(site, issue, act, { set: 'summary', to: change.summary });
      break;
    case 'label':
      editIssue(site, issue, act, { set: 'labels', to: change.labels });
      break;
    case 'assign':
      editIssue(site, issue, act, { set: 'assignee', to: change.to });
      break;
    case 'estimate':
      editIssue(site, issue, act, { set: 'points', to: change.points });
      break;
    case 'flag':
      editIssue(site, issue, act, { set: 'flagged', to: change.isFlagged });
      break;
    case 'redate-item':
      editIssue(site, issue, act, { set: 'dueDate', to: change.to });
      break;
    case 'plan-for': {
      const to = change.version === null ? [] : [versionNamed(site, issue.projectKey, change.version).id];
      editIssue(site, issue, act, { set: 'fixVersion', to });
      break;
    }
    case 'add-to-sprint':
      editIssue(site, issue, act, { set: 'sprint', to: [...issue.sprintIds, sprintOf(site, change.sprint).id] });
      break;
    case 'remove-from-sprint':
      editIssue(site, issue, act, { set: 'sprint', to: issue.sprintIds.filter((id) => id !== change.sprint) });
      break;
    case 'move':
      moveIssue(site, issue, change.toProject, act);
      break;
    case 'log-work':
      logWork(site, issue, act, { startedAt: change.startedAt, seconds: change.seconds });
      issue.updatedAt = Math.max(issue.updatedAt, act.at);
      break;
    case 'delete':
      deleteIssue(site, issue);
      break;
    case 'hide':
    case 'show':
      issue.isHidden = change.do === 'hide';
      break;
  }
  return issue;
}

/** The next planned sprint of the board starts at once, for two weeks, and another one is planned behind it. */
function turnSprint(site: Site, sprint: SiteSprint, act: Act): void {
  const planned = [...site.sprints.values()].find(
    (other) => other.boardId === sprint.boardId && other.state === 'future',
  );
  const next = planned ?? addSprint(site, sprint.boardId, `${sprint.name} (next)`);
  closeSprint(site, sprint, next, act);
  startSprint(next, act.at + 60_000, act.at + 11 * 86_400_000);
  addSprint(
    site,
    sprint.boardId,
    next.name.replace(/\d+$/, (number) => String(Number(number) + 1)),
  );
}

function itemOf(site: Site, key: string): SiteIssue {
  const id = site.keys.get(key);
  const issue = id === undefined ? undefined : site.issues.get(id);
  if (!issue) throw new Error(`the simulated Jira has no item ${key}`);
  return issue;
}

function sprintOf(site: Site, id: number): SiteSprint {
  const sprint = site.sprints.get(id);
  if (!sprint) throw new Error(`the simulated Jira has no sprint ${id}`);
  return sprint;
}

function versionNamed(site: Site, project: string, name: string): SiteVersion {
  for (const version of site.versions.values())
    if (version.projectKey === project && version.name === name) return version;
  throw new Error(`the simulated Jira has no version ${name} in ${project}`);
}

function statusNamed(site: Site, name: string): string {
  const status = site.statuses.find((candidate) => candidate.name === name);
  if (!status) throw new Error(`the simulated Jira has no status ${name}`);
  return status.id;
}
