import type { SourceRecord } from '../../core/model/record.ts';
import { ownValue } from '../reading/values.ts';
import type { ProjectPlace } from './cursor.ts';
import { anyGlob } from '../reading/globs.ts';
import { normalizeDeployment } from './normalize-delivery.ts';
import type { Attempt } from './normalize-delivery.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { Run } from './run.ts';

/**
 * Deployments that reach users, one for each service that the environment belongs to. A job that is run again on what is
 * live already releases nothing; a pipeline that is older than one deployed before it is a rollback, which nobody plans.
 */
export function deploymentRecords(
  run: Run,
  place: ProjectPlace,
  raws: readonly unknown[],
  isProduction: (environment: unknown) => boolean,
): SourceRecord[] {
  const isHotfixBranch = anyGlob(run.settings.hotfix.branches);
  return raws.flatMap((raw): SourceRecord[] => {
    const environment = ownValue(raw, 'environment');
    if (environment && !isProduction(environment)) return [];
    const { value: attempt, setAside } = normalizeDeployment(raw, { names: run.names, isHotfixBranch });
    const asides = setAsideRecords(null, setAside);
    if (!attempt || isRerun(place, attempt)) return asides;
    const isPlanned = attempt.deployment.isPlanned && !isRollback(place, attempt);
    remember(place, attempt);
    const services = run.services.of({ project: place.path, environment: attempt.environment.name });
    return [
      ...services.map((service) => ({
        kind: 'deployment' as const,
        deployment: { ...attempt.deployment, isPlanned, service },
      })),
      ...asides,
    ];
  });
}

function isRerun(place: ProjectPlace, { deployment, number, environment }: Attempt): boolean {
  const live = place.code.live[environment.id];
  if (!live || !deployment.isSuccessful || deployment.sha === null) return false;
  return number > live.id && deployment.sha === live.sha;
}

function isRollback(place: ProjectPlace, { number, environment, pipeline }: Attempt): boolean {
  const live = place.code.live[environment.id];
  return live !== undefined && pipeline > 0 && pipeline < live.pipeline && number > live.pipelineId;
}

function remember(place: ProjectPlace, { deployment, number, environment, pipeline }: Attempt): void {
  const live = place.code.live[environment.id];
  if (!deployment.isSuccessful || (live && number < live.id)) return;
  const isNewest = !live || pipeline >= live.pipeline;
  place.code.live[environment.id] = {
    id: number,
    sha: deployment.sha ?? '',
    pipeline: isNewest ? pipeline : live.pipeline,
    pipelineId: isNewest ? number : live.pipelineId,
  };
}
