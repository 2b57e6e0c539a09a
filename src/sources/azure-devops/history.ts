import type { Change, ChangeField } from '../../core/model/change.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Snapshot } from './snapshot.ts';

/** Places of the fields in a revision, the same however it is read. Versions follow. */
const places: readonly ChangeField[] = [
  'status',
  'resolution',
  'sprint',
  'dueOn',
  'startOn',
  'points',
  'estimate',
  'assignee',
  'type',
  'priority',
  'summary',
  'project',
  'flagged',
];

/** What one revision changed. */
export function changesBetween(
  before: Snapshot,
  after: Snapshot,
  { at, by }: { readonly at: Instant; readonly by: string | null },
): readonly Change[] {
  // A number alone, so that the tenth revision of one moment comes after the ninth.
  const id = String(after.rev);
  const changes: Change[] = [];
  for (const [part, field] of places.entries()) {
    const [from, fromText] = before.single[field] ?? [null, null];
    const [to, toText] = after.single[field] ?? [null, null];
    if (from !== to) changes.push({ id, part, at, by, field, from, to, fromText, toText });
  }
  const version = (from: string | null, to: string | null) => {
    const part = places.length + changes.filter(({ field }) => field === 'fixVersion').length;
    const fromText = from === null ? null : (before.versions.get(from) ?? null);
    const toText = to === null ? null : (after.versions.get(to) ?? null);
    changes.push({ id, part, at, by, field: 'fixVersion', from, to, fromText, toText });
  };
  for (const one of before.versions.keys()) if (!after.versions.has(one)) version(one, null);
  for (const one of after.versions.keys()) if (!before.versions.has(one)) version(null, one);
  return changes;
}
