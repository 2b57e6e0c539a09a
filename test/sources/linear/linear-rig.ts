import { silentLogger } from '../../../src/lib/logger.ts';
import { linear } from '../../../src/sources/linear/index.ts';
import type { Scope } from '../../../src/sources/source.ts';
import { jumpingClock } from '../../lib/jumping-clock.ts';
import type { Rig } from '../contract.ts';
import type { ItemSummary, Summary } from '../facts.ts';
import { startLinear, token } from './server.ts';
import type { LinearServer } from './server.ts';
import { move, tellWorkspace } from './story.ts';
import { identifierOf } from './world.ts';
import type { Raw, RawIssue, World } from './world.ts';

export const start = Date.parse('2026-11-24T08:30:00Z');

export const engScope: Scope = { id: 'ENG', project: 'ENG', jql: null, board: null };

export interface LinearRig extends Rig {
  readonly server: LinearServer;
  readonly world: World;
  readonly clock: ReturnType<typeof jumpingClock>;
}

export interface RigOptions {
  readonly count?: number;
  readonly scopes?: readonly Scope[];
  readonly settings?: object;
  /** Before the server is up. */
  readonly prepare?: (world: World) => void;
}

/** A simulated workspace with `count` issues of the team ENG, and the real source in front of it. */
export async function linearRig(options: RigOptions = {}): Promise<LinearRig> {
  const clock = jumpingClock(start);
  const { count = 90, scopes = [engScope] } = options;
  const world = tellWorkspace(count, start - 3_600_000);
  options.prepare?.(world);
  const server = await startLinear(world, { clock });
  const config = linear.config.parse({ host: server.url, token, workspace: 'acme', timeout: 5, ...options.settings });
  return {
    server,
    world,
    clock,
    violations: server.violations,
    open: () => linear.open(config, { id: 'lin', scopes, clock, log: silentLogger }),
    truth: () => truthOf(world),
    takeRequests: () => server.requests.splice(0).length,
    refuseNext: () => void server.faults.push({ kind: 'rate-limit' }),
    cutNext: () => void server.faults.push({ kind: 'cut' }),
    touch() {
      clock.advance(1_000);
      move(
        world,
        world.issues.find((one) => one.state['type'] === 'started')!,
        'completed',
        clock.now(),
      );
      clock.advance(1_000);
    },
    close: () => server.close(),
  };
}

/** What the world holds, read past HTTP and past our code: of the team ENG, or of the first project. */
export function truthOf(world: World, of: 'team' | 'project' = 'team'): Summary {
  const [team] = world.teams;
  const [project] = world.projects;
  const isOurs = (issue: RawIssue) =>
    of === 'team' ? issue.team.id === team!.id : (issue['project'] as Raw | null)?.['id'] === project!['id'];
  const issues = world.issues.filter((issue) => isOurs(issue) && issue.trashed !== true);
  const ownMilestones = world.milestones.filter((one) => (one['project'] as Raw)['id'] === project!['id']);
  return {
    items: Object.fromEntries(issues.map((issue) => [issue.id, truthOfIssue(issue)])),
    versions: Object.fromEntries(
      [project!, ...ownMilestones].map((one) => [String(one['id']), one['targetDate'] as string | null]),
    ),
    sprints: Object.fromEntries(
      world.cycles.map((cycle) => [
        String(cycle['id']),
        cycle['completedAt'] ? 'closed' : cycle['isFuture'] ? 'future' : 'active',
      ]),
    ),
    incomplete: [],
  };
}

function truthOfIssue(issue: RawIssue): ItemSummary {
  const moves = issue.history.filter((entry) => entry['toStateId']);
  return {
    key: identifierOf(issue),
    status: String(issue.state['id']),
    updatedAt: Date.parse(issue.updatedAt),
    statusChanges: moves
      .map((entry) => `${Date.parse(String(entry['createdAt']))} ${String(entry['toStateId'])}`)
      .reverse(),
    historyIds: issue.history.map((entry) => String(entry['id'])).sort(),
  };
}
