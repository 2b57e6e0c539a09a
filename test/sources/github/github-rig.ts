import { silentLogger } from '../../../src/lib/logger.ts';
import { github } from '../../../src/sources/github/index.ts';
import type { Scope } from '../../../src/sources/source.ts';
import { jumpingClock } from '../../lib/jumping-clock.ts';
import type { Rig } from '../contract.ts';
import type { ItemSummary, Summary } from '../facts.ts';
import { startGithub, token } from './server.ts';
import type { Fault, GithubServer } from './server.ts';
import { setState, tellRepository } from './story.ts';
import { emptyWorld } from './world.ts';
import type { Issue, Repository, World } from './world.ts';

export const start = Date.parse('2026-11-24T08:30:00Z');

export const shopScope: Scope = { id: 'SHOP', project: 'shop/app', jql: null, board: '7' };

export interface GithubRig extends Rig {
  readonly server: GithubServer;
  readonly world: World;
  readonly clock: ReturnType<typeof jumpingClock>;
}

export interface RigOptions {
  readonly repositories?: readonly Repository[];
  readonly count?: number;
  readonly scopes?: readonly Scope[];
  readonly settings?: object;
  readonly isOld?: boolean;
  /** How this GitHub refuses who asks too often. */
  readonly refusal?: Fault;
}

const secondary: Fault = {
  kind: 'refuse',
  status: 403,
  message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
};

/** A simulated GitHub with `count` issues in `shop/app`, and the real source in front of it. */
export async function githubRig(options: RigOptions = {}): Promise<GithubRig> {
  const clock = jumpingClock(start);
  const { count = 45, scopes = [shopScope], refusal = secondary } = options;
  const hasBoard = scopes.some(({ board }) => board !== null);
  const told = () => tellRepository(21, 'shop/app', { count, until: start - 3_600_000, hasBoard });
  const world = emptyWorld(...(options.repositories ?? [told()]));
  world.isOld = options.isOld ?? false;
  const server = await startGithub(world, { clock });
  const config = github.config.parse({ host: server.url, token, timeout: 5, ...options.settings });
  return {
    server,
    world,
    clock,
    violations: server.violations,
    open: () => github.open(config, { id: 'gh', scopes, clock, log: silentLogger }),
    truth: () => truthOf(world, hasBoard),
    takeRequests: () => server.requests.splice(0).length,
    refuseNext: () => void server.faults.push(refusal),
    cutNext: () => void server.faults.push({ kind: 'cut' }),
    touch() {
      clock.advance(1_000);
      const issue = world.repositories[0]!.issues.find((one) => one.state === 'OPEN' && one.events.length > 0)!;
      setState(issue, 'CLOSED', clock.now());
      clock.advance(1_000);
    },
    close: () => server.close(),
  };
}

/** Closes it; a breach of GitHub's rules fails the test that it came in. */
export async function finish(rig: GithubRig): Promise<void> {
  await rig.close();
  if (rig.violations.length > 0) throw new Error(`GitHub was asked against its rules: ${rig.violations.join(', ')}`);
}

/** What the world holds, read past HTTP and past our code. */
export function truthOf(world: World, hasBoard: boolean): Summary {
  const items: Record<string, ItemSummary> = {};
  const versions: Record<string, string | null> = {};
  for (const repository of world.repositories) {
    for (const issue of repository.issues)
      items[`gh:${repository.id}:${issue.number}`] = truthOfIssue(repository, issue, world.isOld);
    for (const one of repository.milestones)
      versions[`gh:${repository.id}:${String(one['number'])}`] = (one['due_on'] as string | null)?.slice(0, 10) ?? null;
  }
  const sprints: Summary['sprints'] = hasBoard ? { 'gh:it1': 'closed', 'gh:it2': 'active', 'gh:it3': 'future' } : {};
  return { items, versions, sprints, incomplete: [] };
}

function truthOfIssue(repository: Repository, issue: Issue, isOld: boolean): ItemSummary {
  let option = 'opened';
  let current = 'opened';
  const statusChanges: string[] = [];
  const ids: string[] = [];
  const status = issue.card?.values.find((value) => value['__typename'] === 'ProjectV2ItemFieldSingleSelectValue');
  const lastMove = status ? Date.parse(String(status['updatedAt'])) : null;
  for (const event of [...issue.events].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt))) {
    const at = Date.parse(event.createdAt);
    const isMove = event.__typename === 'ProjectV2ItemStatusChangedEvent';
    // An old GitHub tells of the last move only, by the time of its field.
    if (isMove && isOld && at !== lastMove) continue;
    ids.push(isMove && isOld ? `board-status-${at}` : event.id);
    const before: string = current;
    if (isMove) option = `option:${String(event['status'])}`;
    if (isMove && before !== 'closed') current = option;
    if (event.__typename === 'ClosedEvent') current = 'closed';
    if (event.__typename === 'ReopenedEvent') current = option;
    if (current !== before) statusChanges.push(`${at} gh:${current}`);
  }
  return {
    key: `${repository.path}#${issue.number}`,
    status: `gh:${current}`,
    updatedAt: Math.max(Date.parse(issue.updatedAt), Date.parse(issue.card?.updatedAt ?? '1970-01-01T00:00:00Z')),
    statusChanges,
    historyIds: ids.sort(),
  };
}
