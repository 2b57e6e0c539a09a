import { forgetLost, openScopePlace } from '../pulling/scope-place.ts';
import { anyGlob } from '../reading/globs.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import { overlapMs, pageOf } from '../pulling/page-of.ts';
import type { ScopeGroup } from '../pulling/scope-groups.ts';
import { ownValue } from '../reading/values.ts';
import type { Page, Scope } from '../source.ts';
import type { GithubBoard } from './board.ts';
import { countScope } from '../pulling/census.ts';
import { takeCensus } from './census.ts';
import { startScope } from './cursor.ts';
import { startStream } from '../pulling/stream.ts';
import type { ScopePlace } from './cursor.ts';
import { issuesQuery } from './issue-query.ts';
import { issueRecords, partsOf } from './issue-records.ts';
import type { IssueScope } from './issue-records.ts';
import { noteRepository } from './moves.ts';
import { readMilestones, readPlanBoard } from './plan-records.ts';
import { pullBoard } from './pull-board.ts';
import { askAboutIssues, nameOf } from './queries.ts';
import type { Run } from './run.ts';
import { createStatuses } from './statuses.ts';
import { isRepositoryName, resolveRepository } from './targets.ts';
import type { GithubRepository } from './targets.ts';
import { startWalk, walkDown } from './walk.ts';
import { walkTarget } from '../pulling/walk-target.ts';

/** Issues with a hundred events and the fields of a board are heavy: GitHub gives up on more. */
const issuesAtOnce = 20;

/** Issues and plan of one Vigie project, from where they stand to now. Gives the repositories that it found. */
export async function* pullScope(run: Run, group: ScopeGroup): AsyncGenerator<Page, readonly GithubRepository[]> {
  const at = openScope(run, group);
  const found: { scope: Scope; repository: GithubRepository }[] = [];
  for (const scope of group.scopes) found.push({ scope, repository: await resolve(run, at, scope) });
  const repositories = [...new Map(found.map(({ repository }) => [repository.id, repository])).values()];
  forgetLost(
    at,
    at.issues,
    repositories.map(({ id: one }) => one),
  );
  for (const repository of repositories) {
    noteRepository(run, repository);
    at.issues[String(repository.id)] ??= startStream();
  }
  const wasResumed = Object.values(at.issues).some(({ walk }) => walk !== null) || at.full !== null;
  if (at.full === null && (run.options.isFull || at.censusAt === null)) {
    at.full = { startedAt: run.clock.now(), done: [], found: 0 };
    // What is moved on the board while all is read is found by its time afterwards.
    at.board = { watermark: run.serverNow() - overlapMs, recent: {} };
  }
  const boards = new Map<string, { board: GithubBoard; scopes: Map<number, IssueScope> }>();
  const told = new Set<number>();
  for (const { scope, repository } of found) {
    if (told.has(repository.id)) continue;
    told.add(repository.id);
    const statuses = createStatuses(run.names, run.settings.statusLabels);
    const always = statuses.always.map((status) => ({ kind: 'status' as const, status }));
    const { board, records } = await readPlanBoard(run, scope, nameOf(repository.full_name).owner, statuses);
    // Where issues are switched off so are milestones.
    const milestones = hasIssues(repository) ? await readMilestones(run, group.id, repository) : noMilestones;
    const plan = [...always, ...records, ...milestones.records];
    yield pageOf(run, plan, { step: `${group.id} plan`, done: told.size, total: repositories.length });
    if (!hasIssues(repository)) continue;
    const { id: repositoryId, full_name: path } = repository;
    const issues: IssueScope = {
      id: group.id,
      at,
      board,
      context: {
        path,
        repositoryId,
        names: run.names,
        statuses,
        boardId: board?.id ?? null,
        milestones: milestones.numbers,
      },
      isIncidentLabel: anyGlob(run.settings.incidentLabels),
      toldStatuses: new Set(),
    };
    yield* pullIssues(run, at, issues, wasResumed);
    if (!board) continue;
    const known = boards.get(board.id) ?? { board, scopes: new Map<number, IssueScope>() };
    known.scopes.set(repositoryId, issues);
    boards.set(board.id, known);
  }
  for (const { board, scopes } of boards.values()) yield* pullBoard(run, { id: group.id, at, board }, scopes);
  yield* countScope(run, group.id, at, () => takeCensus(run, group.id, at, repositories.filter(hasIssues)));
  return repositories;
}

const noMilestones = { numbers: new Map<string, number>(), records: [] };

function openScope(run: Run, { id, scopes }: ScopeGroup): ScopePlace {
  const query = JSON.stringify([
    scopes.map(({ project, board }) => [project, board]),
    run.settings.statusLabels,
    run.settings.incidentLabels,
    run.settings.fields,
  ]);
  return openScopePlace(run.place.scopes, id, { query, start: startScope });
}

async function resolve(run: Run, at: ScopePlace, scope: Scope): Promise<GithubRepository> {
  if (scope.project === null || scope.jql !== null || !isRepositoryName(scope.project)) {
    throw new RemoteError('github', `the scope of ${scope.id} names no repository`, {
      status: 400,
      todo: 'write `project: owner/name` into its scope, and no `jql`; more repositories go into `alsoIn`',
    });
  }
  return resolveRepository(run, at.targets, scope.project);
}

async function* pullIssues(run: Run, at: ScopePlace, scope: IssueScope, wasResumed: boolean): AsyncGenerator<Page> {
  const { repositoryId, path } = scope.context;
  const stream = at.issues[String(repositoryId)]!;
  const walk = () =>
    walkDown(run, {
      step: `${path} issues`,
      stream,
      by: 'updatedAt',
      field: 'issues',
      read: async (after, { until }) => {
        const since = until === null ? null : new Date(until).toISOString();
        const variables = { ...nameOf(path), first: issuesAtOnce, after, since };
        return ownValue(await askAboutIssues(run, partsOf(run, scope), issuesQuery, variables), 'repository');
      },
      tell: (nodes) => issueRecords(run, scope, nodes),
      end: ({ isFull, done }): SourceRecord[] => {
        if (isFull && at.full) {
          at.full.found += done;
          at.full.done.push(repositoryId);
        }
        return [];
      },
    });
  const start = (isFull: boolean) => startWalk(run, stream, { isFull, since: null });
  yield* walkTarget({ id: repositoryId, stream, full: at.full, wasResumed }, { start, walk });
}

function hasIssues({ has_issues: has }: GithubRepository): boolean {
  return has !== false;
}
