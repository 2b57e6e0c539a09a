import type { Act } from './edit.ts';
import type { Site, SiteIssue, SiteWorklog } from './site.ts';

export interface Effort {
  readonly startedAt: number;
  readonly seconds: number;
}

/** Somebody enters time that they spent on an issue. */
export function logWork(site: Site, issue: SiteIssue, { at, by }: Act, effort: Effort): SiteWorklog {
  const worklog = { id: site.next.worklog++, issueId: issue.id, by, createdAt: at, updatedAt: at, ...effort };
  site.worklogs.set(worklog.id, worklog);
  return worklog;
}

export function editWorklog(site: Site, id: number, at: number, effort: Partial<Effort>): SiteWorklog {
  const worklog = site.worklogs.get(id);
  if (!worklog) throw new Error(`the simulated Jira has no worklog ${id}`);
  return Object.assign(worklog, effort, { updatedAt: at });
}

export function deleteWorklog(site: Site, id: number, at: number): void {
  if (!site.worklogs.delete(id)) throw new Error(`the simulated Jira has no worklog ${id}`);
  site.deletedWorklogs.push({ id, at });
}
