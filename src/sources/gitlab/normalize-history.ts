import type { Change, ChangeField } from '../../core/model/change.ts';
import { unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue, readInstant, readPoints } from '../reading/values.ts';
import type { EventKind } from './client.ts';
import { changeOf } from '../reading/happening.ts';
import type { Happening } from '../reading/happening.ts';
import { historyOfNotes } from './note-changes.ts';
import { usernameOf } from './username-of.ts';
import type { IssueContext } from './normalize-issue.ts';
import { historyOfStatus } from './status-changes.ts';

/** What GitLab tells of the past of one issue; a list that was not asked for is left out. */
export type IssuePast = Readonly<Partial<Record<EventKind, readonly unknown[]>>> & {
  readonly notes: readonly unknown[];
};

/**
 * All changes of one issue, in order of time: from the resource events, which GitLab keeps since 13 to 15, and from
 * system notes for what has no events (assignee, due date, estimate, title, type, links).
 */
export function normalizeHistory(raw: unknown, past: IssuePast, context: IssueContext): Normalized<readonly Change[]> {
  const ref = `${context.path}#${String(ownValue(raw, 'iid'))}`;
  const setAside: SetAside[] = [];
  const happenings = (kind: EventKind) => readHappenings(past[kind] ?? [], kind, { ref, context, setAside });
  const notes = readHappenings(past.notes, 'note', { ref, context, setAside });
  const { names } = context;
  const changes = [
    ...historyOfStatus(raw, { states: happenings('state'), labels: happenings('label'), notes }, context),
    ...historyOfPlace(happenings('milestone'), 'fixVersion', (event) =>
      placeOf(event, 'milestone', (id) => names.version(id)),
    ),
    ...historyOfPlace(happenings('iteration'), 'sprint', (event) =>
      placeOf(event, 'iteration', (id) => names.sprint(id)),
    ),
    ...historyOfWeight(happenings('weight')),
    ...historyOfNotes(raw, notes, context),
  ];
  changes.sort((a, b) => a.at - b.at);
  return { value: changes, setAside };
}

interface ReadContext {
  readonly ref: string;
  readonly context: IssueContext;
  readonly setAside: SetAside[];
}

/** In order of time, then of id. */
function readHappenings(raws: readonly unknown[], kind: string, { ref, context, setAside }: ReadContext): Happening[] {
  const found = raws.flatMap((raw) => {
    const id = ownValue(raw, 'id');
    const at = readInstant(ownValue(raw, 'created_at'));
    if (typeof id !== 'number' || at === null) {
      setAside.push(
        unusable('change', `${ref} ${kind} ${typeof id === 'number' ? id : '?'}`, 'an entry with id and instant', raw),
      );
      return [];
    }
    const username = usernameOf(ownValue(raw, 'user') ?? ownValue(raw, 'author'));
    return [
      { number: id, id: `${kind}-${id}`, at, by: username === null ? null : context.names.person(username), raw },
    ];
  });
  return found.sort((a, b) => a.at - b.at || a.number - b.number);
}

interface Place {
  readonly action: unknown;
  readonly id: string | null;
  readonly name: string | null;
}

function placeOf(event: unknown, field: 'milestone' | 'iteration', nameOf: (id: number) => string): Place {
  const place = ownValue(event, field);
  const id = ownValue(place, 'id');
  const title = ownValue(place, 'title');
  return {
    action: ownValue(event, 'action'),
    id: typeof id === 'number' ? nameOf(id) : null,
    name: typeof title === 'string' ? title : null,
  };
}

/** Milestone and iteration: an issue is in one at a time, and to be put into another is one event that names the new one only. */
function historyOfPlace(events: readonly Happening[], field: ChangeField, read: (event: unknown) => Place): Change[] {
  const changes: Change[] = [];
  let current: Place | null = null;
  for (const event of events) {
    const place = read(event.raw);
    if (place.id === null) continue;
    const isAdded = place.action !== 'remove';
    const from: Place | null = isAdded ? current : place;
    const to: Place | null = isAdded ? place : null;
    // Taken out of one it was no longer in: the event came late.
    if (!isAdded && current !== null && current.id !== place.id) continue;
    current = to;
    if (from?.id === to?.id) continue;
    changes.push(changeOf(event, field, [from?.id ?? null, to?.id ?? null], [from?.name ?? null, to?.name ?? null]));
  }
  return changes;
}

function historyOfWeight(events: readonly Happening[]): Change[] {
  let current: string | null = null;
  return events.flatMap((event) => {
    const weight = readPoints(ownValue(event.raw, 'weight'));
    const to = weight === null ? null : String(weight);
    if (to === current) return [];
    const change = changeOf(event, 'points', [current, to]);
    current = to;
    return [change];
  });
}
