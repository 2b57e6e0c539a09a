import type { Commit, Deployment } from '../../model/delivery.ts';

/** Which deployment first brought which commit to the users. */
export interface Reach {
  /** Successful ones whose commit is known, in order of time. */
  readonly deployments: readonly Deployment[];
  /** By sha, the place of the deployment among them. */
  readonly reachedBy: ReadonlyMap<string, number>;
  /** Ids of deployments that went back to an older commit than the one before them had. */
  readonly rollbacks: ReadonlySet<string>;
}

/**
 * Walks back from the commit of each deployment to what no earlier one has reached (metrics.md 5.2). Every commit is
 * visited once. A deployment of a commit that an earlier one has already brought brings nothing: a rollback, or a second
 * run of the same pipeline.
 */
export function reachOf(commits: readonly Commit[], deployments: readonly Deployment[]): Reach {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const reachedBy = new Map<string, number>();
  const known = inOrder(deployments).filter(({ sha }) => sha !== null && bySha.has(sha));
  const rollbacks = new Set<string>();
  known.forEach(({ id, sha }, index) => {
    const before = known[index - 1]?.sha;
    const isNew = !reachedBy.has(sha!);
    walk(bySha, sha!, (one) => {
      if (reachedBy.has(one)) return false;
      reachedBy.set(one, index);
      return true;
    });
    if (before && !isNew && before !== sha && isOlder(sha!, before)) rollbacks.add(id);
  });
  return { deployments: known, reachedBy, rollbacks };

  function isOlder(one: string, other: string): boolean {
    const difference = reachedBy.get(one)! - reachedBy.get(other)!;
    return difference < 0 || (difference === 0 && bySha.get(one)!.committedAt < bySha.get(other)!.committedAt);
  }
}

/** Successful deployments, in order of time. */
export function inOrder(deployments: readonly Deployment[]): readonly Deployment[] {
  return deployments
    .filter(({ isSuccessful }) => isSuccessful)
    .sort((a, b) => a.finishedAt - b.finishedAt || (a.id < b.id ? -1 : 1));
}

function walk(bySha: ReadonlyMap<string, Commit>, start: string, visit: (sha: string) => boolean): void {
  const open = [start];
  while (open.length > 0) {
    const sha = open.pop()!;
    const commit = bySha.get(sha);
    if (commit && visit(sha)) open.push(...commit.parents);
  }
}
