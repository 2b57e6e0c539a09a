import { emptyBeside, emptyProject, iso, user } from './world.ts';
import type { Beside, Issue, Project, Raw } from './world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Ids of events are unique in a GitLab. */
let lastEvent = 5_000;

/** A project in which `count` issues were opened, one each six hours, planned, worked on and mostly closed. */
export function tellProject(
  id: number,
  path: string,
  how: { count: number; until: number; isLicensed?: boolean },
): Project {
  const project = emptyProject(id, path);
  const start = how.until - how.count * 6 * hourMs - 20 * dayMs;
  project.milestones.push(
    milestone(id * 10 + 1, 'v1', '2026-10-30', 'closed'),
    milestone(id * 10 + 2, 'v2', '2026-12-18'),
  );
  if (how.isLicensed) {
    project.iterations = [iteration(id * 10 + 5, '2026-10-05', 3), iteration(id * 10 + 6, '2026-11-16', 2)];
  }
  project.boards.push({
    id: 7,
    name: 'Development',
    lists: [
      { id: 71, position: 1, label: { id: 1, name: 'workflow::in dev' } },
      { id: 70, position: 0, label: { id: 2, name: 'workflow::ready' } },
      { id: 72, position: 2, milestone: { id: 1, title: 'v1' } },
    ],
  });
  for (let index = 0; index < how.count; index++)
    addIssue(project, index, start + index * 6 * hourMs, how.isLicensed ?? false);
  addDelivery(project, start, how.until);
  return project;
}

export function addIssue(project: Project, index: number, at: number, isLicensed = false): Issue {
  const iid = index + 1;
  const issue: Issue = {
    id: project.id * 1_000 + iid,
    iid,
    project_id: project.id,
    title: `Work ${iid}`,
    state: 'opened',
    created_at: iso(at),
    updated_at: iso(at),
    closed_at: null,
    labels: index % 5 === 0 ? ['bug'] : [],
    milestone: null,
    author: user('ana'),
    assignees: [],
    assignee: null,
    issue_type: index % 17 === 3 ? 'incident' : 'issue',
    due_date: null,
    time_stats: { time_estimate: 0, total_time_spent: 0 },
    moved_to_id: null,
    references: { short: `#${iid}`, relative: `#${iid}`, full: `${project.path}#${iid}` },
    _links: { closed_as_duplicate_of: null },
    ...(isLicensed ? { weight: null, iteration: null, epic: null } : {}),
  };
  project.issues.push(issue);
  project.issueBeside.set(iid, emptyBeside());
  // Some are as they were born.
  if (index % 11 === 10) return issue;
  plan(project, issue, at + hourMs);
  setLabel(project, issue, 'workflow::ready', at + 2 * hourMs);
  setLabel(project, issue, 'workflow::in dev', at + dayMs);
  if (index % 3 !== 2) setState(project, issue, 'closed', at + (2 + (index % 9)) * dayMs);
  if (index % 12 === 4) {
    setState(project, issue, 'reopened', at + 13 * dayMs);
    setState(project, issue, 'closed', at + 14 * dayMs);
  }
  return issue;
}

function plan(project: Project, issue: Issue, at: number): void {
  const beside = project.issueBeside.get(issue.iid)!;
  const [first, second] = project.milestones as [Raw, Raw];
  issue['milestone'] = issue.iid % 2 === 0 ? second : first;
  beside.milestone.push(event('milestone', { milestone: first, action: 'add' }, at));
  if (issue.iid % 2 === 0)
    beside.milestone.push(event('milestone', { milestone: second, action: 'add' }, at + minuteMs));
  issue['assignees'] = [user('ben')];
  beside.notes.push(note('assigned to @ben', at, 'ana'));
  issue['due_date'] = '2026-12-04';
  beside.notes.push(note('changed due date to December 4, 2026', at + 2 * minuteMs, 'ana'));
  if (project.iterations && 'iteration' in issue) {
    issue['iteration'] = project.iterations[1];
    beside.iteration.push(event('iteration', { iteration: project.iterations[1], action: 'add' }, at + 3 * minuteMs));
    issue['weight'] = 3;
    beside.weight.push(event('weight', { weight: 3, issue_id: issue.id }, at + 4 * minuteMs));
  }
  touch(issue, at + 5 * minuteMs);
}

export function setLabel(project: Project, issue: Issue, label: string, at: number): void {
  const beside = project.issueBeside.get(issue.iid)!;
  const scope = label.split('::')[0]!;
  for (const old of issue.labels.filter((one) => one.startsWith(`${scope}::`))) {
    beside.label.push(event('label', { label: { id: 1, name: old }, action: 'remove' }, at));
  }
  issue.labels = [...issue.labels.filter((one) => !one.startsWith(`${scope}::`)), label].sort();
  beside.label.push(event('label', { label: { id: 2, name: label }, action: 'add' }, at));
  touch(issue, at);
}

