import { z } from 'zod';
import type { PullRequest } from '../../core/model/delivery.ts';
import type { Instant } from '../../core/time/instant.ts';
import { isBotName } from '../reading/is-bot-name.ts';
import { earliest, ownValue, readInstant } from '../reading/values.ts';
import { unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { textOf } from '../reading/text-of.ts';
import { keysOfBranch, keysOfText } from './item-keys.ts';
import { dateOf } from './normalize-commit.ts';
import { keyOf } from './settings.ts';

const schema = z.object({
  pullRequestId: z.number().int().positive(),
  status: z.string(),
  repository: z.object({ id: z.string().min(1), name: z.string().min(1) }),
});

export interface PullRequestParts {
  readonly commits: readonly unknown[];
  readonly threads: readonly unknown[];
  /** Work items that are linked to it. */
  readonly items: readonly unknown[];
}

export interface PullRequestContext {
  readonly project: string;
  readonly bots: readonly string[];
  readonly isHotfixBranch: (name: string) => boolean;
  readonly isHotfixLabel: (name: string) => boolean;
}

/** A pull request with its commits, threads and work items. */
export function normalizePullRequest(
  raw: unknown,
  { commits, threads, items }: PullRequestParts,
  context: PullRequestContext,
): Normalized<PullRequest | null> {
  const parsed = schema.safeParse(raw);
  const openedAt = readInstant(ownValue(raw, 'creationDate') ?? null);
  if (!parsed.success || openedAt === null) {
    const id = ownValue(raw, 'pullRequestId');
    const expected = 'a pull request with id, status, repository and an instant in `creationDate`';
    return {
      value: null,
      setAside: [unusable('pull-request', typeof id === 'number' ? `!${id}` : '?', expected, raw)],
    };
  }
  const { pullRequestId, repository } = parsed.data;
  const status = parsed.data.status.toLowerCase();
  const id = `${context.project}/${repository.name}!${pullRequestId}`;
  const setAside: SetAside[] = [];
  const closedAt = status === 'active' ? null : readInstant(ownValue(raw, 'closedDate') ?? null);
  if (status !== 'active' && closedAt === null)
    setAside.push(unusable('pull-request', `${id} closedDate`, 'an instant', ownValue(raw, 'closedDate')));
  const branch = (textOf(raw, 'sourceRefName') ?? '').replace(/^refs\/heads\//, '');
  const title = textOf(raw, 'title') ?? '';
  const author = signInOf(ownValue(raw, 'createdBy'));
  const mergeSha = status === 'completed' ? textOf(ownValue(raw, 'lastMergeCommit'), 'commitId') : null;
  return {
    value: {
      id,
      title,
      branch,
      openedAt,
      firstCommitAt: firstCommitAt(commits),
      firstReviewAt: firstReviewAt(threads, { author, until: closedAt, bots: context.bots }),
      mergedAt: status === 'completed' ? closedAt : null,
      closedAt,
      mergeSha,
      shas: commits.map((commit) => textOf(commit, 'commitId')).filter((sha) => sha !== null),
      isBot: author !== null && isBot(author, context.bots),
      isHotfix: context.isHotfixBranch(branch) || labelsOf(raw).some(context.isHotfixLabel),
      keys: keysOf([branch, title, textOf(raw, 'description') ?? ''], commits, items),
    },
    setAside,
  };
}

export function labelsOf(raw: unknown): readonly string[] {
  const labels = ownValue(raw, 'labels');
  return (Array.isArray(labels) ? labels : [])
    .map((label: unknown) => textOf(label, 'name'))
    .filter((name) => name !== null);
}

/** The name somebody signs in with; a build service has one that is no address. */
function signInOf(identity: unknown): string | null {
  return textOf(identity, 'uniqueName') ?? textOf(identity, 'displayName');
}

function isBot(name: string, bots: readonly string[]): boolean {
  return isBotName(name, bots) || /\bbuild service\b|^build\\/i.test(name);
}

function firstCommitAt(commits: readonly unknown[]): Instant | null {
  const times = commits.map((commit) => dateOf(commit, 'author')).filter((at) => at !== null && at > earliest);
  return times.length === 0 ? null : times.reduce((a, b) => (b! < a! ? b : a));
}

/** A comment or a vote by somebody who is not the author, before it was closed: afterwards it was no review. */
function firstReviewAt(
  threads: readonly unknown[],
  { author, until, bots }: { author: string | null; until: Instant | null; bots: readonly string[] },
): Instant | null {
  let first: Instant | null = null;
  for (const thread of threads) {
    const type = textOf(ownValue(ownValue(thread, 'properties'), 'CodeReviewThreadType'), '$value');
    const comments = ownValue(thread, 'comments');
    for (const comment of Array.isArray(comments) ? (comments as unknown[]) : []) {
      const kind = textOf(comment, 'commentType')?.toLowerCase();
      // What the system writes is none, but for a vote.
      if (kind === 'system' ? type !== 'VoteUpdate' : type !== null) continue;
      const by = signInOf(ownValue(comment, 'author'));
      const at = readInstant(ownValue(comment, 'publishedDate') ?? null);
      if (by === null || by === author || at === null || isBot(by, bots)) continue;
      if ((until === null || at <= until) && (first === null || at < first)) first = at;
    }
  }
  return first;
}

/** Linked work items first: the link is what Azure DevOps itself goes by. */
function keysOf(
  [branch, title, description]: readonly [string, string, string],
  commits: readonly unknown[],
  items: readonly unknown[],
): readonly string[] {
  const linked = items.map((item) => Number(ownValue(item, 'id'))).filter((id) => Number.isSafeInteger(id) && id > 0);
  return [
    ...new Set([
      ...linked.map(keyOf),
      ...keysOfBranch(branch),
      ...keysOfText(title),
      ...keysOfText(description),
      ...commits.flatMap((commit) => keysOfText(textOf(commit, 'comment') ?? '')),
    ]),
  ];
}
