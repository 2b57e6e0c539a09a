import type { Act } from './edit.ts';
import { editIssue } from './edit.ts';
import type { Site, SiteIssue, SiteSprint, SiteVersion } from './site.ts';
import { isDone } from './site.ts';

export function addVersion(
  site: Site,
  input: {
    projectKey: string;
    name: string;
    description: string;
    at: number;
    startDate?: string;
    releaseDate?: string;
  },
): SiteVersion {
  const dates = {
    startDate: input.startDate ?? null,
    releaseDate: input.releaseDate ?? null,
    isReleased: false,
    isArchived: false,
  };
  const version: SiteVersion = {
    id: String(site.next.version++),
    projectKey: input.projectKey,
    name: input.name,
    description: input.description,
    ...dates,
    log: [{ at: input.at, ...dates }],
  };
  site.versions.set(version.id, version);
  return version;
}

/** Jira overwrites; only our log remembers. No issue is touched by it. */
export function changeVersion(
  version: SiteVersion,
  at: number,
  change: Partial<Pick<SiteVersion, 'startDate' | 'releaseDate' | 'isReleased' | 'isArchived'>>,
): void {
  Object.assign(version, change);
  const { startDate, releaseDate, isReleased, isArchived } = version;
  version.log.push({ at, startDate, releaseDate, isReleased, isArchived });
}

export function addSprint(site: Site, boardId: number, name: string, goal = ''): SiteSprint {
  const sprint: SiteSprint = {
    id: site.next.sprint++,
    boardId,
    name,
    goal,
    state: 'future',
    startAt: null,
    activatedAt: null,
    endAt: null,
    completedAt: null,
  };
  site.sprints.set(sprint.id, sprint);
  return sprint;
}

export function startSprint(sprint: SiteSprint, at: number, endAt: number): void {
  sprint.state = 'active';
  sprint.startAt = at;
  sprint.activatedAt = at;
  sprint.endAt = endAt;
}

/** Open items go on to `next`; the closed sprint stays in their list, as Jira keeps it. Returns them. */
export function closeSprint(site: Site, sprint: SiteSprint, next: SiteSprint | null, act: Act): SiteIssue[] {
  const carried = [...site.issues.values()].filter(
    (issue) => issue.sprintIds.includes(sprint.id) && !isDone(site, issue),
  );
  for (const issue of carried)
    if (next) editIssue(site, issue, act, { set: 'sprint', to: [...issue.sprintIds, next.id] });
  sprint.state = 'closed';
  sprint.completedAt = act.at;
  return carried;
}
