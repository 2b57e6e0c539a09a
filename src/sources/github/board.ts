import { z } from 'zod';
import type { Board, Sprint } from '../../core/model/plan.ts';
import { addDays } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import { formatInstant, parseInstant } from '../../core/time/instant.ts';
import { unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue, readDay } from '../reading/values.ts';
import type { Names } from './names.ts';
import { nodesOf } from './names.ts';
import type { GithubSettings } from './settings.ts';
import type { Statuses } from './statuses.ts';

/** A board (a GitHub "project") that issues of a scope are planned on. */
export interface GithubBoard {
  readonly id: string;
  readonly title: string;
  readonly options: readonly string[];
  /** Names of the fields that are there, by what they mean to us. */
  readonly fields: Readonly<Record<keyof GithubSettings['fields'], string | null>>;
  readonly iterations: readonly { readonly raw: unknown; readonly isCompleted: boolean }[];
}

/** `7` of the owner of the repository, `acme/7`, or the address of the board. */
export function boardAddress(text: string, owner: string): { readonly login: string; readonly number: number } | null {
  const found = /^(?:(?:https?:\/\/[^/]+\/(?:orgs|users)\/)?([\w.-]+)\/(?:projects\/)?)?(\d{1,9})(?:\/.*)?$/.exec(text);
  return found ? { login: found[1] ?? owner, number: Number(found[2]) } : null;
}

const boardSchema = z.object({ id: z.string(), title: z.string() });

export function readBoard(raw: unknown, { fields: wanted }: Pick<GithubSettings, 'fields'>): GithubBoard | null {
  const parsed = boardSchema.safeParse(raw);
  if (!parsed.success) return null;
  const fields = nodesOf(raw, 'fields');
  const find = (names: readonly string[]) => {
    const found = names.map((name) => fields.find((field) => same(ownValue(field, 'name'), name)));
    return found.find((field) => field !== undefined) ?? null;
  };
  const nameOf = (names: readonly string[]) => {
    const name = ownValue(find(names), 'name');
    return typeof name === 'string' ? name : null;
  };
  const configuration = ownValue(find(wanted.iteration), 'configuration');
  const list = (owner: unknown, key: string) => {
    const value = ownValue(owner, key);
    return Array.isArray(value) ? (value as readonly unknown[]) : [];
  };
  return {
    ...parsed.data,
    options: list(find(wanted.status), 'options')
      .map((option) => ownValue(option, 'name'))
      .filter((name) => typeof name === 'string'),
    fields: {
      status: nameOf(wanted.status),
      iteration: nameOf(wanted.iteration),
      points: nameOf(wanted.points),
      startOn: nameOf(wanted.startOn),
      dueOn: nameOf(wanted.dueOn),
      priority: nameOf(wanted.priority),
    },
    iterations: [
      ...list(configuration, 'completedIterations').map((one) => ({ raw: one, isCompleted: true })),
      ...list(configuration, 'iterations').map((one) => ({ raw: one, isCompleted: false })),
    ],
  };
}

function same(name: unknown, wanted: string): boolean {
  return typeof name === 'string' && name.trim().toLowerCase() === wanted.toLowerCase();
}

/** Its columns: open for what is not on it, its options, closed. */
export function columnsOf(board: GithubBoard, names: Names, statuses: Statuses): Board {
  const [open, closed] = statuses.always;
  const columns = [open!, ...board.options.map((name) => statuses.ofOption(name)), closed!];
  return {
    id: names.board(board.id),
    name: board.title,
    columns: columns.map((status) => ({ name: status.name, statusIds: [status.id] })),
  };
}

const iterationSchema = z.object({
  id: z.string().min(1),
  title: z.string(),
  duration: z.number().int().positive().max(366),
});

/** An iteration of a board. Its days are days of UTC, as GitHub tells no zone; whether it runs, the day says. */
export function normalizeIteration(
  { raw, isCompleted }: GithubBoard['iterations'][number],
  { names, boardId, now }: { readonly names: Names; readonly boardId: string; readonly now: number },
): Normalized<Sprint | null> {
  const parsed = iterationSchema.safeParse(raw);
  const from = readDay(ownValue(raw, 'startDate'));
  if (!parsed.success || from === null) {
    const id = ownValue(raw, 'id');
    const ref = typeof id === 'string' ? id : '?';
    const setAside: SetAside[] = [unusable('sprint', ref, 'an iteration with id, title, startDate and duration', raw)];
    return { value: null, setAside };
  }
  const { id, title, duration } = parsed.data;
  const until = addDays(from, duration);
  const today = formatInstant(now).slice(0, 10) as Day;
  const state = isCompleted || until <= today ? 'closed' : from <= today ? 'active' : 'future';
  const startAt = parseInstant(`${from}T00:00:00Z`);
  const endAt = parseInstant(`${until}T00:00:00Z`);
  return {
    value: {
      id: names.sprint(id),
      name: title,
      goal: null,
      state,
      startAt,
      activatedAt: state === 'future' ? null : startAt,
      endAt,
      completedAt: state === 'closed' ? endAt : null,
      boardId: names.board(boardId),
    },
    setAside: [],
  };
}
