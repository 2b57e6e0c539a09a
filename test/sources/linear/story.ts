import { iso, uuid } from './world.ts';
import type { Raw, RawIssue, RawTeam, World } from './world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

let lastEntry = 0;

export const types = ['triage', 'backlog', 'unstarted', 'started', 'completed', 'canceled', 'duplicate'] as const;

/** A workspace in which the team ENG made `count` issues, one each six hours, planned, worked on and mostly done. */
export function tellWorkspace(count: number, until: number): World {
  const team: RawTeam = { id: uuid('1', 1), key: 'ENG', name: 'Engineering', archivedAt: null };
  const other: RawTeam = { id: uuid('1', 2), key: 'OPS', name: 'Operations', archivedAt: null };
  const start = until - count * 6 * hourMs - 20 * dayMs;
  const world: World = {
    organization: { name: 'Acme', urlKey: 'acme' },
    viewer: { id: uuid('5', 1), name: 'Vigie' },
    teams: [team, other],
    states: [team, other].flatMap((owner, index) =>
      types.map((type, position) => stateOf(owner, index * 10 + position, type, start)),
    ),
    cycles: [0, 1, 2].map((index) => cycleOf(team, index, until - 21 * dayMs + index * 14 * dayMs, until)),
    projects: [],
    milestones: [],
    issues: [],
  };
  const project = projectOf(1, 'Checkout', [team]);
  world.projects.push(project, projectOf(2, 'Platform', [other]));
  world.milestones.push(
    milestoneOf(1, 'Alpha', '2026-10-30', project, 'done'),
    milestoneOf(2, 'Beta', '2026-12-18', project),
  );
  for (let index = 0; index < count; index++) addIssue(world, team, index, start + index * 6 * hourMs);
  return world;
}

export function stateOf(team: RawTeam, number: number, type: string, at: number): Raw {
  const name = type[0]!.toUpperCase() + type.slice(1);
  const dates = { createdAt: iso(at), updatedAt: iso(at), archivedAt: null };
  return {
    id: uuid('2', number),
    name,
    type,
    color: '#000',
    position: number,
    team,
    description: null,
    inheritedFrom: null,
    ...dates,
  };
}

export function cycleOf(team: RawTeam, number: number, from: number, now: number): Raw {
  const to = from + 14 * dayMs;
  const counts = {
    scopeHistory: [],
    issueCountHistory: [],
    completedScopeHistory: [],
    completedIssueCountHistory: [],
    inProgressScopeHistory: [],
  };
  return {
    id: uuid('3', number),
    number: number + 1,
    name: null,
    description: null,
    startsAt: iso(from),
    endsAt: iso(to),
    completedAt: to < now ? iso(to) : null,
    isActive: from <= now && now < to,
    isFuture: from > now,
    isPast: to <= now,
    isNext: false,
    isPrevious: false,
    team,
    inheritedFrom: null,
    progress: 0,
    ...counts,
    createdAt: iso(from),
    updatedAt: iso(from),
    // Linear puts cycles away some time after their end.
    archivedAt: to < now ? iso(now) : null,
    autoArchivedAt: null,
  };
}

export function projectOf(number: number, name: string, teams: RawTeam[]): Raw {
  return {
    id: uuid('4', number),
    name,
    slugId: `00000000a00${number}`,
    startDate: '2026-09-01',
    targetDate: '2026-12-31',
    completedAt: null,
    canceledAt: null,
    archivedAt: null,
    trashed: null,
    teams,
  };
}

export function milestoneOf(number: number, name: string, targetDate: string, project: Raw, status = 'next'): Raw {
  return { id: uuid('6', number), name, targetDate, status, archivedAt: null, project };
}

