import { dayOf, rejected, unusable } from '../reading/set-aside.ts';
import { z } from 'zod';
import type { Board, Sprint, SprintState, Version } from '../../core/model/plan.ts';
import { addDays } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import { parseInstant } from '../../core/time/instant.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import type { Names } from '../pulling/names.ts';
import type { Statuses } from './statuses.ts';

const milestoneSchema = z.object({ id: z.number().int(), title: z.string(), state: z.string().nullish() });

/** A milestone of a project or of a group above it; closed is released. */
export function normalizeMilestone(raw: unknown, project: string, names: Names): Normalized<Version | null> {
  const parsed = milestoneSchema.safeParse(raw);
  if (!parsed.success) return rejected('version', raw, 'a milestone with an id and a title');
  const { id, title, state } = parsed.data;
  const setAside: SetAside[] = [];
  const value: Version = {
    id: names.version(id),
    name: title,
    projectKey: project,
    startOn: dayOf(raw, 'start_date', ['version', title], setAside),
    releaseOn: dayOf(raw, 'due_date', ['version', title], setAside),
    isReleased: state === 'closed',
    isArchived: false,
  };
  return { value, setAside };
}

const iterationSchema = z.object({
  id: z.number().int(),
  title: z.string().nullish(),
  state: z.union([z.number(), z.string()]).nullish(),
});

const states: Readonly<Record<string, SprintState>> = {
  1: 'future',
  2: 'active',
  3: 'closed',
  upcoming: 'future',
  current: 'active',
  started: 'active',
  closed: 'closed',
};

/** An iteration. It begins and ends with a day, in UTC: GitLab tells no zone, and closes it at the end of its last day. */
export function normalizeIteration(raw: unknown, names: Names): Normalized<Sprint | null> {
  const parsed = iterationSchema.safeParse(raw);
  if (!parsed.success) return rejected('sprint', raw, 'an iteration with an id');
  const { id, title, state: word } = parsed.data;
  const state = Object.hasOwn(states, String(word)) ? states[String(word)]! : null;
  if (state === null) return rejected('sprint', raw, 'the state 1, 2 or 3', word);
  const setAside: SetAside[] = [];
  const from = dayOf(raw, 'start_date', ['sprint', String(id)], setAside);
  let to = dayOf(raw, 'due_date', ['sprint', String(id)], setAside);
  if (from !== null && to !== null && to < from) {
    setAside.push(unusable('sprint', `${id} due_date`, `a day from ${from} on`, to));
    to = null;
  }
  const startAt = startOfDay(from);
  const endAt = to === null ? null : startOfDay(addDays(to, 1));
  // Cadences give no titles; people know such an iteration by its days.
  const name = title || (from && to ? `${from} – ${to}` : `Iteration ${id}`);
  return {
    value: {
      id: names.sprint(id),
      name,
      goal: null,
      state,
      startAt,
      activatedAt: state === 'future' ? null : startAt,
      endAt,
      completedAt: state === 'closed' ? endAt : null,
      boardId: null,
    },
    setAside,
  };
}

const boardSchema = z.object({
  id: z.number().int(),
  name: z.string().nullish(),
  lists: z.array(z.unknown()).nullish(),
});

/** Labels of the lists of a board, from left to right; lists of people, milestones and iterations are no statuses. */
export function boardLabels(raw: unknown): readonly string[] {
  const lists = boardSchema.safeParse(raw).data?.lists ?? [];
  return [...lists]
    .sort((a, b) => Number(ownValue(a, 'position') ?? 0) - Number(ownValue(b, 'position') ?? 0))
    .map((list) => ownValue(ownValue(list, 'label'), 'name'))
    .filter((name) => typeof name === 'string');
}

/** The columns of a board: open, its labels, closed. */
export function normalizeBoard(raw: unknown, names: Names, statuses: Statuses): Normalized<Board | null> {
  const parsed = boardSchema.safeParse(raw);
  if (!parsed.success) return rejected('board', raw, 'a board with lists');
  const columns = [
    statuses.of('opened', []),
    ...boardLabels(raw).map((label) => statuses.of('opened', [label])),
    statuses.of('closed', []),
  ].map((status) => ({ name: status.name, statusIds: [status.id] }));
  const id = String(parsed.data.id);
  return { value: { id: names.board(id), name: parsed.data.name || `Board ${id}`, columns }, setAside: [] };
}

function startOfDay(day: Day | null): number | null {
  return day === null ? null : parseInstant(`${day}T00:00:00Z`);
}
