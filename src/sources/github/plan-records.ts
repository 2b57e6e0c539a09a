import type { SourceRecord } from '../../core/model/record.ts';
import type { Version } from '../../core/model/plan.ts';
import { z } from 'zod';
import { ifThere } from '../pulling/refusals.ts';
import { rejected, setAsideRecords, unusable } from '../reading/set-aside.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { ownValue, readDay } from '../reading/values.ts';
import type { Scope } from '../source.ts';
import { boardAddress, columnsOf, normalizeIteration, readBoard } from './board.ts';
import type { GithubBoard } from './board.ts';
import { allOf } from './client.ts';
import type { Names } from './names.ts';
import { boardQuery } from './plan-queries.ts';
import { nameOf } from './queries.ts';
import type { Run } from './run.ts';
import type { Statuses } from './statuses.ts';
import type { GithubRepository } from './targets.ts';

/** The board of a scope, with its columns and iterations, all of them each time: GitHub tells of no change to them. */
export async function readPlanBoard(
  run: Run,
  scope: Scope,
  owner: string,
  statuses: Statuses,
): Promise<{ board: GithubBoard | null; records: SourceRecord[] }> {
  if (scope.board === null) return { board: null, records: [] };
  const address = boardAddress(scope.board, owner);
  const raw = address && (await ifThere(() => run.client.query(boardQuery, address)));
  const board = readBoard(ownValue(ownValue(raw, 'repositoryOwner'), 'projectV2'), run.settings);
  if (!board) {
    const found = unusable('board', scope.board, 'a board (GitHub project) that the token can see', null);
    return { board: null, records: setAsideRecords(scope.id, [found]) };
  }
  const records: SourceRecord[] = [{ kind: 'board', scope: scope.id, board: columnsOf(board, run.names, statuses) }];
  for (const name of board.options) records.push({ kind: 'status', status: statuses.ofOption(name) });
  for (const iteration of board.iterations) {
    const context = { names: run.names, boardId: board.id, now: run.serverNow() };
    const { value: sprint, setAside } = normalizeIteration(iteration, context);
    if (sprint) records.push({ kind: 'sprint', scope: scope.id, sprint });
    records.push(...setAsideRecords(scope.id, setAside));
  }
  return { board, records };
}

/** Milestones of a repository, all of them each time, and their numbers by title. */
export async function readMilestones(
  run: Run,
  scope: string,
  repository: GithubRepository,
): Promise<{ numbers: ReadonlyMap<string, number>; records: SourceRecord[] }> {
  const raws = (await ifThere(() => allOf((page) => run.client.milestones(nameOf(repository.full_name), page)))) ?? [];
  const numbers = new Map<string, number>();
  const records = raws.flatMap((raw): SourceRecord[] => {
    const { value: version, setAside } = normalizeMilestone(raw, repository, run.names);
    const number = ownValue(raw, 'number');
    if (version && typeof number === 'number') numbers.set(version.name, number);
    return [...(version ? [{ kind: 'version' as const, scope, version }] : []), ...setAsideRecords(scope, setAside)];
  });
  return { numbers, records };
}

const milestoneSchema = z.object({
  number: z.number().int(),
  title: z.string(),
  state: z.string().nullish(),
});

/** A milestone; closed is released. Its due date is kept as an instant of the zone of whoever set it: the day is what they chose. */
export function normalizeMilestone(
  raw: unknown,
  repository: Pick<GithubRepository, 'id' | 'full_name'>,
  names: Names,
): Normalized<Version | null> {
  const parsed = milestoneSchema.safeParse(raw);
  if (!parsed.success) return rejected('version', raw, 'a milestone with a number and a title');
  const { number, title, state } = parsed.data;
  const setAside: SetAside[] = [];
  const due = ownValue(raw, 'due_on');
  const releaseOn = readDay(due);
  if (releaseOn === null && due !== null && due !== undefined)
    setAside.push(unusable('version', `${title} due_on`, 'a day that exists', due));
  const value: Version = {
    id: names.version(repository.id, number),
    name: title,
    projectKey: repository.full_name,
    startOn: null,
    releaseOn,
    isReleased: state === 'closed',
    isArchived: false,
  };
  return { value, setAside };
}
