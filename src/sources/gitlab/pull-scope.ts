import { forgetLost, openScopePlace } from '../pulling/scope-place.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import type { ScopeGroup } from '../pulling/scope-groups.ts';
import type { Page, Scope } from '../source.ts';
import { countScope } from '../pulling/census.ts';
import { takeCensus } from './census.ts';
import { startScope } from './cursor.ts';
import { startStream } from '../pulling/stream.ts';
import type { ScopePlace } from './cursor.ts';
import { issueRecords } from './issue-records.ts';
import type { IssueScope } from './issue-records.ts';
import { readPlan, readStatuses } from './plan-records.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import { findTarget, noteProject } from './moves.ts';
import type { GitlabProject } from './targets.ts';
import { startWalk, walkStream } from './walk.ts';
import { walkTarget } from '../pulling/walk-target.ts';

/** Issues and plan of one Vigie project, from where they stand to now. Gives the GitLab projects that it found. */
export async function* pullScope(run: Run, group: ScopeGroup): AsyncGenerator<Page, readonly GitlabProject[]> {
  const at = openScope(run, group);
  const found: { scope: Scope; projects: readonly GitlabProject[] }[] = [];
  for (const scope of group.scopes) found.push({ scope, projects: await resolve(run, at, scope) });
  const projects = [...new Map(found.flatMap((one) => one.projects).map((one) => [one.id, one])).values()];
  forgetLost(
    at,
    at.issues,
    projects.map(({ id: one }) => one),
  );
  for (const project of projects) {
    noteProject(run, project);
    at.issues[String(project.id)] ??= startStream();
  }
  const wasResumed = Object.values(at.issues).some(({ walk }) => walk !== null) || at.full !== null;
  if (at.full === null && (run.options.isFull || at.censusAt === null))
    at.full = { startedAt: run.clock.now(), done: [], found: 0 };
  const told = new Set<number>();
  for (const { scope, projects: own } of found) {
    const { statuses, records } = await readStatuses(run, scope, own);
    for (const project of own) {
      if (told.has(project.id)) continue;
      told.add(project.id);
      records.push(...(await readPlan(run, group.id, project)));
      yield pageOf(run, records.splice(0), { step: `${group.id} plan`, done: told.size, total: projects.length });
      if (!hasIssues(project)) continue;
      const issues: IssueScope = {
        id: group.id,
        statuses,
        project: { id: project.id, path: project.path_with_namespace },
        hasStatusLabels: run.settings.statusLabels.length > 0 || scope.board !== null,
        toldStatuses: new Set(),
      };
      yield* pullIssues(run, at, issues, wasResumed);
    }
  }
  const withIssues = projects.filter(hasIssues).map(({ id }) => id);
  yield* countScope(run, group.id, at, () => takeCensus(run, group.id, at, withIssues));
  return projects;
}

function openScope(run: Run, { id, scopes }: ScopeGroup): ScopePlace {
  const query = JSON.stringify([
    scopes.map(({ project, board }) => [project, board]),
    run.settings.statusLabels,
    run.settings.incidentLabels,
  ]);
  return openScopePlace(run.place.scopes, id, { query, start: startScope });
}

async function resolve(run: Run, at: ScopePlace, scope: Scope): Promise<readonly GitlabProject[]> {
  if (scope.project === null || scope.jql !== null) {
    throw new RemoteError('gitlab', `the scope of ${scope.id} names no GitLab project`, {
      status: 400,
      todo: 'write `project: group/app` (a path or an id) into its scope, and no `jql`',
    });
  }
  return findTarget(run, at.targets, scope.project);
}

async function* pullIssues(run: Run, at: ScopePlace, scope: IssueScope, wasResumed: boolean): AsyncGenerator<Page> {
  const { id, path } = scope.project;
  const stream = at.issues[String(id)]!;
  const walk = () =>
    walkStream(run, {
      step: `${path} issues`,
      stream,
      read: (window) => run.client.issues(id, window),
      tell: (raws) => issueRecords(run, scope, raws),
      end: ({ isFull, done }): SourceRecord[] => {
        if (isFull && at.full) {
          at.full.found += done;
          at.full.done.push(id);
        }
        return [];
      },
    });
  const start = (isFull: boolean) => startWalk(run, stream, { isFull, since: null });
  yield* walkTarget({ id, stream, full: at.full, wasResumed }, { start, walk });
}

function hasIssues(project: GitlabProject): boolean {
  return project.issues_access_level !== 'disabled' && project.issues_enabled !== false;
}
