import { anyGlob } from '../reading/globs.ts';
import type { CodeRun } from './code-run.ts';
import { outcomeOf, readBuild } from './normalize-deployment.ts';
import type { Attempt, Batch } from './normalize-deployment.ts';

/** Runs of the pipelines that deploy, in the order of their ends. */
export async function* pullBuilds(run: CodeRun, since: number): AsyncGenerator<Batch> {
  const { client, project, code } = run;
  const isDeploying = anyGlob(run.run.settings.pipelines ?? ['*deploy*', '*release*']);
  const from = code.deployedAt;
  for (let next: string | null = null, isLast = false; !isLast;) {
    const page: { items: readonly unknown[]; next: string | null } = await client.builds(
      project.id,
      from ?? since,
      next,
    );
    isLast = page.next === null || page.next === next;
    next = page.next;
    const ended = page.items.map(readBuild).filter((build) => build !== null && build.finishedAt !== null);
    // The bound belongs to the answer: what ended at it is told already.
    const fresh = ended.filter((build) => from === null || build!.finishedAt! > from);
    const attempts = fresh.flatMap((build): Attempt[] => {
      const { id, pipeline, result, finishedAt, sha, repository, branch, number } = build!;
      const outcome = outcomeOf(result);
      if (!isDeploying(pipeline) || outcome === null) return [];
      const ids = { id: `build.${id}`, environment: pipeline, place: `pipeline ${pipeline}`, run: id };
      const facts = { finishedAt: finishedAt!, isSuccessful: outcome, sha, version: number, repository, branch };
      return [{ ...ids, ...facts, title: pipeline }];
    });
    const last = Math.max(code.deployedAt ?? 0, ...ended.map((build) => build!.finishedAt!));
    yield { attempts, settle: () => void (code.deployedAt = last > 0 ? last : code.deployedAt) };
  }
}
