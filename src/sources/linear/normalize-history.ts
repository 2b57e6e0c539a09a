import type { Change, ChangeField } from '../../core/model/change.ts';
import { unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue, readInstant, readPoints } from '../reading/values.ts';
import { idOf, priorityName } from './normalize-issue.ts';
import type { Statuses } from './statuses.ts';
import { textOf } from '../reading/text-of.ts';

export interface HistoryContext {
  readonly statuses: Statuses;
  /** Keys of teams by id. */
  readonly teamKeys: ReadonlyMap<string, string>;
  /** Names of cycles, projects and milestones by id, as far as they are known. */
  readonly names: ReadonlyMap<string, string>;
}

/** An end of a change: what is kept, and its name. */
type End = readonly [value: string | null, text: string | null];

const none: End = [null, null];

/**
 * Places of the fields in an entry, of which a later pull may find more: Linear adds what one person does within some
 * minutes to the entry that is there, and a place that moved would leave its old value behind.
 */
const places: readonly ChangeField[] = [
  'status',
  'resolution',
  'sprint',
  'fixVersion',
  'dueOn',
  'points',
  'assignee',
  'parent',
  'priority',
  'summary',
  'project',
  'key',
];
/** An entry may change milestone and project: two versions of ours. */
const secondVersion = places.length;

/**
 * All changes of one issue in order of time, but for links: that one was taken away Linear tells in no documented way,
 * and a link whose end is unknown would hold up for ever what it held up once.
 */
export function normalizeHistory(
  raw: unknown,
  entries: readonly unknown[],
  context: HistoryContext,
): Normalized<readonly Change[]> {
  const key = String(ownValue(raw, 'identifier'));
  const setAside: SetAside[] = [];
  const changes = entries.flatMap((entry): Change[] => {
    const id = textOf(entry, 'id');
    const at = readInstant(ownValue(entry, 'createdAt'));
    if (id === null || at === null) {
      setAside.push(unusable('change', `${key} history ${id ?? '?'}`, 'an entry with id and instant', entry));
      return [];
    }
    const by = textOf(entry, 'actorId');
    return changesOf(entry, raw, context).map((change) => ({ id, at, by, ...change }));
  });
  return { value: changes.sort((a, b) => a.at - b.at), setAside };
}

type Part = Omit<Change, 'id' | 'at' | 'by'>;

function changesOf(entry: unknown, raw: unknown, context: HistoryContext): Part[] {
  const { statuses, teamKeys, names } = context;
  const named = (id: string | null): End => (id === null ? none : [id, names.get(id) ?? null]);
  const text = (field: string) => textOf(entry, field);
  const ends = (field: string, read: (field: string) => End): readonly [End, End] => [
    read(`from${field}`),
    read(`to${field}`),
  ];
  const plain = (value: string | null): End => [value, null];
  const state = (field: string): End => {
    const id = text(field);
    return id === null ? none : [id, statuses.of(id).name];
  };
  const resolution = (field: string): End => {
    const id = text(field);
    return plain(id === null ? null : statuses.resolutionOf(id));
  };
  const team = (field: string) => plain(teamKeys.get(text(field) ?? '') ?? null);
  const teams = ends('TeamId', team);
  return [
    part('status', ends('StateId', state)),
    part('resolution', ends('StateId', resolution)),
    part(
      'sprint',
      ends('CycleId', (field) => named(text(field))),
    ),
    part(
      'fixVersion',
      ends('ProjectMilestone', (field) => milestoneEnd(entry, field)),
    ),
    part(
      'fixVersion',
      ends('ProjectId', (field) => named(text(field))),
      secondVersion,
    ),
    part(
      'dueOn',
      ends('DueDate', (field) => plain(text(field))),
    ),
    part(
      'points',
      ends('Estimate', (field) => plain(numberText(ownValue(entry, field)))),
    ),
    part(
      'assignee',
      ends('AssigneeId', (field) => plain(text(field))),
    ),
    part(
      'parent',
      ends('Parent', (field) => plain(textOf(ownValue(entry, field), 'identifier'))),
    ),
    part(
      'priority',
      ends('Priority', (field) => plain(priorityName(ownValue(entry, field)))),
    ),
    part(
      'summary',
      ends('Title', (field) => plain(text(field))),
    ),
    part('project', teams),
    part('key', [plain(keyIn(raw, teams[0][0])), plain(keyIn(raw, teams[1][0]))]),
  ].filter((one) => one !== null);
}

function part(field: ChangeField, [from, to]: readonly [End, End], place = places.indexOf(field)): Part | null {
  if (from[0] === to[0]) return null;
  return { part: place, field, from: from[0], to: to[0], fromText: from[1], toText: to[1] };
}

function milestoneEnd(entry: unknown, field: string): End {
  const id = idOf(entry, field);
  return id === null ? none : [id, textOf(ownValue(entry, field), 'name')];
}

function numberText(value: unknown): string | null {
  const number = readPoints(value);
  return number === null ? null : String(number);
}

/** The key that an issue has, or had, in a team. */
function keyIn(raw: unknown, teamKey: string | null): string | null {
  const previous = ownValue(raw, 'previousIdentifiers');
  const keys = [ownValue(raw, 'identifier'), ...(Array.isArray(previous) ? previous : [])];
  const found = keys.find((key) => typeof key === 'string' && teamKey !== null && key.startsWith(`${teamKey}-`));
  return typeof found === 'string' ? found : null;
}
