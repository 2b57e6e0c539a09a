import type { Commit, DeliveryHistory, PullRequest } from '../../model/delivery.ts';
import type { ItemKey } from '../../model/ids.ts';
import { minuteMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import { copiesOf } from './copies.ts';
import type { Copies } from './copies.ts';

/** What reaches the users as one: a merged pull request, or a commit that was pushed without one (metrics.md 5.2). */
export interface Change {
  /** Of the pull request, or the sha of the commit. */
  readonly id: string;
  /** Null when nobody tells when it was begun: it then has no lead time, rather than one that starts late. */
  readonly firstCommitAt: Instant | null;
  /** Null for a commit that was pushed without a pull request. */
  readonly mergedAt: Instant | null;
  /** When it came to the repository: merged, or committed. */
  readonly madeAt: Instant;
  readonly isReviewed: boolean;
  readonly isHotfix: boolean;
  /** Without the number of its pull request, which a squash puts at its end. */
  readonly title: string;
  /** Title of the earlier change that it takes back. */
  readonly reverted: string | null;
  readonly keys: readonly ItemKey[];
  /** What it became in the repository, copies included: the first of them that was deployed tells when it was. */
  readonly shas: readonly string[];
  /** The commits of a pull request before that, which tell only where nothing that it became was deployed. */
  readonly parts: readonly string[];
}

export interface Changes {
  readonly changes: readonly Change[];
  /** Merged pull requests of automation: no change that somebody waited for. */
  readonly bots: number;
  /** Whether nobody tells of pull requests: reviews are then unknown, not missing. */
  readonly areCommits: boolean;
}

/** A rebase writes its commits anew in one go. */
const rebaseMs = minuteMs;

/**
 * The changes of a service. Where it has pull requests each merged one is a change, and a commit that belongs to none is
 * one that was pushed without; else every commit is a change. Merges carry nothing of their own, and copies of one commit
 * are one change. A pull request's commits are its own ones, the one that it became, copies of these, and for a rebase
 * those that were written anew with it: the commits before that one that were committed at the same time, at most as many
 * as it had.
 */
export function changesOf({ commits, pullRequests = [] }: DeliveryHistory): Changes {
  const areCommits = pullRequests.length === 0;
  const bySha = new Map(commits.map((commit) => [commit.sha, commit]));
  const merged = pullRequests.filter(({ mergedAt }) => mergedAt !== null);
  const taken = new Set(pullRequests.flatMap(({ shas, mergeSha }) => (mergeSha === null ? shas : [...shas, mergeSha])));
  for (const one of merged) for (const sha of rebased(one, bySha, taken)) taken.add(sha);
  const copies = copiesOf(commits);
  for (const { shas, mergeSha } of merged)
    for (const sha of mergeSha === null ? shas : [...shas, mergeSha]) for (const copy of copies(sha)) taken.add(copy);
  // Of several copies the oldest is the change.
  const pushed = commits.filter(({ sha, parents }) => parents.length < 2 && !taken.has(sha) && copies(sha)[0] === sha);
  const wanted = merged.filter(({ isBot }) => !isBot);
  return {
    changes: [
      ...wanted.map((one) => ofPullRequest(one, bySha, copies)),
      ...pushed.map((one) => ofCommit(one, bySha, copies)),
    ],
    bots: merged.length - wanted.length,
    areCommits,
  };
}

function rebased(
  { mergeSha, shas }: PullRequest,
  bySha: ReadonlyMap<string, Commit>,
  taken: ReadonlySet<string>,
): readonly string[] {
  const last = mergeSha === null ? undefined : bySha.get(mergeSha);
  if (!last || last.parents.length > 1) return [];
  const found: string[] = [];
  let before = bySha.get(last.parents[0] ?? '');
  while (
    before &&
    before.parents.length < 2 &&
    found.length + 1 < shas.length &&
    !taken.has(before.sha) &&
    Math.abs(before.committedAt - last.committedAt) <= rebaseMs
  ) {
    found.push(before.sha);
    before = bySha.get(before.parents[0] ?? '');
  }
  return found;
}

function ofPullRequest(one: PullRequest, bySha: ReadonlyMap<string, Commit>, copies: Copies): Change {
  const written = one.shas.flatMap((sha) => bySha.get(sha)?.authoredAt ?? []);
  return {
    id: one.id,
    firstCommitAt: one.firstCommitAt ?? (written.length > 0 ? Math.min(...written) : null),
    mergedAt: one.mergedAt,
    madeAt: one.mergedAt!,
    isReviewed: one.firstReviewAt !== null,
    isHotfix: one.isHotfix,
    title: bare(one.title),
    reverted: revertedBy(one.title),
    keys: one.keys,
    shas: one.mergeSha === null ? [] : copies(one.mergeSha),
    parts: one.shas.flatMap(copies),
  };
}

function ofCommit(
  { sha, authoredAt, committedAt, subject, keys }: Commit,
  bySha: ReadonlyMap<string, Commit>,
  copies: Copies,
): Change {
  const shas = copies(sha);
  return {
    id: sha,
    firstCommitAt: authoredAt,
    mergedAt: null,
    madeAt: committedAt,
    isReviewed: false,
    isHotfix: false,
    title: bare(subject),
    reverted: revertedBy(subject),
    // Copies differ in the rest of their messages, where some sources find keys.
    keys: shas.length === 1 ? keys : [...new Set(shas.flatMap((copy) => bySha.get(copy)!.keys))],
    shas,
    parts: [],
  };
}

/** As git, GitHub and GitLab title it. What takes back a revert brings the change again, and takes nothing back. */
function revertedBy(title: string): string | null {
  const reverted = /^Revert "(.+)"/.exec(title)?.[1];
  return reverted === undefined || revertedBy(reverted) !== null ? null : bare(reverted);
}

function bare(title: string): string {
  return title.replace(/ \(#\d+\)$/, '');
}
