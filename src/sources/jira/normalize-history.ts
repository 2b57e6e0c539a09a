import type { Change, ChangeField } from '../../core/model/change.ts';
import type { FieldMap } from './fields.ts';
import { parseLinkSentence } from './links.ts';
import { readPerson } from './normalize-issue.ts';
import { changelogSchema, historySchema } from './schema.ts';
import { unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { isItemKey, ownValue, projectKeyOf, readDay, readInstant, readPoints, readSeconds } from '../reading/values.ts';

/** One changed field of a history entry, as texts; what the entry does not say is null. */
interface Entry {
  readonly field: ChangeField;
  readonly from: string | null;
  readonly to: string | null;
  readonly fromText: string | null;
  readonly toText: string | null;
}

/**
 * The changes in the fields that count, in order of time, then of id: Jira promises no order, and two entries may share
 * a millisecond. `ref` names the item in what is set aside.
 */
export function normalizeHistories(
  rawHistories: readonly unknown[],
  fieldMap: FieldMap,
  ref: string,
): Normalized<readonly Change[]> {
  const changes: Change[] = [];
  const setAside: SetAside[] = [];
  for (const raw of rawHistories) {
    const parsed = historySchema.safeParse(raw);
    const at = readInstant(parsed.data?.created);
    if (!parsed.success || at === null) {
      const id = ownValue(raw, 'id');
      const name = typeof id === 'string' || typeof id === 'number' ? id : '?';
      setAside.push(
        unusable(
          'change',
          `${ref} history ${name}`,
          'an entry with id, instant and items',
          parsed.data?.created ?? raw,
        ),
      );
      continue;
    }
    const { id, author, items } = parsed.data;
    const by = readPerson(author);
    const entries = items.map((item) => readEntry(item, fieldMap));
    for (const [part, entry] of entries.entries()) {
      if (!entry) continue;
      if (entry.field === 'description') {
        const { from, to } = entry;
        const has = (text: string | null) => (text === null || text.trim() === '' ? null : 'true');
        const ends = { from: has(entry.fromText ?? from), to: has(entry.toText ?? to), fromText: null, toText: null };
        if (ends.from !== ends.to) changes.push({ id, part, at, by, field: entry.field, ...ends });
        continue;
      }
      if (entry.field === 'label') {
        changes.push(...labelChanges(entry, part).map((change) => ({ id, at, by, ...change })));
        continue;
      }
      const ends = readEnds(entry, entries);
      if (ends) changes.push({ id, part, at, by, field: entry.field, ...ends });
      else
        setAside.push(
          unusable(
            'change',
            `${ref} history ${id} ${entry.field}`,
            expectedOf[entry.field],
            entry.toText ?? entry.to ?? entry.fromText ?? entry.from,
          ),
        );
    }
  }
  changes.sort((a, b) => a.at - b.at || compareIds(a.id, b.id) || a.part - b.part);
  return { value: changes, setAside };
}

/** So many parts of an entry have numbers of their own, before those that one of them falls into. */
const partStep = 1000;

/** Jira writes all labels before and after, with blanks between them: a change for each that went or came. */
function labelChanges({ fromText, toText }: Entry, part: number): readonly Omit<Change, 'id' | 'at' | 'by'>[] {
  const read = (text: string | null) => new Set((text ?? '').split(/\s+/).filter((label) => label !== ''));
  const before = read(fromText);
  const after = read(toText);
  const gone = [...before].filter((label) => !after.has(label)).map((label) => ({ from: label, to: null }));
  const come = [...after].filter((label) => !before.has(label)).map((label) => ({ from: null, to: label }));
  return [...gone, ...come].map(({ from, to }, index) => ({
    part: partStep * (part + 1) + index,
    field: 'label',
    from,
    to,
    fromText: from,
    toText: to,
  }));
}

/** The history inside an issue (Data Center, exports): its entries, and whether they are all. Null when there is none. */
export function inlineHistories(rawIssue: unknown): { histories: readonly unknown[]; isComplete: boolean } | null {
  const changelog = changelogSchema.safeParse(ownValue(rawIssue, 'changelog')).data;
  if (!changelog) return null;
  const { histories, total, startAt } = changelog;
  return { histories, isComplete: (startAt ?? 0) === 0 && histories.length >= (total ?? 0) };
}

/** Ids are numbers as text: 9 comes before 10. */
function compareIds(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (Number.isNaN(difference)) return a < b ? -1 : Number(a > b);
  return difference;
}

function readEntry(raw: unknown, fieldMap: FieldMap): Entry | null {
  const field = fieldOf(raw, fieldMap);
  if (!field) return null;
  const text = (key: string): string | null => {
    const value = ownValue(raw, key);
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return { field, from: text('from'), to: text('to'), fromText: text('fromString'), toText: text('toString') };
}

/** By field id where there is one; by name else, and for Jira's own fields, whose id is often another word. */
function fieldOf(raw: unknown, { historyFields }: FieldMap): ChangeField | null {
  const word = (key: string) => {
    const value = ownValue(raw, key);
    return typeof value === 'string' ? value.trim().toLowerCase() : '';
  };
  const id = word('fieldId');
  const byId = historyFields.get(id);
  if (byId) return byId;
  return !id || word('fieldtype') !== 'custom' ? (historyFields.get(word('field')) ?? null) : null;
}

type Ends = Pick<Change, 'from' | 'to' | 'fromText' | 'toText'>;

/** Both ends in the form that `Change` promises; null when an end is there but cannot be read. */
function readEnds(entry: Entry, siblings: readonly (Entry | null)[]): Ends | null {
  const { fromText, toText } = entry;
  const source = entry.field === 'project' ? siblings.find((sibling) => sibling?.field === 'key') : entry;
  if (!source) return null;
  const read = readers[entry.field];
  const from = read(source.from, source.fromText);
  const to = read(source.to, source.toText);
  if (from === undefined || to === undefined) return null;
  // A status is never nothing: such an entry has lost its ids, and replaying it would take the item out of the flow.
  if (entry.field === 'status' && to === null) return null;
  return { from, to, fromText, toText };
}

/** From an entry's id and text to the value of a change: null is none, undefined is unreadable. */
type EndReader = (id: string | null, text: string | null) => string | null | undefined;

const readId: EndReader = (id, text) => id ?? (text === null ? null : undefined);
const readText: EndReader = (id, text) => text ?? id;

function reading<T>(read: (value: string) => T | null, write: (value: T) => string = String): EndReader {
  return (id, text) => {
    if (id === null && text === null) return null;
    const value = (id === null ? null : read(id)) ?? (text === null ? null : read(text));
    return value === null ? undefined : write(value);
  };
}

const readKey: EndReader = (id, text) => {
  if (id === null && text === null) return null;
  return [text, id].find(isItemKey);
};

/** `76, 79` or empty: the whole list before and after. */
const readSprintIds: EndReader = (id, text) => {
  if (id === null) return text === null ? null : undefined;
  const ids = id
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return ids.every((part) => /^\d+$/.test(part)) ? ids.join(',') || null : undefined;
};

const readLink: EndReader = (id, text) => {
  if (id === null && text === null) return null;
  const link = parseLinkSentence(text, id);
  return link ? `${link.kind}:${link.key}` : undefined;
};

const readProject: EndReader = (id, text) => {
  const key = readKey(id, text);
  return key ? projectKeyOf(key) : key;
};

const readers: Readonly<Record<ChangeField, EndReader>> = {
  status: readId,
  sprint: readSprintIds,
  fixVersion: readId,
  affectsVersion: readId,
  dueOn: reading(readDay),
  startOn: reading(readDay),
  points: reading(readPoints),
  estimate: reading(readSeconds),
  assignee: readId,
  parent: readKey,
  key: readKey,
  project: readProject,
  type: readText,
  resolution: readText,
  priority: readText,
  summary: readText,
  flagged: (id, text) => (id === null && text === null ? null : 'true'),
  link: readLink,
  label: readText,
  component: readText,
  description: readText,
};

const expectedOf: Readonly<Record<ChangeField, string>> = {
  status: 'a status id',
  sprint: 'a list of sprint ids',
  fixVersion: 'a version id',
  affectsVersion: 'a version id',
  dueOn: 'a day that exists',
  startOn: 'a day that exists',
  points: 'a number from 0 to 1,000,000',
  estimate: 'whole seconds below 2^53',
  assignee: 'a person id',
  parent: 'the key of an item',
  key: 'a key such as APO-12',
  project: 'the old and new key beside it',
  type: 'a text',
  resolution: 'a text',
  priority: 'a text',
  summary: 'a text',
  flagged: 'a flag',
  link: 'a sentence that ends in a key',
  label: 'a text',
  description: 'a text',
  component: 'a text',
};
