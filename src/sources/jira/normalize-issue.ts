import type { Instant } from '../../core/time/instant.ts';
import type { Sprint } from '../../core/model/plan.ts';
import type { ItemLink, WorkItem } from '../../core/model/work-item.ts';
import type { FieldMap } from './fields.ts';
import { linkKindOf } from './links.ts';
import { normalizeSprint, normalizeStatus } from './normalize-plan.ts';
import { issueSchema, issueTypeSchema, linkSchema, namedSchema, personSchema } from './schema.ts';
import { unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import {
  isItemKey,
  isObject,
  ownValue,
  projectKeyOf,
  readDay,
  readInstant,
  readPoints,
  readSeconds,
} from '../reading/values.ts';

/** Reads the fields of one issue and collects the values that it could not use. */
interface Reader {
  readonly key: string;
  readonly setAside: SetAside[];
  value(field: string): unknown;
  /** The first of these fields that holds anything: ids differ between projects. */
  firstValue(fields: readonly string[]): unknown;
  /** A value through `read`; one that is there but unusable becomes null and is counted. */
  read<T>(name: string, raw: unknown, read: (raw: unknown) => T | null, expected: string): T | null;
  list(field: string): readonly unknown[];
}

function createReader(key: string, fields: object): Reader {
  const setAside: SetAside[] = [];
  const value = (field: string) => ownValue(fields, field);
  return {
    key,
    setAside,
    value,
    firstValue: (ids) => ids.map(value).find((found) => found !== undefined && found !== null && found !== ''),
    read(name, raw, read, expected) {
      if (raw === undefined || raw === null || raw === '') return null;
      const result = read(raw);
      if (result === null) setAside.push(unusable('item', `${key} ${name}`, expected, raw));
      return result;
    },
    list: (field) => {
      const raw = value(field);
      return Array.isArray(raw) ? raw : [];
    },
  };
}

/**
 * One issue of Cloud (REST v3) or Data Center (v2). Null when it lacks what an item cannot be without: id, key, fields,
 * creation date. Any other odd value becomes null and is set aside by itself, so that the item is not lost for it.
 */
export function normalizeIssue(raw: unknown, fieldMap: FieldMap): Normalized<WorkItem | null> {
  const parsed = issueSchema.safeParse(raw);
  const ref = issueRef(raw);
  if (!parsed.success) return reject(ref, 'an issue with id and key', raw);
  const { id, key, fields } = parsed.data;
  if (!isItemKey(key)) return reject(ref, 'a key such as APO-12', key);
  if (!isObject(fields)) return reject(ref, 'fields', fields);
  const reader = createReader(key, fields);
  const createdAt = readInstant(reader.value('created'));
  if (createdAt === null) return reject(ref, 'a creation instant in `created`', reader.value('created'));
  const item: WorkItem = {
    id,
    key,
    projectKey: readProjectKey(reader),
    summary: reader.read('summary', reader.value('summary'), readText, 'a text') ?? '',
    type: readType(reader),
    createdAt,
    // Some records come without it; an item is then as old as its birth, and is looked at again every time.
    updatedAt: readAt(reader, 'updated') ?? createdAt,
    status: reader.read('status', reader.value('status'), (value) => normalizeStatus(value).value, 'a status'),
    resolution: reader.read('resolution', reader.value('resolution'), readName, 'a resolution with a name'),
    resolvedAt: readAt(reader, 'resolutiondate'),
    assignee: reader.read('assignee', reader.value('assignee'), readPerson, 'a person with an id'),
    sprintIds: sprintsOfIssue(raw, fieldMap).value.map((sprint) => sprint.id),
    fixVersionIds: readIds(reader, 'fixVersions'),
    affectsVersionIds: readIds(reader, 'versions'),
    startOn: reader.read('start date', reader.firstValue(fieldMap.ids.startOn), readDay, 'a day that exists'),
    dueOn: reader.read('duedate', reader.value('duedate'), readDay, 'a day that exists'),
    points: reader.read('points', reader.firstValue(fieldMap.ids.points), readPoints, 'a number from 0 to 1,000,000'),
    estimateSeconds: readEstimate(reader),
    parentKey: readParent(reader, fieldMap),
    isFlagged: readFlag(reader.firstValue(fieldMap.ids.flagged)),
    links: readLinks(reader),
    labels: reader.list('labels').filter((label) => typeof label === 'string'),
    components: reader
      .list('components')
      .map(readName)
      .filter((name) => name !== null),
    priority: reader.read('priority', reader.value('priority'), readName, 'a priority with a name'),
    ...readDescription(fields),
  };
  return { value: item, setAside: reader.setAside };
}

/** A text, or a document tree with something in it; nothing at all where Jira was not asked. */
function readDescription(fields: unknown): Pick<WorkItem, 'hasDescription'> {
  const value = ownValue(fields, 'description');
  if (value === undefined) return {};
  if (typeof value === 'string') return { hasDescription: value.trim() !== '' };
  const content = ownValue(value, 'content');
  return { hasDescription: Array.isArray(content) && content.length > 0 };
}

/** The sprints that an issue names with their dates: all that is known of them where no board can be read. */
export function sprintsOfIssue(raw: unknown, fieldMap: FieldMap): Normalized<readonly Sprint[]> {
  const fields = ownValue(raw, 'fields');
  const found = new Map<string, Sprint>();
  const setAside: SetAside[] = [];
  for (const id of fieldMap.ids.sprint) {
    for (const entry of [ownValue(fields, id) ?? []].flat()) {
      const sprint = normalizeSprint(entry);
      setAside.push(...sprint.setAside);
      if (sprint.value) found.set(sprint.value.id, sprint.value);
    }
  }
  return { value: [...found.values()], setAside };
}

/** What to call an issue that may lack everything. */
export function issueRef(raw: unknown): string {
  const name = ownValue(raw, 'key') ?? ownValue(raw, 'id');
  return typeof name === 'string' || typeof name === 'number' ? String(name) : '?';
}

function reject(ref: string, expected: string, found: unknown): Normalized<null> {
  return { value: null, setAside: [unusable('item', ref, expected, found)] };
}

const readText = (raw: unknown): string | null => (typeof raw === 'string' ? raw : null);
const readName = (raw: unknown): string | null => namedSchema.safeParse(raw).data?.name ?? null;

/** Account id on Cloud; user key, or its name where there is none, on Data Center. */
export function readPerson(raw: unknown): string | null {
  const person = personSchema.safeParse(raw).data;
  return person?.accountId || person?.key || person?.name || null;
}

function readAt(reader: Reader, field: string): Instant | null {
  return reader.read(field, reader.value(field), readInstant, 'an instant');
}

function readProjectKey(reader: Reader): string {
  const key = ownValue(reader.value('project'), 'key');
  return typeof key === 'string' && key ? key : projectKeyOf(reader.key);
}

function readType(reader: Reader): WorkItem['type'] {
  const parsed = issueTypeSchema.safeParse(reader.value('issuetype'));
  if (!parsed.success) {
    reader.setAside.push(unusable('item', `${reader.key} issuetype`, 'a type with a name', reader.value('issuetype')));
    return { name: 'Unknown', isSubtask: false, isEpic: false };
  }
  const { name, subtask, hierarchyLevel } = parsed.data;
  return {
    name,
    isSubtask: subtask ?? hierarchyLevel === -1,
    isEpic: hierarchyLevel === 1 || /^(epic|[ée]pop[ée]e)$/i.test(name),
  };
}

function readIds(reader: Reader, field: string): string[] {
  return reader.list(field).flatMap((raw) => {
    const id = namedSchema.safeParse(raw).data?.id;
    if (!id) reader.setAside.push(unusable('item', `${reader.key} ${field}`, 'a version with an id', raw));
    return id ?? [];
  });
}

function readEstimate(reader: Reader): number | null {
  const expected = 'whole seconds below 2^53';
  return (
    reader.read('timeestimate', reader.value('timeestimate'), readSeconds, expected) ??
    reader.read('timeoriginalestimate', reader.value('timeoriginalestimate'), readSeconds, expected)
  );
}

function readParent(reader: Reader, fieldMap: FieldMap): string | null {
  const raw = reader.value('parent') ?? reader.firstValue(fieldMap.ids.epicLink);
  const parent = reader.read('parent', raw, readKey, 'the key of another item');
  if (parent !== reader.key) return parent;
  reader.setAside.push(unusable('item', `${reader.key} parent`, 'another item', parent));
  return null;
}

function readKey(raw: unknown): string | null {
  const key = isObject(raw) ? ownValue(raw, 'key') : raw;
  return isItemKey(key) ? key : null;
}

function readFlag(raw: unknown): boolean {
  return Array.isArray(raw)
    ? raw.length > 0
    : isObject(raw) || raw === true || (typeof raw === 'string' && raw !== 'false');
}

/** A link to an issue that we may not see has neither end and says nothing; a link to itself says nothing either. */
function readLinks(reader: Reader): ItemLink[] {
  const links = new Map<string, ItemLink>();
  for (const raw of reader.list('issuelinks')) {
    const link = linkSchema.safeParse(raw).data;
    const other = link?.inwardIssue ?? link?.outwardIssue;
    if (!link || !other || !isItemKey(other.key) || other.key === reader.key) continue;
    const kind = linkKindOf((link.inwardIssue ? link.type?.inward : link.type?.outward) ?? '');
    links.set(`${kind}:${other.key}`, { kind, key: other.key });
  }
  return [...links.values()];
}