export function addIssue(world: World, team: RawTeam, index: number, at: number): RawIssue {
  const issue: RawIssue = {
    id: uuid('7', world.issues.length + 1),
    number: index + 1,
    title: `Work ${index + 1}`,
    team,
    createdAt: iso(at),
    updatedAt: iso(at),
    completedAt: null,
    canceledAt: null,
    archivedAt: null,
    trashed: null,
    dueDate: null,
    estimate: null,
    priority: 0,
    previousIdentifiers: [],
    state: stateNamed(world, team, 'backlog'),
    assignee: null,
    cycle: null,
    project: null,
    projectMilestone: null,
    parent: null,
    labels: index % 5 === 0 ? [{ id: uuid('8', 1), name: 'Bug', parent: null }] : [],
    relations: [],
    inverseRelations: [],
    history: [],
  };
  world.issues.push(issue);
  // Some are as they were born.
  if (index % 11 === 10) return issue;
  plan(world, issue, at + hourMs);
  move(world, issue, 'started', at + dayMs);
  if (index % 3 !== 2) move(world, issue, index % 13 === 4 ? 'canceled' : 'completed', at + (2 + (index % 9)) * dayMs);
  // A long life: more entries than a page of issues has room for.
  if (index % 15 === 1)
    for (let turn = 0; turn < 7; turn++) {
      move(world, issue, 'started', at + (12 + turn / 5) * dayMs);
      move(world, issue, 'completed', at + (12.1 + turn / 5) * dayMs);
    }
  if (index % 4 === 0) issue['archivedAt'] = iso(at + 19 * dayMs);
  return issue;
}

function plan(world: World, issue: RawIssue, at: number): void {
  const [alpha, beta] = world.milestones as [Raw, Raw];
  const project = world.projects[0]!;
  const cycle = world.cycles[1]!;
  change(issue, { project, projectMilestone: alpha }, { toProjectId: project['id'], toProjectMilestone: alpha }, at);
  if (issue.number % 2 === 0)
    change(issue, { projectMilestone: beta }, { fromProjectMilestone: alpha, toProjectMilestone: beta }, at + minuteMs);
  change(issue, { estimate: 3, priority: 2 }, { toEstimate: 3, fromPriority: 0, toPriority: 2 }, at + 2 * minuteMs);
  change(issue, { cycle }, { toCycleId: cycle['id'] }, at + 3 * minuteMs);
  const person = { id: uuid('5', 2), name: 'Ana' };
  change(
    issue,
    { assignee: person, dueDate: '2026-12-04' },
    { toAssigneeId: person.id, toDueDate: '2026-12-04' },
    at + 4 * minuteMs,
  );
}

export function move(world: World, issue: RawIssue, type: string, at: number): void {
  const from = issue.state;
  const to = stateNamed(world, issue.team, type);
  const ends = { completedAt: type === 'completed' ? iso(at) : null, canceledAt: type === 'canceled' ? iso(at) : null };
  change(issue, { state: to, ...ends }, { fromStateId: from['id'], toStateId: to['id'] }, at);
}

export function change(issue: RawIssue, fields: Raw, entry: Raw, at: number): Raw {
  Object.assign(issue, fields);
  issue.updatedAt = iso(Math.max(at, Date.parse(issue.updatedAt)));
  const told: Raw = {
    id: uuid('9', ++lastEntry),
    createdAt: iso(at),
    updatedAt: iso(at),
    actorId: uuid('5', 2),
    ...entry,
  };
  // Newest first.
  issue.history.unshift(told);
  return told;
}

export function relate(from: RawIssue, to: RawIssue, type: string, at: number): Raw {
  const relation: Raw = { id: uuid('a', ++lastEntry), type, createdAt: iso(at), issue: from, relatedIssue: to };
  from.relations.push(relation);
  to.inverseRelations.push(relation);
  for (const issue of [from, to]) issue.updatedAt = iso(Math.max(at, Date.parse(issue.updatedAt)));
  return relation;
}

export function stateNamed(world: World, team: RawTeam, type: string): Raw {
  return world.states.find((state) => state['type'] === type && (state['team'] as RawTeam).id === team.id)!;
}
