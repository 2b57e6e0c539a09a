import type { SourceRecord } from '../../core/model/record.ts';
import type { Sprint } from '../../core/model/plan.ts';
import { RemoteError } from '../../lib/errors.ts';
import type { Normalized, SetAside } from '../reading/set-aside.ts';
import { normalizeBoard, normalizeSprint, normalizeVersion } from './normalize-plan.ts';
import { hasStatus } from '../pulling/refusals.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { ScopeRun } from './scope-run.ts';

/** Open sprints asked for one by one in a pull, where no board lists them. */
const maxSingleSprints = 20;
const maxSprintPages = 200;

/** The scope's board and sprints as they are now. Jira keeps no history of them, so every pull keeps what it sees. */
export async function readPlan(run: ScopeRun, board: unknown, isAll: boolean): Promise<SourceRecord[]> {
  const { scope } = run;
  const records =
    board === null
      ? []
      : recordsOf(run, normalizeBoard(board), (value) => ({ kind: 'board', scope: scope.id, board: value }));
  const sprints = await readSprints(run, isAll);
  return [...records, ...sprints];
}

/** The versions of each project of the scope, with the dates that are promised now. */
export async function readVersions(run: ScopeRun): Promise<SourceRecord[]> {
  const { scope, at, site } = run;
  const records: SourceRecord[] = [];
  for (const project of new Set(scope.project ? [scope.project] : at.projects)) {
    const versions = await tolerate(run, 'version', project, () => site.client.versions(project));
    records.push(...versions.setAside);
    for (const raw of versions.value ?? []) {
      records.push(
        ...recordsOf(run, normalizeVersion(raw, project), (version) => ({ kind: 'version', scope: scope.id, version })),
      );
    }
  }
  return records;
}

/** The configuration of the scope's board; null when it has none, or none that can be read. */
export async function readBoard(run: ScopeRun): Promise<{ board: unknown; setAside: readonly SourceRecord[] }> {
  const { board: id } = run.scope;
  if (id === null) return { board: null, setAside: [] };
  const { value, setAside } = await tolerate(run, 'board', id, () => run.site.client.board(boardNumber(id)));
  return { board: value, setAside };
}

async function readSprints(run: ScopeRun, isAll: boolean): Promise<SourceRecord[]> {
  const { scope, at } = run;
  const records: SourceRecord[] = [];
  const tell = (raw: unknown): Sprint | null => {
    const sprint = normalizeSprint(raw);
    records.push(...recordsOf(run, sprint, (value) => ({ kind: 'sprint', scope: scope.id, sprint: value })));
    if (sprint.value) run.toldSprints.add(sprint.value.id);
    return sprint.value;
  };
  const wereOpen = at.openSprints;
  const open: string[] = [];
  if (scope.board !== null) {
    const listed = await listSprints(run, scope.board, isAll || at.boardSprints.length === 0 ? null : 'active,future');
    records.push(...listed.setAside);
    for (const raw of listed.value ?? []) {
      const sprint = tell(raw);
      if (!sprint) continue;
      if (!at.boardSprints.includes(sprint.id)) at.boardSprints.push(sprint.id);
      if (sprint.state !== 'closed') open.push(sprint.id);
    }
  }
  // What was open and is not listed any more has been closed or deleted, or no board was there to list it.
  for (const id of wereOpen.filter((known) => !run.toldSprints.has(known)).slice(-maxSingleSprints)) {
    const one = await tolerate(run, 'sprint', id, () => run.site.client.sprint(Number(id)));
    records.push(...one.setAside);
    if (one.value !== null && tell(one.value)?.state !== 'closed') open.push(id);
  }
  at.openSprints = open;
  return records;
}

/** All sprints of a board, or those in these states. A board without sprints (Kanban) answers 400. */
async function listSprints(run: ScopeRun, board: string, state: string | null) {
  return tolerate(run, 'board', board, async () => {
    const sprints: unknown[] = [];
    try {
      for (let pages = 0; pages < maxSprintPages; pages++) {
        const page = await run.site.client.sprints(boardNumber(board), { startAt: sprints.length, state });
        sprints.push(...page.values);
        if (page.isLast !== false || page.values.length === 0) break;
      }
    } catch (error) {
      if (!hasStatus(error, 400)) throw error;
    }
    return sprints;
  });
}

/**
 * Boards, sprints and versions enrich; items are the point. What may not be read (tokens with narrow scopes get 401 from
 * the Agile API) is set aside, and the pull goes on: where the token itself has died, the next request says so.
 */
async function tolerate<T>(
  run: ScopeRun,
  entity: SetAside['entity'],
  ref: string,
  read: () => Promise<T>,
): Promise<{ value: T | null; setAside: SourceRecord[] }> {
  try {
    return { value: await read(), setAside: [] };
  } catch (error) {
    if (!(error instanceof RemoteError) || !hasStatus(error, 400, 401, 403, 404)) throw error;
    run.site.log.warn(
      { scope: run.scope.id, entity, ref, error: error.message },
      'cannot be read, the pull goes on without it',
    );
    return { value: null, setAside: setAsideRecords(run.scope.id, [{ entity, ref, reason: error.message }]) };
  }
}

function recordsOf<T>(
  run: ScopeRun,
  { value, setAside }: Normalized<T | null>,
  make: (value: T) => SourceRecord,
): SourceRecord[] {
  return [...(value === null ? [] : [make(value)]), ...setAsideRecords(run.scope.id, setAside)];
}

function boardNumber(id: string): number {
  if (!/^\d+$/.test(id))
    throw new RemoteError('jira', `"${id}" is no board: expected its number, as in …/boards/12`, {
      status: 400,
      todo: 'correct `board` in the scope',
    });
  return Number(id);
}
