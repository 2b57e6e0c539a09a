import type { SourceRecord } from '../../core/model/record.ts';
import type { Scope } from '../source.ts';
import { setAsideRecords, unusable } from '../reading/set-aside.ts';
import { allOf } from './client.ts';
import { boardLabels, normalizeBoard, normalizeIteration, normalizeMilestone } from './normalize-plan.ts';
import { ifThere } from '../pulling/refusals.ts';
import type { Run } from './run.ts';
import { createStatuses } from './statuses.ts';
import type { Statuses } from './statuses.ts';
import type { GitlabProject } from './targets.ts';

/** Statuses of a scope, and the board that they come from where it names one. */
export async function readStatuses(
  run: Run,
  scope: Scope,
  projects: readonly GitlabProject[],
): Promise<{ statuses: Statuses; records: SourceRecord[] }> {
  const { settings, names, client } = run;
  const boardId = scope.board === null ? null : Number(scope.board);
  let raw: unknown = null;
  const records: SourceRecord[] = [];
  if (boardId !== null && Number.isSafeInteger(boardId)) {
    for (const { id } of projects) raw ??= await ifThere(() => client.board(id, boardId));
  }
  if (scope.board !== null && raw === null) {
    const found = unusable('board', scope.board, 'a board of the project that the token can see', null);
    records.push(...setAsideRecords(scope.id, [found]));
  }
  const labels = boardLabels(raw);
  const statuses = createStatuses(names, [...settings.statusLabels, ...labels]);
  if (raw !== null) {
    const { value: board, setAside } = normalizeBoard(raw, names, statuses);
    if (board) records.push({ kind: 'board', scope: scope.id, board });
    records.push(...setAsideRecords(scope.id, setAside));
  }
  const known = [statuses.of('opened', []), ...labels.map((label) => statuses.of('opened', [label]))];
  records.push(...[...known, statuses.of('closed', [])].map((status) => ({ kind: 'status' as const, status })));
  return { statuses, records };
}

/** Milestones and iterations, all of them each time: GitLab tells of no change to their dates. */
export async function readPlan(run: Run, scope: string, project: GitlabProject): Promise<SourceRecord[]> {
  const { client, names } = run;
  const milestones = (await ifThere(() => allOf((page) => client.milestones(project.id, page)))) ?? [];
  // Iterations need a licence: without it GitLab answers 403 or 404.
  const iterations = (await ifThere(() => allOf((page) => client.iterations(project.id, page)))) ?? [];
  return [
    ...milestones.flatMap((raw): SourceRecord[] => {
      const { value: version, setAside } = normalizeMilestone(raw, project.path_with_namespace, names);
      return [...(version ? [{ kind: 'version' as const, scope, version }] : []), ...setAsideRecords(scope, setAside)];
    }),
    ...iterations.flatMap((raw): SourceRecord[] => {
      const { value: sprint, setAside } = normalizeIteration(raw, names);
      return [...(sprint ? [{ kind: 'sprint' as const, scope, sprint }] : []), ...setAsideRecords(scope, setAside)];
    }),
  ];
}
