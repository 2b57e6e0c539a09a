import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs, formatInstant } from '../../core/time/instant.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { SetAside } from '../reading/set-aside.ts';
import { boardOf, readProcess } from './process.ts';
import { readIterations, sprintOf, versionOf } from './iterations.ts';
import type { Iteration } from './iterations.ts';
import type { Run } from './run.ts';
import type { ProjectContext } from './snapshot.ts';
import type { Target } from './targets.ts';
import type { Ancestry } from './ancestry.ts';

/** What is needed to understand the work items of a project, with the elements of its plan that could not be used. */
export async function readContext(
  run: Run,
  { project }: Target,
  ancestry: Ancestry,
): Promise<{ context: ProjectContext; setAside: readonly SetAside[] }> {
  const { client, names, settings } = run;
  const [process, root] = await Promise.all([readProcess(client, project.id, names), client.iterations(project.id)]);
  const setAside: SetAside[] = [];
  const iterations = readIterations(root, setAside);
  const versionsAbove = (parent: number) => ancestry.milestonesAbove(parent).map((id) => names.item(id));
  return { context: { project, process, iterations, names, settings, versionsAbove }, setAside };
}

/** Statuses, board, sprints and milestones, all of them each time: they are few, and nothing tells of a change to their dates. */
export async function planRecords(
  run: Run,
  scope: string,
  target: Target,
  { context, setAside }: { context: ProjectContext; setAside: readonly SetAside[] },
): Promise<SourceRecord[]> {
  const { process, iterations } = context;
  const { names, settings } = run;
  const now = run.serverNow();
  const records: SourceRecord[] = [
    ...process.statuses.map((status) => ({ kind: 'status' as const, status })),
    { kind: 'board', scope, board: boardOf(names.board(target.project.id), target.project.name, process) },
    ...setAsideRecords(scope, setAside),
  ];
  for (const iteration of iterations.all) {
    const sprint = sprintOf(iteration, now, names);
    if (sprint) records.push({ kind: 'sprint', scope, sprint });
    if (iteration.isLeaf || !settings.milestones.iterations) continue;
    const isReleased = await isOver(run, target, { iteration, context, now });
    const version = versionOf(iteration, { project: target.project.name, isReleased, names });
    if (version) records.push({ kind: 'version', scope, version });
  }
  return records;
}

/** What ended longer ago is over, whatever was left open in it: each that is not costs a request a pull. */
const longAgoMs = 366 * dayMs;

const dayOfInstant = (at: number) => formatInstant(at).slice(0, 10);

/** Azure DevOps releases no iteration: it is done when its end has gone by and nothing of it is open any more. */
async function isOver(
  run: Run,
  target: Target,
  {
    iteration,
    context,
    now,
  }: { readonly iteration: Iteration; readonly context: ProjectContext; readonly now: number },
): Promise<boolean> {
  if (iteration.finishOn === null || iteration.finishOn >= dayOfInstant(now)) return false;
  if (iteration.finishOn < dayOfInstant(now - longAgoMs)) return true;
  const done = context.process.statuses.filter(({ category }) => category === 'done');
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const query = [
    `SELECT [System.Id] FROM WorkItems WHERE [System.TeamProject] = ${quoted(target.project.name)}`,
    `AND [System.IterationPath] UNDER ${quoted(iteration.path)}`,
    "AND [System.WorkItemType] NOT IN GROUP 'Microsoft.HiddenCategory'",
    "AND [System.WorkItemType] NOT IN GROUP 'Microsoft.TestCaseCategory'",
    ...(done.length === 0 ? [] : [`AND [System.State] NOT IN (${done.map(({ name }) => quoted(name)).join(', ')})`]),
  ];
  return (await run.client.itemIds(query.join(' '), target.project.id)).length === 0;
}
