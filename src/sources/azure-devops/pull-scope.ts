import { forgetLost, openScopePlace } from '../pulling/scope-place.ts';
import type { ScopeGroup } from '../pulling/scope-groups.ts';
import type { Page } from '../source.ts';
import type { Ancestry } from './ancestry.ts';
import { countScope } from '../pulling/census.ts';
import { takeCensus } from './census.ts';
import { startProject, startScope } from './cursor.ts';
import { startStream } from '../pulling/stream.ts';
import type { ScopePlace } from './cursor.ts';
import { itemRecords } from './item-records.ts';
import type { ItemScope } from './item-records.ts';
import { planRecords, readContext } from './plan-records.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import type { ProjectContext } from './snapshot.ts';
import { partsOf, resolveTarget } from './targets.ts';
import type { Target } from './targets.ts';
import { startWalk, walkItems } from './walk.ts';
import { walkTarget } from '../pulling/walk-target.ts';

/** A target that was pulled, and what is needed to understand its histories. */
export interface Pulled {
  readonly scope: string;
  readonly target: Target;
  readonly context: ProjectContext;
}

/** Work items and plan of one Vigie project, from where they stand to now. */
export async function* pullScope(
  run: Run,
  group: ScopeGroup,
  ancestry: Ancestry,
): AsyncGenerator<Page, readonly Pulled[]> {
  const at = openScope(run, group);
  const targets: Target[] = [];
  for (const scope of group.scopes) {
    const { name } = partsOf(scope);
    const target = await resolveTarget(
      run.client,
      scope,
      Object.hasOwn(at.targets, name) ? at.targets[name] : undefined,
    );
    at.targets[name] = target.project.id;
    if (!targets.some((one) => one.name === name)) targets.push(target);
  }
  forgetLost(
    at,
    at.items,
    targets.map(({ name }) => name),
  );
  for (const target of targets) noteProject(run, at, target);
  const wasResumed = Object.values(at.items).some(({ walk }) => walk !== null) || at.full !== null;
  if (at.full === null && (run.options.isFull || at.censusAt === null)) startFull(run, at, targets);
  const pulled: Pulled[] = [];
  for (const target of targets) {
    const read = await readContext(run, target, ancestry);
    const { context } = read;
    pulled.push({ scope: group.id, target, context });
    const records = await planRecords(run, group.id, target, read);
    yield pageOf(run, records, { step: `${group.id} plan`, done: pulled.length, total: targets.length });
    yield* pullItems(run, at, target, { id: group.id, context, ancestry, toldVersions: new Set() }, wasResumed);
  }
  yield* countScope(run, group.id, at, () => takeCensus(run, group.id, at, targets));
  return pulled;
}

/** Everything again, the histories too: they come from streams that all scopes of a project share. */
function startFull(run: Run, at: ScopePlace, targets: readonly Target[]): void {
  at.full = { startedAt: run.clock.now(), done: [], found: 0 };
  for (const { project } of targets) run.place.projects[project.id] = startProject(project.name);
}

function openScope(run: Run, { id, scopes }: ScopeGroup): ScopePlace {
  const { milestones, points, incidentTypes } = run.settings;
  const query = JSON.stringify([scopes.map(({ project }) => project), milestones, points, incidentTypes]);
  return openScopePlace(run.place.scopes, id, { query, start: startScope });
}

/** A new name of a project stands in every path of its items, and in none of their times of change: all is told again. */
function noteProject(run: Run, at: ScopePlace, { name, project }: Target): void {
  const known = run.place.projects[project.id];
  if (known && known.name !== project.name) {
    run.log.info({ from: known.name, to: project.name }, 'the project was renamed');
    known.name = project.name;
    for (const scope of Object.values(run.place.scopes))
      for (const [target, id] of Object.entries(scope.targets))
        if (id === project.id && scope.items[target]) scope.items[target] = startStream();
  }
  run.place.projects[project.id] ??= startProject(project.name);
  at.items[name] ??= startStream();
}

async function* pullItems(
  run: Run,
  at: ScopePlace,
  target: Target,
  scope: ItemScope,
  wasResumed: boolean,
): AsyncGenerator<Page> {
  const stream = at.items[target.name]!;
  const walk = () =>
    walkItems(run, {
      step: `${target.name} work items`,
      stream,
      target,
      tell: (raws) => itemRecords(run, scope, raws),
      end: ({ isFull, done }) => {
        if (!isFull || !at.full) return;
        at.full.found += done;
        at.full.done.push(target.name);
      },
    });
  const start = (isFull: boolean) => startWalk(run, stream, isFull);
  yield* walkTarget({ id: target.name, stream, full: at.full, wasResumed }, { start, walk });
}
