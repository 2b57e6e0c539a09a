import { earliest, ownValue, readInstant } from '../reading/values.ts';
import { z } from 'zod';
import type { PullRequest } from '../../core/model/delivery.ts';
import type { Instant } from '../../core/time/instant.ts';
import { rejected, unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { keysOfBranch, keysOfDescription, keysOfText } from './item-keys.ts';
import { isBotName } from '../reading/is-bot-name.ts';
import { usernameOf } from './username-of.ts';
import { labelsOf } from './normalize-issue.ts';

const schema = z.object({
  iid: z.number().int().positive(),
  state: z.string(),
  title: z.string().nullish(),
  description: z.string().nullish(),
  source_branch: z.string().nullish(),
  sha: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  squash_commit_sha: z.string().nullish(),
});

export interface MergeRequestContext {
  /** Path of the project now, for keys; and as it was first seen, for the name of the merge request. */
  readonly path: string;
  readonly firstPath: string;
  readonly bots: readonly string[];
  readonly isHotfixBranch: (name: string) => boolean;
  readonly isHotfixLabel: (name: string) => boolean;
}

/** A merge request with its commits and notes. A ghost, a fork that is gone and a branch that was pushed anew leave nulls, no gaps. */
export function normalizeMergeRequest(
  raw: unknown,
  { commits, notes }: { readonly commits: readonly unknown[]; readonly notes: readonly unknown[] },
  context: MergeRequestContext,
): Normalized<PullRequest | null> {
  const parsed = schema.safeParse(raw);
  const openedAt = readInstant(ownValue(raw, 'created_at'));
  if (!parsed.success || openedAt === null)
    return rejected('pull-request', raw, 'a merge request with iid, state and an instant in `created_at`');
  const { iid, state, title, description, source_branch: branch } = parsed.data;
  const id = `${context.firstPath}!${iid}`;
  const setAside: SetAside[] = [];
  const at = (field: string): Instant | null => {
    const value = ownValue(raw, field);
    const instant = readInstant(value);
    if (instant === null && value !== null && value !== undefined)
      setAside.push(unusable('pull-request', `${id} ${field}`, 'an instant', value));
    return instant;
  };
  const isMerged = state === 'merged';
  // Some versions leave `merged_at` out of lists; a merge is then as late as the last change.
  const mergedAt = isMerged ? (at('merged_at') ?? at('updated_at')) : null;
  const author = usernameOf(ownValue(raw, 'author'));
  const own = ownShas(commits);
  const { merge_commit_sha: merge, squash_commit_sha: squash, sha } = parsed.data;
  const mergeSha = isMerged ? (merge ?? squash ?? sha ?? null) : null;
  return {
    value: {
      id,
      title: title ?? '',
      branch: branch ?? '',
      openedAt,
      firstCommitAt: firstCommitAt(commits),
      firstReviewAt: firstReviewAt(notes, { author, until: mergedAt, bots: context.bots }),
      mergedAt,
      closedAt: isMerged ? mergedAt : state === 'closed' ? (at('closed_at') ?? at('updated_at')) : null,
      mergeSha,
      shas: squash && squash !== mergeSha ? [...own, squash] : own,
      isBot: author !== null && isBotName(author, context.bots),
      isHotfix: context.isHotfixBranch(branch ?? '') || labelsOf(raw).some(context.isHotfixLabel),
      keys: keysOf([branch ?? '', title ?? '', description ?? ''], commits, context.path),
    },
    setAside,
  };
}

function ownShas(commits: readonly unknown[]): string[] {
  return commits.map((commit) => ownValue(commit, 'id')).filter((id) => typeof id === 'string');
}

/** When the first of its commits was written. A clock of 1970 is no time at which anybody wrote code. */
function firstCommitAt(commits: readonly unknown[]): Instant | null {
  const times = commits
    .map((commit) => readInstant(ownValue(commit, 'authored_date')) ?? readInstant(ownValue(commit, 'created_at')))
    .filter((time) => time !== null && time > earliest);
  return times.length === 0 ? null : times.reduce((a, b) => (b! < a! ? b : a));
}

/** A comment or an approval by a person who is not the author, before the merge: afterwards it was no review. */
function firstReviewAt(
  notes: readonly unknown[],
  { author, until, bots }: { author: string | null; until: Instant | null; bots: readonly string[] },
): Instant | null {
  let first: Instant | null = null;
  for (const note of notes) {
    const by = usernameOf(ownValue(note, 'author'));
    const at = readInstant(ownValue(note, 'created_at'));
    if (by === null || by === author || at === null || isBotName(by, bots) || !isReview(note)) continue;
    if ((until === null || at <= until) && (first === null || at < first)) first = at;
  }
  return first;
}

export function isReview(note: unknown): boolean {
  if (ownValue(note, 'system') !== true) return true;
  const body = ownValue(note, 'body');
  return typeof body === 'string' && /^(approved this|requested changes)/i.test(body);
}

function keysOf(
  [branch, title, description]: readonly [string, string, string],
  commits: readonly unknown[],
  path: string,
): readonly string[] {
  const texts = commits.map((commit) => ownValue(commit, 'message') ?? ownValue(commit, 'title'));
  const written = texts.filter((text) => typeof text === 'string');
  return [
    ...new Set([
      ...keysOfBranch(branch, path),
      ...keysOfText(title, path),
      ...keysOfDescription(description, path),
      ...written.flatMap((text) => keysOfText(text, path)),
    ]),
  ];
}