export function setState(project: Project, issue: Issue, state: 'closed' | 'reopened', at: number): void {
  project.issueBeside.get(issue.iid)!.state.push(event('state', { state, source_commit: null }, at));
  issue.state = state === 'closed' ? 'closed' : 'opened';
  issue['closed_at'] = state === 'closed' ? iso(at) : null;
  touch(issue, at);
}

function touch(issue: Issue, at: number): void {
  issue.updated_at = iso(Math.max(at, Date.parse(issue.updated_at)));
}

export function event(kind: string, fields: Raw, at: number): Raw {
  return { id: ++lastEvent, user: user('ana'), created_at: iso(at), resource_type: 'Issue', kind, ...fields };
}

export function note(body: string, at: number, username: string | null, system = true): Raw {
  const author = username === null ? null : user(username);
  return { id: ++lastEvent, body, author, created_at: iso(at), updated_at: iso(at), system };
}

export function milestone(id: number, title: string, due: string, state = 'active'): Raw {
  return { id, iid: id, title, state, start_date: null, due_date: due, expired: false };
}

export function iteration(id: number, from: string, state: 1 | 2 | 3): Raw {
  const to = iso(Date.parse(from) + 13 * dayMs).slice(0, 10);
  return { id, iid: id, group_id: 4, title: null, state, start_date: from, due_date: to };
}

/** Twelve merge requests, each one commit and a merge; every third merge is deployed. */
function addDelivery(project: Project, start: number, until: number): void {
  project.environments.push(
    environment(1, 'production'),
    environment(2, 'staging'),
    environment(3, 'live-eu', 'production'),
  );
  const step = (until - start - dayMs) / 12;
  let head: string | null = null;
  for (let index = 0; index < 12; index++) {
    const at = start + index * step;
    const own = sha(project, index * 2);
    const merge = sha(project, index * 2 + 1);
    const parents: string[] = head === null ? [] : [head];
    project.commits.unshift(commit(own, parents, at, `Write part ${index + 1} for #${index + 1}`));
    project.commits.unshift(commit(merge, [...parents, own], at + 5 * hourMs, `Merge branch 'part-${index + 1}'`));
    head = merge;
    addMergeRequest(project, { iid: index + 1, at: at + hourMs, own, merge, mergedAt: at + 5 * hourMs });
    if (index % 3 !== 2) continue;
    const id = project.id * 100 + index;
    project.deployments.push(deployment({ id, sha: merge, at: at + 6 * hourMs }));
    project.deployments.push(
      deployment({ id: id + 50, sha: merge, at: at + 5.5 * hourMs, environment: environment(2, 'staging') }),
    );
  }
}

export const sha = (project: Project, index: number): string =>
  (project.id * 1_000_000 + index).toString(16).padStart(40, '0');

export const environment = (id: number, name: string, tier = name): Raw => ({
  id,
  name,
  slug: name,
  tier,
  state: 'available',
});

export function commit(
  id: string,
  parents: string[],
  at: number,
  title: string,
): Raw & { id: string; parent_ids: string[] } {
  const date = iso(at);
  return {
    id,
    parent_ids: parents,
    title,
    message: title,
    authored_date: date,
    committed_date: date,
    created_at: date,
  };
}

export function addMergeRequest(
  project: Project,
  { iid, at, own, merge, mergedAt }: { iid: number; at: number; own: string; merge: string; mergedAt: number },
): void {
  const beside: Beside = emptyBeside();
  beside.commits.push(commit(own, [], at - hourMs, `Write part ${iid}`));
  beside.notes.push(note('added 1 commit', at + minuteMs, 'ana'), note('Looks good', at + hourMs, 'ben', false));
  project.mergeRequestBeside.set(iid, beside);
  project.mergeRequests.push({
    id: project.id * 1_000 + 500 + iid,
    iid,
    title: `Part ${iid}`,
    description: `Closes #${iid}`,
    state: 'merged',
    source_branch: `${iid}-part`,
    target_branch: 'main',
    labels: [],
    author: user('ana'),
    sha: own,
    merge_commit_sha: merge,
    squash_commit_sha: null,
    created_at: iso(at),
    updated_at: iso(mergedAt),
    merged_at: iso(mergedAt),
    closed_at: null,
  });
}

export function deployment(given: {
  id: number;
  sha: string | null;
  at: number;
  status?: string;
  environment?: Raw;
  pipeline?: number;
  job?: string;
}): Raw & { updated_at: string } {
  return {
    id: given.id,
    iid: given.id,
    ref: 'main',
    sha: given.sha,
    status: given.status ?? 'success',
    created_at: iso(given.at - 5 * minuteMs),
    updated_at: iso(given.at),
    environment: given.environment ?? environment(1, 'production'),
    user: user('ana'),
    deployable: {
      id: given.id * 2,
      name: given.job ?? 'deploy',
      tag: false,
      finished_at: iso(given.at),
      pipeline: { id: given.pipeline ?? given.id },
    },
  };
}
