import type { Change } from '../../core/model/change.ts';
import { ownValue } from '../reading/values.ts';
import { changeOf } from '../reading/happening.ts';
import type { Happening } from '../reading/happening.ts';
import { assigneesOf } from './normalize-issue.ts';
import type { IssueContext } from './normalize-issue.ts';
import { readSystemNote } from './system-notes.ts';
import type { Told } from './system-notes.ts';

interface Entry {
  readonly note: Happening;
  readonly told: Told;
}

/** What only system notes tell of: assignee, days, estimate, title, type and links. */
export function historyOfNotes(raw: unknown, notes: readonly Happening[], context: IssueContext): Change[] {
  const entries = notes.flatMap((note) => {
    const body = ownValue(note.raw, 'body');
    if (typeof body !== 'string' || ownValue(note.raw, 'system') !== true) return [];
    return readSystemNote(body, context.path).map((told): Entry => ({ note, told }));
  });
  return numbered([
    ...historyOfAssignee(raw, entries, context),
    ...historyOfValues(entries),
    ...historyOfLinks(entries),
  ]);
}

/** One note may change several fields. */
function numbered(changes: readonly Change[]): Change[] {
  const parts = new Map<string, number>();
  return changes.map((change) => {
    const part = parts.get(change.id) ?? 0;
    parts.set(change.id, part + 1);
    return { ...change, part };
  });
}

/** The first of several is responsible. Who was at birth: those of now with every note undone, newest first. */
function historyOfAssignee(raw: unknown, entries: readonly Entry[], { names }: IssueContext): Change[] {
  const steps = entries.flatMap(({ note, told }) => (told.kind === 'assignees' ? [{ note, ...told }] : []));
  const people = new Set(assigneesOf(raw));
  for (const { added, removed } of [...steps].reverse()) {
    for (const name of added) people.delete(name);
    for (const name of removed) people.add(name);
  }
  const first = () => {
    const [name] = people;
    return name === undefined ? null : names.person(name);
  };
  let current = first();
  return steps.flatMap(({ note, added, removed }) => {
    for (const name of removed) people.delete(name);
    for (const name of added) people.add(name);
    const next = first();
    const change = next === current ? [] : [changeOf(note, 'assignee', [current, next])];
    current = next;
    return change;
  });
}

function historyOfValues(entries: readonly Entry[]): Change[] {
  const now = new Map<string, string | null>();
  return entries.flatMap(({ note, told }): Change[] => {
    if (told.kind === 'summary') return [changeOf(note, 'summary', [told.from, told.to])];
    if (told.kind === 'type') {
      const from = told.from ?? now.get('type') ?? 'Issue';
      now.set('type', told.to);
      return from === told.to ? [] : [changeOf(note, 'type', [from, told.to])];
    }
    if (told.kind !== 'dueOn' && told.kind !== 'startOn' && told.kind !== 'estimate') return [];
    const was = told.kind === 'estimate' ? null : told.was;
    const from = now.get(told.kind) ?? was;
    const to = told.kind === 'estimate' ? (told.seconds === null ? null : String(told.seconds)) : told.day;
    now.set(told.kind, to);
    return from === to ? [] : [changeOf(note, told.kind, [from, to])];
  });
}

/** A removed relation does not say what it was: what was told last of that issue, else that it was related. */
function historyOfLinks(entries: readonly Entry[]): Change[] {
  const kinds = new Map<string, string>();
  return entries.flatMap(({ note, told }): Change[] => {
    if (told.kind === 'link')
      return told.keys.map((key) => {
        kinds.set(key, told.link);
        return changeOf(note, 'link', [null, `${told.link}:${key}`]);
      });
    if (told.kind !== 'unlink') return [];
    return told.keys.map((key) => changeOf(note, 'link', [`${kinds.get(key) ?? 'relates'}:${key}`, null]));
  });
}
