import type { Commit } from '../../model/delivery.ts';

/** By sha, all commits that are the same work, itself included, the oldest first; of no copies it gives the sha alone. */
export type Copies = (sha: string) => readonly string[];

/**
 * A commit that is picked, rebased or pushed anew gets another sha and keeps its author's time and its subject (metrics.md
 * 5.2: by patch where shas are lost; sources tell no patches). On DuraCloud 73 of 2,858 commits have such copies, 54 of
 * them in another release, or in none. Commits without a subject have no copies.
 */
export function copiesOf(commits: readonly Commit[]): Copies {
  const groups = new Map<string, Commit[]>();
  for (const commit of commits) {
    if (commit.subject === '') continue;
    const work = `${commit.authoredAt} ${commit.subject}`;
    const known = groups.get(work);
    if (known) known.push(commit);
    else groups.set(work, [commit]);
  }
  const bySha = new Map<string, readonly string[]>();
  for (const group of groups.values()) {
    if (group.length === 1) continue;
    const shas = group.sort((a, b) => a.committedAt - b.committedAt || (a.sha < b.sha ? -1 : 1)).map(({ sha }) => sha);
    for (const sha of shas) bySha.set(sha, shas);
  }
  return (sha) => bySha.get(sha) ?? [sha];
}
