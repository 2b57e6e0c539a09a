import type { Commit, Deployment } from '../../model/delivery.ts';

/** A change and the deployment that first brought it to the users. */
export interface ShippedChange {
  readonly commit: Commit;
  readonly deployment: Deployment;
}

export interface Shipped {
  /** In order of the deployment, then as they are found from its commit backwards. */
  readonly changes: readonly ShippedChange[];
  /** Commits that no deployment has brought yet, merges left out. */
  readonly waiting: readonly Commit[];
}

/**
 * Which deployment first brought which change (metrics.md 5.2): the commits that can be reached from its commit and from
 * that of no deployment before it. Merges are no changes. The first deployment of all brings the whole past, which tells
 * nothing of lead times, so its changes are left out; an older commit deployed again (a rollback) brings none. Every
 * commit is visited once.
 */
export function shippedChanges(commits: readonly Commit[], deployments: readonly Deployment[]): Shipped {
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const seen = new Set<string>();
  const changes: ShippedChange[] = [];
  const inOrder = deployments
    .filter(({ isSuccessful, sha }) => isSuccessful && sha !== null && bySha.has(sha))
    .sort((a, b) => a.finishedAt - b.finishedAt || (a.id < b.id ? -1 : 1));
  inOrder.forEach((deployment, index) => {
    const open = [deployment.sha!];
    while (open.length > 0) {
      const sha = open.pop()!;
      const commit = bySha.get(sha);
      if (!commit || seen.has(sha)) continue;
      seen.add(sha);
      open.push(...commit.parents);
      if (index > 0 && commit.parents.length < 2) changes.push({ commit, deployment });
    }
  });
  const waiting = commits.filter(({ sha, parents }) => !seen.has(sha) && parents.length < 2);
  return { changes, waiting };
}
