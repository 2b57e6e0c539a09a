import { z } from 'zod';
import type { PullRequest } from '../../core/model/delivery.ts';
import type { Instant } from '../../core/time/instant.ts';
import { earliest, ownValue, readInstant } from '../reading/values.ts';
import { rejected, unusable } from '../reading/set-aside.ts';
import { keysIn } from '../reading/keys-in.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { keysOfBranch, keysOfText } from './item-keys.ts';
import { isBot, loginOf, nodesOf } from './names.ts';
import { keyOf, labelsOf } from './normalize-issue.ts';

const schema = z.object({
  number: z.number().int().positive(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  title: z.string().nullish(),
  body: z.string().nullish(),
  headRefName: z.string().nullish(),
});

export interface PullRequestContext {
  /** Path of the repository now, for keys; and as it was first seen, for the name of the pull request. */
  readonly path: string;
  readonly firstPath: string;
  readonly bots: readonly string[];
  readonly isHotfixBranch: (name: string) => boolean;
  readonly isHotfixLabel: (name: string) => boolean;
}

/** A pull request with its commits and reviews. A ghost and a fork that is gone leave nulls, no gaps. */
export function normalizePullRequest(
  raw: unknown,
  commits: readonly unknown[],
  context: PullRequestContext,
): Normalized<PullRequest | null> {
  const parsed = schema.safeParse(raw);
  const openedAt = readInstant(ownValue(raw, 'createdAt'));
  if (!parsed.success || openedAt === null)
    return rejected('pull-request', raw, 'a pull request with number, state and an instant in `createdAt`');
  const { number, state, title, body, headRefName: branch } = parsed.data;
  const id = `${context.firstPath}#${number}`;
  const setAside: SetAside[] = [];
  const at = (field: string): Instant | null => {
    const value = ownValue(raw, field);
    const instant = readInstant(value);
    if (instant === null && value !== null && value !== undefined)
      setAside.push(unusable('pull-request', `${id} ${field}`, 'an instant', value));
    return instant;
  };
  const mergedAt = state === 'MERGED' ? (at('mergedAt') ?? at('updatedAt')) : null;
  const author = ownValue(raw, 'author');
  const mergeSha = ownValue(ownValue(raw, 'mergeCommit'), 'oid');
  const own = commits.map((commit) => ownValue(commit, 'commit'));
  return {
    value: {
      id,
      title: title ?? '',
      branch: branch ?? '',
      openedAt,
      firstCommitAt: firstCommitAt(own),
      firstReviewAt: firstReviewAt(raw, mergedAt, context.bots),
      mergedAt,
      closedAt: state === 'OPEN' ? null : (at('closedAt') ?? mergedAt),
      mergeSha: state === 'MERGED' && typeof mergeSha === 'string' ? mergeSha : null,
      shas: own.map((commit) => ownValue(commit, 'oid')).filter((sha) => typeof sha === 'string'),
      isBot: isBot(author, context.bots),
      isHotfix: context.isHotfixBranch(branch ?? '') || labelsOf(raw).some(context.isHotfixLabel),
      // Pull requests and issues share their numbers: its own names no work.
      keys: keysOf({ raw, branch: branch ?? '', title: title ?? '', body: body ?? '' }, own, context.path).filter(
        (key) => key !== `${context.path}#${number}`,
      ),
    },
    setAside,
  };
}

/** When the first of its commits was written. A clock of 1970 is no time at which anybody wrote code. */
function firstCommitAt(commits: readonly unknown[]): Instant | null {
  const times = commits
    .map((commit) => readInstant(ownValue(commit, 'authoredDate')))
    .filter((time) => time !== null && time > earliest);
  return times.reduce<Instant | null>((first, time) => (first === null || time! < first ? time : first), null);
}

/** By a person who is not the author, before the merge: afterwards it was no review. */
function firstReviewAt(raw: unknown, until: Instant | null, bots: readonly string[]): Instant | null {
  const author = loginOf(ownValue(raw, 'author'));
  const times = nodesOf(raw, 'reviews').flatMap((review) => {
    const by = ownValue(review, 'author');
    const at = readInstant(ownValue(review, 'submittedAt'));
    // A ghost is somebody else, unless the author may be the same one.
    const isOther = loginOf(by) !== author && !isBot(by, bots);
    return isOther && at !== null && (until === null || at <= until) ? [at] : [];
  });
  return times.length === 0 ? null : Math.min(...times);
}

interface Texts {
  readonly raw: unknown;
  readonly branch: string;
  readonly title: string;
  readonly body: string;
}

/** What it closes GitHub says itself; of the description only keys of other trackers count, as it mentions much. */
function keysOf({ raw, branch, title, body }: Texts, commits: readonly unknown[], path: string): readonly string[] {
  const closes = nodesOf(raw, 'closingIssuesReferences')
    .map(keyOf)
    .filter((key) => key !== null);
  const messages = commits.map((commit) => ownValue(commit, 'message')).filter((text) => typeof text === 'string');
  return [
    ...new Set([
      ...closes,
      ...keysOfBranch(branch, path),
      ...keysOfText(title, path),
      ...keysIn(body).slice(0, 20),
      ...messages.flatMap((text) => keysOfText(text, path)),
    ]),
  ];
}
