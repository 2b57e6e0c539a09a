import type { SourceRecord } from '../../core/model/record.ts';
import { anyGlob } from '../reading/globs.ts';
import type { CodeRun } from './code-run.ts';
import type { CodePlace } from './cursor.ts';
import type { Attempt } from './normalize-deployment.ts';

/**
 * Deployments that reach users, in order of time, one for each service that they belong to. What is run again on what is
 * live already releases nothing; a run older than one that was deployed before is a rollback, which nobody plans.
 */
export function deploymentRecords({ run, project, code }: CodeRun, attempts: readonly Attempt[]): SourceRecord[] {
  const { settings, services, names } = run;
  const isHotfixBranch = anyGlob(settings.hotfix.branches);
  const records = attempts
    // One that failed and was run again ends anew under the same number.
    .filter(({ id, finishedAt }) => code.told[id] !== finishedAt)
    .toSorted((a, b) => a.finishedAt - b.finishedAt)
    .flatMap((attempt): SourceRecord[] => {
      const live = Object.hasOwn(code.live, attempt.place) ? code.live[attempt.place] : undefined;
      const { id, sha, version, finishedAt, isSuccessful, run: number } = attempt;
      code.told[id] = finishedAt;
      if (live && isSuccessful && sha !== null && live.sha === sha) return [];
      const isRollback = live !== undefined && number < live.run;
      const isPlanned = !isRollback && !isHotfixBranch(attempt.branch) && !/roll.?back|hot.?fix/i.test(attempt.title);
      if (isSuccessful) code.live[attempt.place] = { sha: sha ?? '', run: Math.max(number, live?.run ?? 0) };
      const from = attempt.repository ?? '';
      const own = services.of({ project: `${project.name}/${from}`, environment: attempt.environment });
      const facts = { finishedAt, isSuccessful, isPlanned, remediates: null, sha, version };
      return own.map((service) => ({
        kind: 'deployment',
        deployment: { id: names.deployment(`${project.id}.${id}`), service, ...facts },
      }));
    });
  forget(code);
  return records;
}

/** Told again, one before the last would look like a rollback; what may come again is among the newest. */
const mostTold = 500;

function forget(code: CodePlace): void {
  const newest = Object.entries(code.told).toSorted(([, a], [, b]) => b - a);
  if (newest.length > mostTold) code.told = Object.fromEntries(newest.slice(0, mostTold));
}

/** Which environments and stages reach users. */
export function productionTest(environments: readonly string[] | undefined): (name: string) => boolean {
  if (environments) return anyGlob(environments);
  return (name) => /^(production|prod|live)$/i.test(name);
}
