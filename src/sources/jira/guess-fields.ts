import { createFieldMap, foundFields } from './fields.ts';
import type { FieldMap, FieldOverrides, FoundField } from './fields.ts';
import { inlineHistories } from './normalize-history.ts';
import { parseSprintText } from './sprint-text.ts';
import { isItemKey, isObject, ownValue, readNumber } from '../reading/values.ts';

/** Names that exports give to these fields instead of `customfield_…`. */
const plainNames: Readonly<Record<FoundField, readonly string[]>> = {
  sprint: ['sprint', 'sprints', 'closedSprints'],
  points: ['storyPoints', 'story_points', 'points'],
  epicLink: ['epic', 'epicLink', 'epic_link'],
  flagged: ['flagged'],
  startOn: ['startDate', 'start_date'],
};

/** How often each field was seen to hold each meaning, and how often it was seen to hold something else. */
type Votes = Map<string, { for: number; against: number }>;

function vote(votes: Votes, field: string, isFor: boolean): void {
  const count = votes.get(field) ?? { for: 0, against: 0 };
  if (isFor) count.for++;
  else count.against++;
  votes.set(field, count);
}

/** Fields that a clear majority spoke for, the most often seen first. */
function winners(votes: Votes): string[] {
  return [...votes]
    .filter(([, count]) => count.for > 0 && count.for >= 9 * count.against)
    .sort((a, b) => b[1].for - a[1].for)
    .map(([field]) => field);
}

/**
 * Which fields hold what, from issues alone, for exports without a field list: plain names, the shapes of the values,
 * and for story points the number field that agrees with the last `Story Points` of the history. A few hundred issues
 * are enough; all of them are best. What is guessed wrong can be said in the config (`fields`).
 */
export function guessFields(issues: Iterable<unknown>, overrides: FieldOverrides = {}): FieldMap {
  const guess = createFieldGuess(overrides);
  for (const issue of issues) guess.see(issue);
  return guess.result();
}

/** The same, one issue at a time, for files that are larger than memory. */
export function createFieldGuess(overrides: FieldOverrides = {}): { see(issue: unknown): void; result(): FieldMap } {
  const votes = Object.fromEntries(foundFields.map((field) => [field, new Map()])) as Record<FoundField, Votes>;
  return {
    see(issue) {
      const fields = ownValue(issue, 'fields');
      if (!isObject(fields)) return;
      const points = lastPoints(issue);
      for (const [id, value] of Object.entries(fields)) {
        if (value === null || value === undefined) continue;
        for (const meaning of foundFields) if (plainNames[meaning].includes(id)) vote(votes[meaning], id, true);
        if (id.startsWith('customfield_')) voteByShape(votes, id, value, points);
      }
    },
    result() {
      const ids = Object.fromEntries(
        foundFields.map((meaning) => [meaning, overrides[meaning] ?? winners(votes[meaning])]),
      ) as Record<FoundField, readonly string[]>;
      return createFieldMap({ ...ids, points: ids.points.slice(0, overrides.points ? undefined : 1) });
    },
  };
}

function voteByShape(votes: Record<FoundField, Votes>, id: string, value: unknown, points: number | null): void {
  if (Array.isArray(value)) {
    if (value.length === 0) return;
    vote(votes.sprint, id, value.every(isSprint));
    vote(
      votes.flagged,
      id,
      value.every((entry) => ownValue(entry, 'value') === 'Impediment'),
    );
  } else if (typeof value === 'string') vote(votes.epicLink, id, isItemKey(value));
  else if (typeof value === 'number' && points !== null) vote(votes.points, id, value === points);
}

function isSprint(value: unknown): boolean {
  if (typeof value === 'string') return parseSprintText(value) !== null;
  const state = ownValue(value, 'state');
  return typeof state === 'string' && /^(future|active|closed)$/i.test(state) && ownValue(value, 'id') !== undefined;
}

/** The points that the history says the issue has now; null when it never speaks of them. */
function lastPoints(issue: unknown): number | null {
  const histories = inlineHistories(issue)?.histories ?? [];
  let last: number | null = null;
  for (const history of histories) {
    const items = ownValue(history, 'items');
    for (const item of Array.isArray(items) ? items : []) {
      if (/^story point(s| estimate)$/i.test(String(ownValue(item, 'field'))))
        last = readNumber(ownValue(item, 'toString'));
    }
  }
  return last;
}
