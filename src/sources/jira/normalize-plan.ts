import type { Board, Sprint, SprintState, Version } from '../../core/model/plan.ts';
import type { Status, StatusCategory } from '../../core/model/work-item.ts';
import { boardSchema, sprintSchema, statusSchema, versionSchema } from './schema.ts';
import { unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { parseSprintText } from './sprint-text.ts';
import { ownValue, readDay, readInstant } from '../reading/values.ts';

const categories: Readonly<Record<string, StatusCategory>> = {
  new: 'new',
  indeterminate: 'indeterminate',
  done: 'done',
  to_do: 'new',
  todo: 'new',
  in_progress: 'indeterminate',
};

/** A status with its category; one that we do not know is `unknown`, which is neither started nor done. */
export function normalizeStatus(raw: unknown): Normalized<Status | null> {
  const parsed = statusSchema.safeParse(raw);
  if (!parsed.success) return rejected('status', raw, 'a status with an id and a name');
  const { id, name, statusCategory } = parsed.data;
  const word = typeof statusCategory === 'string' ? statusCategory : statusCategory?.key;
  const key = word?.toLowerCase() ?? '';
  const category = Object.hasOwn(categories, key) ? categories[key]! : 'unknown';
  return { value: { id, name, category }, setAside: [] };
}

const states: readonly SprintState[] = ['future', 'active', 'closed'];

/** A sprint as the Agile API, an issue's Sprint field or an old Data Center text gives it. */
export function normalizeSprint(raw: unknown): Normalized<Sprint | null> {
  const parsed = sprintSchema.safeParse(typeof raw === 'string' ? parseSprintText(raw) : raw);
  if (!parsed.success) return rejected('sprint', raw, 'a sprint with an id');
  const sprint = parsed.data;
  const setAside: SetAside[] = [];
  const dateOf = (field: 'startDate' | 'activatedDate' | 'endDate' | 'completeDate') => {
    const at = readInstant(sprint[field]);
    if (at === null && sprint[field])
      setAside.push(unusable('sprint', `${sprint.id} ${field}`, 'an instant', sprint[field]));
    return at;
  };
  const startAt = dateOf('startDate');
  const activatedAt = dateOf('activatedDate');
  const completedAt = dateOf('completeDate');
  let endAt = dateOf('endDate');
  if (endAt !== null && startAt !== null && endAt < startAt) {
    setAside.push(
      unusable('sprint', `${sprint.id} endDate`, `an end after the start ${sprint.startDate}`, sprint.endDate),
    );
    endAt = null;
  }
  const state = sprint.state
    ? states.find((known) => known === sprint.state!.toLowerCase())
    : inferState(completedAt, activatedAt ?? startAt);
  if (!state) return rejected('sprint', raw, 'the state future, active or closed', sprint.state);
  const board = sprint.originBoardId ?? sprint.boardId ?? sprint.rapidViewId ?? null;
  const name = sprint.name ?? `Sprint ${sprint.id}`;
  return {
    value: {
      id: sprint.id,
      name,
      goal: sprint.goal || null,
      state,
      startAt,
      activatedAt,
      endAt,
      completedAt,
      boardId: board,
    },
    setAside,
  };
}

function inferState(completedAt: number | null, startAt: number | null): SprintState {
  if (completedAt !== null) return 'closed';
  return startAt === null ? 'future' : 'active';
}

/** `projectKey` of the argument stands in where the answer does not name it. */
export function normalizeVersion(raw: unknown, projectKey: string | null = null): Normalized<Version | null> {
  const parsed = versionSchema.safeParse(raw);
  if (!parsed.success) return rejected('version', raw, 'a version with an id and a name');
  const version = parsed.data;
  const owner = version.projectKey ?? projectKey;
  if (!owner) return rejected('version', raw, 'a project key', version.projectKey);
  const setAside: SetAside[] = [];
  const dayOf = (field: 'startDate' | 'releaseDate') => {
    const day = readDay(version[field]);
    if (day === null && version[field]) {
      setAside.push(unusable('version', `${version.name} ${field}`, 'a day that exists', version[field]));
    }
    return day;
  };
  return {
    value: {
      id: version.id,
      name: version.name,
      projectKey: owner,
      startOn: dayOf('startDate'),
      releaseOn: dayOf('releaseDate'),
      isReleased: version.released ?? false,
      isArchived: version.archived ?? false,
    },
    setAside,
  };
}

/** A board's configuration: its columns with their statuses. */
export function normalizeBoard(raw: unknown): Normalized<Board | null> {
  const parsed = boardSchema.safeParse(raw);
  if (!parsed.success) return rejected('board', raw, 'a board configuration with columns');
  const { id, name, columnConfig } = parsed.data;
  const columns = columnConfig.columns.map((column) => ({
    name: column.name,
    statusIds: (column.statuses ?? []).map((status) => status.id),
  }));
  return { value: { id, name, columns }, setAside: [] };
}

function rejected(entity: SetAside['entity'], raw: unknown, expected: string, found: unknown = raw): Normalized<null> {
  const name = ownValue(raw, 'id') ?? ownValue(raw, 'name');
  const ref = typeof name === 'string' || typeof name === 'number' ? String(name) : '?';
  return { value: null, setAside: [unusable(entity, ref, expected, found)] };
}
