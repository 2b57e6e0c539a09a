import type { PullRequest } from '../../core/model/delivery.ts';
import { parseInstant } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { UnusableEvent } from './event.ts';
import { describe, fieldOf, fieldsOf, instantOf, textOf } from './fields.ts';
import type { Fields } from './fields.ts';
import { keysIn } from '../reading/keys-in.ts';

/** `change.merged { repo, pr, mergeSha, commits: [{ sha, authoredAt }], mergedAt, isBot }` (metrics.md 5.5). */
export function readChange(fields: Fields): PullRequest {
  const repo = textOf(fieldOf(fields, 'repo'));
  const number = textOf(fieldOf(fields, 'pr')) ?? textOf(fieldOf(fields, 'id'));
  const about = { entity: 'pull-request', id: number } as const;
  if (number === null)
    throw new UnusableEvent(about, `pr: expected a number of its own, found ${describe(fieldOf(fields, 'pr'))}`);
  const mergedAt = instantOf(fields, 'mergedAt', about);
  if (mergedAt === null) throw new UnusableEvent(about, 'mergedAt: expected when it was merged, found nothing');
  const commits = commitsIn(fields);
  const first = commits.reduce<Instant | null>(
    (earliest, { at }) => (at === null ? earliest : Math.min(earliest ?? at, at)),
    null,
  );
  const title = textOf(fieldOf(fields, 'title')) ?? '';
  const branch = textOf(fieldOf(fields, 'branch')) ?? '';
  return {
    id: repo === null ? `#${number}` : `${repo}#${number}`,
    title,
    branch,
    openedAt: instantOf(fields, 'openedAt', about) ?? first ?? mergedAt,
    firstCommitAt: first,
    firstReviewAt: instantOf(fields, 'firstReviewAt', about),
    mergedAt,
    closedAt: mergedAt,
    mergeSha: textOf(fieldOf(fields, 'mergeSha')),
    shas: commits.map(({ sha }) => sha),
    isBot: fieldOf(fields, 'isBot') === true,
    isHotfix: /^hotfix/i.test(branch),
    keys: keysIn(`${title} ${branch}`),
  };
}

function commitsIn(fields: Fields): readonly { readonly sha: string; readonly at: Instant | null }[] {
  const commits = fieldOf(fields, 'commits');
  if (!Array.isArray(commits)) return [];
  return commits.flatMap((commit: unknown) => {
    const own = fieldsOf(commit);
    const sha = textOf(fieldOf(own, 'sha'));
    const at = fieldOf(own, 'authoredAt');
    return sha === null ? [] : [{ sha, at: typeof at === 'string' ? parseInstant(at) : null }];
  });
}
