import type { Commit } from '../../core/model/delivery.ts';
import { unusable } from '../reading/set-aside.ts';
import type { Normalized } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import { keysOfText } from './item-keys.ts';

export function normalizeCommit(raw: unknown): Normalized<Commit | null> {
  const sha = textOf(raw, 'commitId');
  const committedAt = dateOf(raw, 'committer') ?? dateOf(raw, 'author');
  if (sha === null || committedAt === null) {
    const expected = 'a commit with its sha and the date of its committer';
    return { value: null, setAside: [unusable('commit', sha ?? '?', expected, raw)] };
  }
  const comment = textOf(raw, 'comment') ?? '';
  return {
    value: {
      sha,
      parents: parentsOf(raw) ?? [],
      authoredAt: dateOf(raw, 'author') ?? committedAt,
      committedAt,
      subject: comment.split('\n', 1)[0]!.trim(),
      keys: keysOfText(comment),
    },
    setAside: [],
  };
}

/** Lists of commits come without parents; the commit by itself has them. */
export function parentsOf(raw: unknown): readonly string[] | null {
  const parents = ownValue(raw, 'parents');
  return Array.isArray(parents) ? parents.filter((sha) => typeof sha === 'string') : null;
}

export function dateOf(commit: unknown, who: 'author' | 'committer'): number | null {
  return readInstant(ownValue(ownValue(commit, who), 'date') ?? null);
}
