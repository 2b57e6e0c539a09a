import type { ItemLink, LinkKind } from '../../core/model/work-item.ts';
import { isItemKey } from '../reading/values.ts';

/** Phrases of link types, as they stand on the side of the item that has the link. The first that fits counts. */
const phrases: readonly (readonly [RegExp, LinkKind])[] = [
  [/\bblocked by\b|\bdepends? on\b|\bis dependent on\b|\bhas to be done after\b|\brequires\b/i, 'blocked-by'],
  [
    /\bblocks\b|\b(is )?required by\b|\bis dependent of\b|\bis depended (up)?on by\b|\bhas to be done before\b/i,
    'blocks',
  ],
  [/\bduplicates\b/i, 'duplicates'],
];

export function linkKindOf(phrase: string): LinkKind {
  return phrases.find(([pattern]) => pattern.test(phrase))?.[1] ?? 'relates';
}

/**
 * `This issue is blocked by HER-77` and `This work item blocks HER-77` to a link. The noun changes with the version and
 * the key stands last; `id` is the key where the entry gives it.
 */
export function parseLinkSentence(sentence: string | null, id: string | null): ItemLink | null {
  const key = isItemKey(id) ? id : (sentence?.trim().split(/\s+/).at(-1) ?? null);
  if (!isItemKey(key)) return null;
  return { kind: linkKindOf(sentence ?? ''), key };
}
