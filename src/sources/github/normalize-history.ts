import type { Change } from '../../core/model/change.ts';
import { changeOf } from '../reading/happening.ts';
import { unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import type { BoardFields } from './board-fields.ts';
import type { Event, HistoryContext } from './history-context.ts';
import { loginOf } from './names.ts';
import { assigneesOf, keyOf, typeNameOf } from './normalize-issue.ts';
import type { IssueContext } from './normalize-issue.ts';
import { historyOfStatus } from './status-changes.ts';

/** All changes that the timeline of one issue tells, in order of time. Who is a ghost by now has changed it all the same. */
export function normalizeHistory(
  raw: unknown,
  rawEvents: readonly unknown[],
  fields: BoardFields,
  context: HistoryContext,
): Normalized<readonly Change[]> {
  const setAside: SetAside[] = [];
  const ref = `${context.path}#${String(ownValue(raw, 'number'))}`;
  const events = rawEvents
    .flatMap((event) => {
      const read = readEvent(event, context);
      if (read === null) setAside.push(unusable('change', ref, 'an event with id and instant', event));
      return read ?? [];
    })
    .sort((a, b) => a.at - b.at);
  const changes = [
    ...historyOfStatus(raw, events, fields, context),
    ...events.flatMap((event) => historyOfMilestone(event, context)),
    ...historyOfAssignee(raw, events, context),
    ...events.flatMap(historyOfTexts),
    ...events.flatMap(historyOfLinks),
  ];
  changes.sort((a, b) => a.at - b.at);
  return { value: changes, setAside };
}

function readEvent(raw: unknown, { names }: HistoryContext): Event | null {
  const id = ownValue(raw, 'id');
  const at = readInstant(ownValue(raw, 'createdAt'));
  const kind = ownValue(raw, '__typename');
  if (typeof id !== 'string' || at === null || typeof kind !== 'string') return null;
  const login = loginOf(ownValue(raw, 'actor'));
  return { id, at, by: login === null ? null : names.person(login), raw, kind };
}

/** One that was deleted or renamed since is known by its title of then. */
function historyOfMilestone(event: Event, { names, repositoryId, milestones }: HistoryContext): Change[] {
  if (event.kind !== 'MilestonedEvent' && event.kind !== 'DemilestonedEvent') return [];
  const title = ownValue(event.raw, 'milestoneTitle');
  if (typeof title !== 'string') return [];
  const number = milestones.get(title);
  const id = number === undefined ? names.lostVersion(repositoryId, title) : names.version(repositoryId, number);
  return event.kind === 'MilestonedEvent'
    ? [changeOf(event, 'fixVersion', [null, id], [null, title])]
    : [changeOf(event, 'fixVersion', [id, null], [title, null])];
}

/** The first of several is responsible. Who was at birth: those of now with every event undone, newest first. */
function historyOfAssignee(raw: unknown, events: readonly Event[], { names }: IssueContext): Change[] {
  const steps = events.flatMap((event) => {
    const isAdded = event.kind === 'AssignedEvent';
    const login = loginOf(ownValue(event.raw, 'assignee'));
    return login !== null && (isAdded || event.kind === 'UnassignedEvent') ? [{ event, login, isAdded }] : [];
  });
  const people = new Set(assigneesOf(raw));
  for (const { login, isAdded } of steps.toReversed()) {
    if (isAdded) people.delete(login);
    else people.add(login);
  }
  const first = () => {
    const [login] = people;
    return login === undefined ? null : names.person(login);
  };
  let current = first();
  return steps.flatMap(({ event, login, isAdded }) => {
    if (isAdded) people.add(login);
    else people.delete(login);
    const next = first();
    const change = next === current ? [] : [changeOf(event, 'assignee', [current, next])];
    current = next;
    return change;
  });
}

function historyOfTexts(event: Event): Change[] {
  const text = (field: string) => {
    const value = ownValue(event.raw, field);
    return typeof value === 'string' ? value : null;
  };
  const type = (field: string) => typeNameOf(ownValue(event.raw, field)) ?? 'Issue';
  switch (event.kind) {
    case 'RenamedTitleEvent':
      return [changeOf(event, 'summary', [text('previousTitle'), text('currentTitle')])];
    case 'IssueTypeAddedEvent':
      return [changeOf(event, 'type', ['Issue', type('issueType')])];
    case 'IssueTypeChangedEvent':
      return [changeOf(event, 'type', [type('prevIssueType'), type('issueType')])];
    case 'IssueTypeRemovedEvent':
      return [changeOf(event, 'type', [type('issueType'), 'Issue'])];
    default:
      return [];
  }
}

/** Parent and blockers; an issue that we may not see has no key. */
function historyOfLinks(event: Event): Change[] {
  const key = (field: string) => keyOf(ownValue(event.raw, field));
  const [field, kind] = {
    ParentIssueAddedEvent: ['parent', null] as const,
    ParentIssueRemovedEvent: ['parent', null] as const,
    BlockedByAddedEvent: ['blockingIssue', 'blocked-by'] as const,
    BlockedByRemovedEvent: ['blockingIssue', 'blocked-by'] as const,
    BlockingAddedEvent: ['blockedIssue', 'blocks'] as const,
    BlockingRemovedEvent: ['blockedIssue', 'blocks'] as const,
  }[event.kind] ?? [null, null];
  const other = field === null ? null : key(field);
  if (other === null) return [];
  const value = kind === null ? other : `${kind}:${other}`;
  const isAdded = event.kind.endsWith('AddedEvent');
  return [changeOf(event, kind === null ? 'parent' : 'link', isAdded ? [null, value] : [value, null])];
}
