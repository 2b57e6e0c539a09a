import { z } from 'zod';
import type { Board, Sprint, Version } from '../../core/model/plan.ts';
import { dayOf, rejected, unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import { categoryOf } from './statuses.ts';
import type { Team } from './targets.ts';

const cycleSchema = z.object({
  id: z.string().min(1),
  number: z.number(),
  name: z.string().nullish(),
  description: z.string().nullish(),
  isFuture: z.boolean().nullish(),
});

/** A cycle is a sprint. One that is ended early has its end moved to that moment. */
export function normalizeCycle(raw: unknown, now: number): Normalized<Sprint | null> {
  const parsed = cycleSchema.safeParse(raw);
  if (!parsed.success) return rejected('sprint', raw, 'a cycle with id and number');
  const { id, number, name, description } = parsed.data;
  const setAside: SetAside[] = [];
  const at = (field: string) => instantOf(raw, field, ['sprint', `cycle ${number}`], setAside);
  const startAt = at('startsAt');
  const endAt = at('endsAt');
  const completedAt = at('completedAt');
  const isFuture = parsed.data.isFuture ?? (startAt !== null && startAt > now);
  const state = completedAt !== null ? 'closed' : isFuture ? 'future' : 'active';
  return {
    value: {
      id,
      name: name || `Cycle ${number}`,
      goal: description || null,
      state,
      startAt,
      activatedAt: state === 'future' ? null : startAt,
      endAt,
      completedAt,
      boardId: null,
    },
    setAside,
  };
}

const namedSchema = z.object({ id: z.string().min(1), name: z.string() });

/** A project as a milestone: it has a target date, and is reached when it is completed. */
export function normalizeProject(raw: unknown): Normalized<Version | null> {
  const parsed = namedSchema.safeParse(raw);
  if (!parsed.success) return rejected('version', raw, 'a project with id and name');
  const { id, name } = parsed.data;
  const setAside: SetAside[] = [];
  const isGone = isSet(raw, 'canceledAt') || isSet(raw, 'archivedAt') || ownValue(raw, 'trashed') === true;
  return {
    value: {
      id,
      name,
      projectKey: name,
      startOn: dayOf(raw, 'startDate', ['version', name], setAside),
      releaseOn: dayOf(raw, 'targetDate', ['version', name], setAside),
      isReleased: isSet(raw, 'completedAt'),
      isArchived: isGone && !isSet(raw, 'completedAt'),
    },
    setAside,
  };
}

/** A milestone of a project; several projects may each have a "Beta", so its name bears that of its project. */
export function normalizeMilestone(raw: unknown, projects: ReadonlyMap<string, Version>): Normalized<Version | null> {
  const parsed = namedSchema.safeParse(raw);
  if (!parsed.success) return rejected('version', raw, 'a milestone with id and name');
  const { id, name } = parsed.data;
  const project = projects.get(String(ownValue(ownValue(raw, 'project'), 'id')));
  const setAside: SetAside[] = [];
  const full = project ? `${project.name}: ${name}` : name;
  return {
    value: {
      id,
      name: full,
      projectKey: project?.name ?? '',
      startOn: null,
      releaseOn: dayOf(raw, 'targetDate', ['version', full], setAside),
      isReleased: ownValue(raw, 'status') === 'done' || project?.isReleased === true,
      isArchived: isSet(raw, 'archivedAt') || project?.isArchived === true,
    },
    setAside,
  };
}

const order = ['triage', 'backlog', 'unstarted', 'started', 'completed'];

/** The states of a team from left to right, what is done as one column; what was cancelled stands in none. */
export function boardOf(team: Team, states: readonly unknown[]): Board {
  const own = states
    .filter((state) => ownValue(ownValue(state, 'team'), 'id') === team.id && !isSet(state, 'archivedAt'))
    .map((state) => ({
      id: String(ownValue(state, 'id')),
      name: String(ownValue(state, 'name')),
      rank: order.indexOf(String(ownValue(state, 'type'))),
      position: Number(ownValue(state, 'position') ?? 0),
      isDone: categoryOf(state) === 'done',
    }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.position - b.position);
  const done = own.filter(({ isDone }) => isDone);
  const columns = own.filter(({ isDone }) => !isDone).map(({ id, name }) => ({ name, statusIds: [id] }));
  if (done[0]) columns.push({ name: done[0].name, statusIds: done.map(({ id }) => id) });
  return { id: team.id, name: team.name, columns };
}

export function instantOf(
  raw: unknown,
  field: string,
  [entity, ref]: readonly [SetAside['entity'], string],
  setAside: SetAside[],
): number | null {
  const value = ownValue(raw, field);
  if (value === null || value === undefined) return null;
  const at = readInstant(value);
  if (at === null) setAside.push(unusable(entity, `${ref} ${field}`, 'an instant', value));
  return at;
}

function isSet(raw: unknown, field: string): boolean {
  return (ownValue(raw, field) ?? null) !== null;
}
