import { emptyRepository, iso, user } from './world.ts';
import type { Event, Issue, Raw, Repository } from './world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Ids of events are unique in a GitHub. */
let lastEvent = 5_000;

/** A repository in which `count` issues were opened, one each six hours, planned, worked on and mostly closed. */
export function tellRepository(
  id: number,
  path: string,
  how: { count: number; until: number; hasBoard?: boolean },
): Repository {
  const repository = emptyRepository(id, path);
  const start = how.until - how.count * 6 * hourMs - 20 * dayMs;
  repository.milestones.push(
    milestone(1, 'v1', '2026-10-30T07:00:00Z', 'closed'),
    milestone(2, 'v2', '2026-12-18T08:00:00Z'),
  );
  for (let index = 0; index < how.count; index++)
    addIssue(repository, index, start + index * 6 * hourMs, how.hasBoard ?? false);
  addDelivery(repository, start, how.until);
  return repository;
}

export function addIssue(repository: Repository, index: number, at: number, hasBoard = false): Issue {
  const number = index + 1;
  const issue: Issue = {
    id: `I_${repository.id}_${number}`,
    number,
    title: `Work ${number}`,
    state: 'OPEN',
    stateReason: null,
    createdAt: iso(at),
    updatedAt: iso(at),
    closedAt: null,
    labels: index % 5 === 0 ? ['bug'] : index % 17 === 3 ? ['incident'] : [],
    assignees: [],
    milestone: null,
    events: [],
    card: null,
  };
  repository.issues.push(issue);
  // Some are as they were born.
  if (index % 11 === 10) return issue;
  plan(repository, issue, at + hourMs);
  if (hasBoard) moveCard(issue, 'Todo', at + 2 * hourMs);
  if (hasBoard) moveCard(issue, 'In Progress', at + dayMs);
  if (index % 3 !== 2) setState(issue, 'CLOSED', at + (2 + (index % 9)) * dayMs);
  if (index % 12 === 4) {
    setState(issue, 'OPEN', at + 13 * dayMs);
    setState(issue, 'CLOSED', at + 14 * dayMs, 'NOT_PLANNED');
  }
  return issue;
}

function plan(repository: Repository, issue: Issue, at: number): void {
  const [first, second] = repository.milestones as [Raw, Raw];
  tell(issue, 'MilestonedEvent', at, { milestoneTitle: first['title'] });
  issue['milestone'] = first;
  if (issue.number % 2 === 0) {
    tell(issue, 'DemilestonedEvent', at + minuteMs, { milestoneTitle: first['title'] });
    tell(issue, 'MilestonedEvent', at + minuteMs, { milestoneTitle: second['title'] });
    issue['milestone'] = second;
  }
  tell(issue, 'AssignedEvent', at + 2 * minuteMs, { assignee: user('ben') });
  issue.assignees = ['ben'];
}

/** What happened to an issue; it counts as a change of it. */
export function tell(issue: Issue, kind: string, at: number, fields: Raw = {}, login: string | null = 'ana'): Event {
  const actor = login === null ? null : user(login);
  const event: Event = { __typename: kind, id: `E_${++lastEvent}`, createdAt: iso(at), actor, ...fields };
  issue.events.push(event);
  issue.updatedAt = iso(Math.max(at, Date.parse(issue.updatedAt)));
  return event;
}

export function setState(issue: Issue, state: Issue['state'], at: number, reason = 'COMPLETED'): void {
  issue.state = state;
  issue['stateReason'] = state === 'CLOSED' ? reason : 'REOPENED';
  issue['closedAt'] = state === 'CLOSED' ? iso(at) : null;
  if (state === 'CLOSED') tell(issue, 'ClosedEvent', at, { stateReason: reason });
  else tell(issue, 'ReopenedEvent', at, { stateReason: 'REOPENED' });
}

/** To move a card is no change of its issue; the timeline tells it nevertheless, unless the event was lost. */
export function moveCard(issue: Issue, to: string, at: number, isTold = true): void {
  const values = issue.card?.values ?? [];
  const before = values.find((value) => value['__typename'] === 'ProjectV2ItemFieldSingleSelectValue');
  const updatedAt = issue.updatedAt;
  if (isTold) {
    const previousStatus = before ? String(before['name']) : '';
    const project = { __typename: 'ProjectV2', id: 'PVT_7' };
    tell(issue, 'ProjectV2ItemStatusChangedEvent', at, { previousStatus, status: to, project, wasAutomated: false });
    issue.updatedAt = updatedAt;
  }
  setField(issue, 'Status', { name: to }, at);
}

const kinds: Readonly<Record<string, string>> = {
  Status: 'ProjectV2ItemFieldSingleSelectValue',
  Iteration: 'ProjectV2ItemFieldIterationValue',
  Estimate: 'ProjectV2ItemFieldNumberValue',
  'Target date': 'ProjectV2ItemFieldDateValue',
};

