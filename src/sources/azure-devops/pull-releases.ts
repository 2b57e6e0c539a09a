import { ownValue, readInstant } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import { overlapMs } from '../pulling/page-of.ts';
import type { CodeRun } from './code-run.ts';
import { productionTest } from './deployment-records.ts';
import { outcomeOf } from './normalize-deployment.ts';
import type { Attempt, Batch } from './normalize-deployment.ts';

/** Stages of classic releases. One that still runs when it is seen is changed when it ends, and comes again. */
export async function* pullReleases(run: CodeRun, since: number): AsyncGenerator<Batch> {
  const { client, project, code } = run;
  const isProduction = productionTest(run.run.settings.environments);
  const startedAt = run.run.serverNow();
  const from = code.deployedAt ?? since;
  for (let next: string | null = null, isLast = false; !isLast;) {
    const page: { items: readonly unknown[]; next: string | null } = await client.releaseDeployments(
      project.id,
      from,
      next,
    );
    isLast = page.next === null || page.next === next;
    next = page.next;
    const isEnd = isLast;
    yield {
      attempts: page.items.flatMap((raw) => readAttempt(raw, isProduction)),
      // Pages are in order of id, not of change: the place moves when all of them are told.
      settle: () => void (isEnd && (code.deployedAt = startedAt - overlapMs)),
    };
  }
}

function readAttempt(raw: unknown, isProduction: (name: string) => boolean): Attempt[] {
  const id = ownValue(raw, 'id');
  const release = ownValue(raw, 'release');
  const number = ownValue(release, 'id');
  const stage = textOf(ownValue(raw, 'releaseEnvironment'), 'name');
  const finishedAt = readInstant(ownValue(raw, 'completedOn') ?? null);
  const outcome = outcomeOf(textOf(raw, 'deploymentStatus') ?? '');
  if (typeof id !== 'number' || typeof number !== 'number' || stage === null) return [];
  if (finishedAt === null || outcome === null || !isProduction(stage)) return [];
  const definition = textOf(ownValue(raw, 'releaseDefinition'), 'name') ?? '';
  const { sha, repository, branch } = artifactOf(release);
  return [
    {
      id: `release.${id}`,
      environment: stage,
      place: `release ${definition} ${stage}`,
      run: number,
      finishedAt,
      isSuccessful: outcome,
      sha,
      version: textOf(release, 'name'),
      repository,
      branch,
      title: `${definition} ${textOf(release, 'name') ?? ''}`,
    },
  ];
}

/** The commit stands at the artifact that the release is named after: of a build, or of a repository itself. */
function artifactOf(release: unknown): { sha: string | null; repository: string | null; branch: string } {
  const artifacts = ownValue(release, 'artifacts');
  const all: readonly unknown[] = Array.isArray(artifacts) ? artifacts : [];
  const primary = all.find((artifact) => ownValue(artifact, 'isPrimary') === true) ?? all[0];
  const facts = ownValue(primary, 'definitionReference');
  const of = (name: string, part: 'id' | 'name') => textOf(ownValue(facts, name), part);
  const isGit = /git/i.test(textOf(primary, 'type') ?? '');
  return {
    sha: of('sourceVersion', 'id') ?? (isGit ? of('version', 'id') : null),
    repository: of('repository', 'name') ?? (isGit ? of('definition', 'name') : null),
    branch: (of('branch', 'name') ?? of('branch', 'id') ?? '').replace(/^refs\/(heads|tags)\//, ''),
  };
}
