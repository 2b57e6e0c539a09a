import type { SourceId } from '../model/ids.ts';
import type { ItemHistory, Pull } from '../model/project.ts';
import type { Instant } from '../time/instant.ts';

/**
 * When the newest pull that went well had ended by as-of; null while there was none. With several sources the one that
 * lags behind counts: figures are as old as the oldest of what they are made from.
 */
export function dataAtOf(pulls: readonly Pull[], asOf: Instant): Instant | null {
  const newest = new Map<SourceId, Instant>();
  for (const { source, outcome, endedAt } of pulls) {
    if (outcome === 'done' && endedAt !== null && endedAt <= asOf)
      newest.set(source, Math.max(newest.get(source) ?? endedAt, endedAt));
  }
  return newest.size === 0 ? null : Math.min(...newest.values());
}

/** Facts of one item with a time in (from, to]: no pull that had ended by `from` can have brought them. */
export function countLateFacts({ item, changes }: ItemHistory, from: Instant, to: Instant): number {
  if (item.createdAt > to) return 0;
  let count = item.createdAt > from ? 1 : 0;
  for (let index = changes.length - 1; index >= 0; index -= 1) {
    const { at } = changes[index]!;
    if (at <= from) break;
    if (at <= to) count += 1;
  }
  return count;
}
