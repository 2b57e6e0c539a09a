import { silentLogger } from '../../../src/lib/logger.ts';
import { gitlab } from '../../../src/sources/gitlab/index.ts';
import type { Scope } from '../../../src/sources/source.ts';
import { jumpingClock } from '../../lib/jumping-clock.ts';
import type { Rig } from '../contract.ts';
import type { ItemSummary, Summary } from '../facts.ts';
import { startGitlab, token } from './server.ts';
import type { GitlabServer } from './server.ts';
import { setState, tellProject } from './story.ts';
import { emptyWorld } from './world.ts';
import type { Issue, Project, Raw, World } from './world.ts';

export const start = Date.parse('2026-11-24T08:30:00Z');

export const shopScope: Scope = { id: 'SHOP', project: 'shop/app', jql: null, board: '7' };

export interface GitlabRig extends Rig {
  readonly server: GitlabServer;
  readonly world: World;
  readonly clock: ReturnType<typeof jumpingClock>;
}

export interface RigOptions {
  readonly projects?: readonly Project[];
  readonly count?: number;
  readonly isLicensed?: boolean;
  readonly prefix?: string;
  readonly scopes?: readonly Scope[];
  readonly settings?: object;
}

/** A simulated GitLab with `count` issues in `shop/app`, and the real source in front of it. */
export async function gitlabRig(options: RigOptions = {}): Promise<GitlabRig> {
  const clock = jumpingClock(start);
  const { count = 45, isLicensed = true, prefix = '', scopes = [shopScope] } = options;
  const until = start - 3_600_000;
  const world = emptyWorld(...(options.projects ?? [tellProject(21, 'shop/app', { count, until, isLicensed })]));
  const server = await startGitlab(world, { clock, prefix });
  const config = gitlab.config.parse({ host: server.url, token, timeout: 5, ...options.settings });
  const labels = scopes.some(({ board }) => board === '7') ? ['workflow::ready', 'workflow::in dev'] : [];
  return {
    server,
    world,
    clock,
    violations: server.violations,
    open: () => gitlab.open(config, { id: 'gl', scopes, clock, log: silentLogger }),
    truth: () => truthOf(world, labels),
    takeRequests: () => server.requests.splice(0).length,
    refuseNext: () => void server.faults.push({ kind: 'rate-limit' }),
    cutNext: () => void server.faults.push({ kind: 'cut' }),
    touch() {
      clock.advance(1_000);
      const project = world.projects[0]!;
      const issue = project.issues.find((one) => one.state === 'opened' && one.updated_at !== one.created_at)!;
      setState(project, issue, 'closed', clock.now());
      clock.advance(1_000);
    },
    close: () => server.close(),
  };
}

/** Closes it; a breach of GitLab's rules fails the test that it came in. */
export async function finish(rig: GitlabRig): Promise<void> {
  await rig.close();
  if (rig.violations.length > 0) throw new Error(`GitLab was asked against its rules: ${rig.violations.join(', ')}`);
}

/** What the world holds, read past HTTP and past our code. */
export function truthOf(world: World, statusLabels: readonly string[]): Summary {
  const items: Record<string, ItemSummary> = {};
  const versions: Record<string, string | null> = {};
  const sprints: Record<string, string> = {};
  for (const project of world.projects) {
    for (const issue of project.issues) items[`gl:${issue.id}`] = truthOfIssue(project, issue, statusLabels);
    for (const one of project.milestones) versions[`gl:${String(one['id'])}`] = one['due_date'] as string | null;
    for (const one of project.iterations ?? [])
      sprints[`gl:${String(one['id'])}`] = ['', 'future', 'active', 'closed'][Number(one['state'])]!;
  }
  return { items, versions, sprints, incomplete: [] };
}

function truthOfIssue(project: Project, issue: Issue, statusLabels: readonly string[]): ItemSummary {
  const beside = project.issueBeside.get(issue.iid)!;
  const nameOf = (event: Raw) => (event['label'] as Raw)['name'] as string;
  const steps = [
    ...beside.state.map((event) => ({ event, kind: 'state', to: event['state'] === 'closed' ? 'closed' : 'opened' })),
    ...beside.label
      .filter((event) => statusLabels.includes(nameOf(event)) && event['action'] === 'add')
      .map((event) => ({ event, kind: 'label', to: `label:${nameOf(event)}` })),
  ].sort((a, b) => Date.parse(String(a.event['created_at'])) - Date.parse(String(b.event['created_at'])));
  let label = 'opened';
  let current = 'opened';
  const statusChanges: string[] = [];
  const ids: string[] = [];
  for (const { event, kind, to } of steps) {
    if (kind === 'label') label = to;
    current = to === 'opened' ? label : to;
    statusChanges.push(`${Date.parse(String(event['created_at']))} gl:${current}`);
    ids.push(`${kind}-${String(event['id'])}`);
  }
  const others = (['milestone', 'iteration', 'weight'] as const).flatMap((kind) =>
    beside[kind].map((event) => `${kind}-${String(event['id'])}`),
  );
  const notes = beside.notes.map((one) => `note-${String(one['id'])}`);
  return {
    key: `${project.path}#${issue.iid}`,
    status: `gl:${current}`,
    updatedAt: Date.parse(issue.updated_at),
    statusChanges,
    historyIds: [...ids, ...others, ...notes].sort(),
  };
}
