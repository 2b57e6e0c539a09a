import type { SourceRecord } from '../../core/model/record.ts';
import type { Version } from '../../core/model/plan.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import { boardOf, normalizeCycle, normalizeMilestone, normalizeProject } from './normalize-plan.ts';
import type { Run } from './run.ts';
import { createStatuses } from './statuses.ts';
import type { Statuses } from './statuses.ts';
import type { Target, Team } from './targets.ts';

/** States of all teams: an issue that moved once bears those of others in its history. */
export async function readStates(run: Run): Promise<{ states: readonly unknown[]; statuses: Statuses }> {
  const states = await run.client.states();
  return { states, statuses: createStatuses(states) };
}

export interface PlanOf {
  readonly scope: string;
  readonly target: Target;
  readonly teams: readonly Team[];
  readonly states: readonly unknown[];
  readonly statuses: Statuses;
}

/** Statuses, board, cycles, projects and milestones, all of them each time: they are few, and Linear keeps no past of their dates. */
export async function readPlan(run: Run, { scope, target, teams, states, statuses }: PlanOf): Promise<SourceRecord[]> {
  const { client } = run;
  const isOurs = (state: unknown) => target.teamIds.includes(String(ownValue(ownValue(state, 'team'), 'id')));
  const own = target.kind === 'team' ? teams.find(({ id }) => id === target.id) : undefined;
  const [cycles, projects] = await Promise.all([
    target.teamIds.length === 0 ? [] : client.cycles({ team: { id: { in: [...target.teamIds] } } }),
    client.projects(
      target.kind === 'team' ? { accessibleTeams: { some: { id: { eq: target.id } } } } : { id: { eq: target.id } },
    ),
  ]);
  return [
    ...states
      .filter(isOurs)
      .map((state) => ({ kind: 'status' as const, status: statuses.of(String(ownValue(state, 'id'))) })),
    ...(own ? [{ kind: 'board' as const, scope, board: boardOf(own, states) }] : []),
    ...cycles.flatMap((raw): SourceRecord[] => {
      const { value: sprint, setAside } = normalizeCycle(raw, run.serverNow());
      return [...(sprint ? [{ kind: 'sprint' as const, scope, sprint }] : []), ...setAsideRecords(scope, setAside)];
    }),
    ...(await versionRecords(run, scope, projects)),
  ];
}

const projectsAtOnce = 50;

async function versionRecords(run: Run, scope: string, raws: readonly unknown[]): Promise<SourceRecord[]> {
  const projects = new Map<string, Version>();
  const records: SourceRecord[] = [];
  for (const raw of raws) {
    const { value: version, setAside } = normalizeProject(raw);
    records.push(...setAsideRecords(scope, setAside));
    if (!version) continue;
    projects.set(version.id, version);
    records.push({ kind: 'version', scope, version });
  }
  const ids = [...projects.keys()];
  for (let from = 0; from < ids.length; from += projectsAtOnce) {
    const milestones = await run.client.milestones({ project: { id: { in: ids.slice(from, from + projectsAtOnce) } } });
    for (const raw of milestones) {
      const { value: version, setAside } = normalizeMilestone(raw, projects);
      if (version) records.push({ kind: 'version', scope, version });
      records.push(...setAsideRecords(scope, setAside));
    }
  }
  return records;
}