/** Sets a field of the board; null empties it. */
export function setField(issue: Issue, field: string, value: Raw | null, at: number): void {
  issue.card ??= { updatedAt: iso(at), values: [] };
  issue.card.updatedAt = iso(at);
  const { values } = issue.card;
  const index = values.findIndex((one) => (one['field'] as Raw)['name'] === field);
  if (index >= 0) values.splice(index, 1);
  if (value === null) return;
  const type = { Status: 'SingleSelectField', Iteration: 'IterationField' }[field] ?? 'Field';
  values.push({
    __typename: kinds[field],
    ...value,
    updatedAt: iso(at),
    field: { __typename: `ProjectV2${type}`, name: field },
  });
}

export function milestone(number: number, title: string, due: string | null, state = 'open'): Raw {
  return { id: number * 100, number, title, state, due_on: due, open_issues: 1, closed_issues: 1 };
}

export const sha = (repository: Repository, index: number): string =>
  (repository.id * 1_000_000 + index).toString(16).padStart(40, '0');

export function commit(id: string, parents: readonly string[], at: number, message: string): Raw {
  const who = { name: 'Ana', email: 'ana@shop.test', date: iso(at) };
  return {
    sha: id,
    parents: parents.map((parent) => ({ sha: parent })),
    commit: { message, author: who, committer: who },
    author: null,
    committer: null,
  };
}

/** Twelve pull requests, each one commit and a merge; every third merge is deployed, and some other is released. */
function addDelivery(repository: Repository, start: number, until: number): void {
  for (const name of ['production', 'staging']) repository.environments.push({ id: name.length, name });
  const step = (until - start - dayMs) / 12;
  let head: string | null = null;
  for (let index = 0; index < 12; index++) {
    const at = start + index * step;
    const own = sha(repository, index * 2);
    const merge = sha(repository, index * 2 + 1);
    const parents: string[] = head === null ? [] : [head];
    repository.commits.unshift(commit(own, parents, at, `Write part ${index + 1} for #${index + 1}`));
    repository.commits.unshift(commit(merge, [...parents, own], at + 5 * hourMs, `Merge pull request #${501 + index}`));
    head = merge;
    addPull(repository, { number: 501 + index, at: at + hourMs, own, merge, mergedAt: at + 5 * hourMs });
    if (index % 3 !== 2) continue;
    repository.deployments.push(
      deployment({ id: `DE_${repository.id}_${index}`, sha: merge, at: at + 6 * hourMs }),
      deployment({ id: `DE_${repository.id}_s${index}`, sha: merge, at: at + 5.5 * hourMs, environment: 'staging' }),
    );
    repository.releases.push(release(`RE_${repository.id}_${index}`, `v1.${index}`, merge, at + 6 * hourMs));
    repository.runs.push(run(repository.id * 100 + index, merge, at + 5.9 * hourMs));
  }
}

export function addPull(
  repository: Repository,
  given: { number: number; at: number; own: string; merge: string | null; mergedAt: number | null },
): Repository['pulls'][number] {
  const { number, at, own, merge, mergedAt } = given;
  const pull = {
    id: `PR_${repository.id}_${number}`,
    number,
    title: `Part ${number}`,
    body: 'See the issue.',
    state: mergedAt === null ? 'OPEN' : 'MERGED',
    createdAt: iso(at),
    updatedAt: iso(mergedAt ?? at),
    mergedAt: mergedAt === null ? null : iso(mergedAt),
    closedAt: mergedAt === null ? null : iso(mergedAt),
    headRefName: `${number - 500}-part`,
    author: user('ana'),
    mergeCommit: merge === null ? null : { oid: merge },
    labels: [],
    closes: [number - 500],
    reviews: [
      { author: user('ana'), submittedAt: iso(at + minuteMs) },
      { author: user('ben'), submittedAt: iso(at + hourMs) },
    ],
    commits: [{ commit: { oid: own, authoredDate: iso(at - hourMs), message: `Write part ${number}` } }],
  };
  repository.pulls.push(pull);
  return pull;
}

export function deployment(given: {
  id: string;
  sha: string;
  at: number;
  environment?: string;
  states?: readonly string[];
  ref?: Raw | null;
  description?: string;
}): Repository['deployments'][number] {
  const { id, at, environment = 'production', states = ['IN_PROGRESS', 'SUCCESS'] } = given;
  return {
    id,
    createdAt: iso(at - 5 * minuteMs),
    commitOid: given.sha,
    environment,
    task: 'deploy',
    description: given.description ?? null,
    ref: given.ref ?? { name: 'main', prefix: 'refs/heads/' },
    statuses: states.map((state, index) => ({ state, createdAt: iso(at - (states.length - 1 - index) * minuteMs) })),
  };
}

export function release(
  id: string,
  tagName: string,
  oid: string | null,
  at: number,
): Raw & { id: string; createdAt: string } {
  return {
    id,
    tagName,
    isDraft: false,
    isPrerelease: false,
    createdAt: iso(at),
    publishedAt: iso(at),
    tagCommit: oid === null ? null : { oid },
  };
}

export function run(
  id: number,
  headSha: string,
  at: number,
  conclusion: string | null = 'success',
): Raw & { id: number; created_at: string } {
  return {
    id,
    path: '.github/workflows/deploy.yml',
    head_sha: headSha,
    head_branch: 'main',
    display_title: 'Deploy',
    status: conclusion === null ? 'in_progress' : 'completed',
    conclusion,
    created_at: iso(at),
    updated_at: iso(at + 6 * minuteMs),
    run_attempt: 1,
  };
}
