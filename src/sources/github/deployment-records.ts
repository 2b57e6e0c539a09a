import type { SourceRecord } from '../../core/model/record.ts';
import { anyGlob } from '../reading/globs.ts';
import type { RepositoryPlace } from './cursor.ts';
import type { Attempt } from './normalize-delivery.ts';
import type { Run } from './run.ts';

/** So many commits that were live are remembered of an environment, to know a rollback by. */
const remembered = 30;

/**
 * Tries that have ended, oldest first, one for each service that the environment belongs to. What is live already is
 * released by no second run; a commit that was live before something else is a rollback, which nobody plans.
 */
export function deploymentRecords(run: Run, place: RepositoryPlace, attempts: readonly Attempt[]): SourceRecord[] {
  const isHotfixBranch = anyGlob(run.settings.hotfix.branches);
  const ended = attempts
    .flatMap(({ end, ...attempt }) => (end === null ? [] : [{ ...attempt, ...end }]))
    .sort((a, b) => a.at - b.at);
  return ended.flatMap(({ id, environment, sha, ref, version, words, at, isSuccessful }): SourceRecord[] => {
    const past = (place.code.live[environment] ??= { shas: [] }).shas;
    if (isSuccessful && sha !== null && past.at(-1) === sha) return [];
    const isRollback = sha !== null && past.includes(sha);
    if (isSuccessful && sha !== null)
      place.code.live[environment] = { shas: [...past.filter((one) => one !== sha), sha].slice(-remembered) };
    const deployment = {
      id: run.names.deployment(id),
      finishedAt: at,
      isSuccessful,
      isPlanned: !isRollback && !isHotfixBranch(ref ?? '') && !/roll.?back|hot.?fix/i.test(words),
      remediates: null,
      sha,
      version,
    };
    return run.services
      .of({ project: place.path, environment })
      .map((service) => ({ kind: 'deployment', deployment: { ...deployment, service } }));
  });
}
