import { forgetLost, openScopePlace } from '../pulling/scope-place.ts';
import { ownValue } from '../reading/values.ts';
import type { ScopeGroup } from '../pulling/scope-groups.ts';
import type { Page, Scope } from '../source.ts';
import { countScope } from '../pulling/census.ts';
import { takeCensus } from './census.ts';
import { startScope } from './cursor.ts';
import { startStream } from '../pulling/stream.ts';
import type { ScopePlace } from './cursor.ts';
import { issueRecords } from './issue-records.ts';
import type { IssueScope } from './issue-records.ts';
import { readPlan } from './plan-records.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import type { Statuses } from './statuses.ts';
import { issueFilter, nameOf, readTarget, resolveTarget } from './targets.ts';
import type { Target, Team } from './targets.ts';
import { startWalk, walkIssues } from './walk.ts';
import { walkTarget } from '../pulling/walk-target.ts';

/** What all scopes share: the teams of the workspace, and their states. */
export interface Workspace {
  readonly teams: readonly Team[];
  readonly states: readonly unknown[];
  readonly statuses: Statuses;
}

/** Issues and plan of one Vigie project, from where they stand to now. */
export async function* pullScope(run: Run, group: ScopeGroup, workspace: Workspace): AsyncGenerator<Page> {
  const at = openScope(run, group);
  const targets = new Map<string, Target>();
  for (const scope of group.scopes) {
    const target = await resolve(run, at, workspace.teams, scope);
    targets.set(target.id, target);
  }
  const all = [...targets.values()];
  forgetLost(
    at,
    at.issues,
    all.map(({ id: one }) => one),
  );
  noteKeys(run, at, all, workspace.teams);
  const wasResumed = Object.values(at.issues).some(({ walk }) => walk !== null) || at.full !== null;
  if (at.full === null && (run.options.isFull || at.censusAt === null))
    at.full = { startedAt: run.clock.now(), done: [], found: 0 };
  const names = new Map<string, string>();
  let told = 0;
  for (const target of all) {
    const records = await readPlan(run, { scope: group.id, target, ...workspace });
    for (const record of records) {
      if (record.kind === 'sprint') names.set(record.sprint.id, record.sprint.name);
      if (record.kind === 'version') names.set(record.version.id, record.version.name);
    }
    yield pageOf(run, records, { step: `${group.id} plan`, done: ++told, total: all.length });
    const teamKeys = new Map(workspace.teams.map(({ id, key }) => [id, key]));
    const { typeGroup } = run.settings;
    yield* pullIssues(
      run,
      at,
      target,
      { id: group.id, statuses: workspace.statuses, typeGroup, teamKeys, names },
      wasResumed,
    );
  }
  yield* countScope(run, group.id, at, () => takeCensus(run, group.id, at, all));
}

function openScope(run: Run, { id, scopes }: ScopeGroup): ScopePlace {
  const query = JSON.stringify([scopes.map(({ project }) => project), run.settings.typeGroup]);
  return openScopePlace(run.place.scopes, id, { query, start: startScope });
}

/** A target by the id that its name had when it was first seen: that name may by now be another's. */
async function resolve(run: Run, at: ScopePlace, teams: readonly Team[], scope: Scope): Promise<Target> {
  const name = nameOf(scope);
  const known = Object.hasOwn(at.targets, name) ? at.targets[name] : undefined;
  const found = known ? await readTarget(run.client, teams, known) : null;
  if (known && !found) {
    run.log.warn({ scope: scope.id, name }, 'the team or project is gone; its name is looked up anew');
  }
  const target = found ?? (await resolveTarget(run.client, teams, scope));
  at.targets[name] = { kind: target.kind, id: target.id };
  return target;
}

/** A new key of a team changes the key of each of its issues, and of none the time of change: all is told again. */
function noteKeys(run: Run, at: ScopePlace, targets: readonly Target[], teams: readonly Team[]): void {
  for (const target of targets) {
    at.issues[target.id] ??= startStream();
    for (const { id, key } of teams.filter((team) => target.teamIds.includes(team.id))) {
      const known = Object.hasOwn(at.keys, id) ? at.keys[id] : undefined;
      if (known === undefined || known === key) continue;
      run.log.info({ from: known, to: key }, 'the team has a new key');
      at.issues[target.id] = startStream();
    }
  }
  at.keys = Object.fromEntries(
    teams.filter(({ id }) => targets.some(({ teamIds }) => teamIds.includes(id))).map(({ id, key }) => [id, key]),
  );
}

async function* pullIssues(
  run: Run,
  at: ScopePlace,
  target: Target,
  scope: IssueScope,
  wasResumed: boolean,
): AsyncGenerator<Page> {
  const stream = at.issues[target.id]!;
  const walk = () =>
    walkIssues(run, {
      step: `${target.name} issues`,
      stream,
      filter: issueFilter(target),
      tell: async (raws) => {
        if (at.full && stream.walk?.isFull) at.full.found += raws.filter(isThere).length;
        return issueRecords(run, scope, raws);
      },
      end: ({ isFull }) => {
        if (isFull) at.full?.done.push(target.id);
      },
    });
  const start = (isFull: boolean) => startWalk(run, stream, isFull);
  yield* walkTarget({ id: target.id, stream, full: at.full, wasResumed }, { start, walk });
}

function isThere(raw: unknown): boolean {
  return ownValue(raw, 'trashed') !== true;
}
