import { startJira } from '../../../src/demo/jira/start-jira.ts';
import type { JiraOptions, JiraServer } from '../../../src/demo/jira/start-jira.ts';
import { scale } from '../../../src/demo/portfolio/scale.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { jira } from '../../../src/sources/jira/index.ts';
import type { JiraSettings } from '../../../src/sources/jira/settings.ts';
import type { Scope, Source } from '../../../src/sources/source.ts';
import { jumpingClock } from '../../lib/jumping-clock.ts';
import type { Rig } from '../contract.ts';
import type { ItemSummary, Summary } from '../facts.ts';

export const start = Date.parse('2026-11-24T08:30:00Z');

export const bigScope: Scope = { id: 'BIG', project: 'BIG', jql: null, board: '1' };

export interface JiraRig extends Rig {
  readonly server: JiraServer;
  /** A new source, as after a restart, perhaps with other scopes in the config. */
  open(scopes?: readonly Scope[]): Source;
  readonly clock: ReturnType<typeof jumpingClock>;
}

/** The simulated Jira with `count` issues of nine history entries each, and the real source in front of it. */
export async function jiraRig(
  count: number,
  options: Partial<JiraOptions> & {
    readonly scopes?: readonly Scope[];
    readonly settings?: Partial<JiraSettings>;
  } = {},
): Promise<JiraRig> {
  const clock = jumpingClock(start);
  const { scopes = [bigScope], settings, mode = 'cloud', ...rest } = options;
  const server = await startJira({ portfolio: scale(count, start - 3_600_000), mode, clock, ...rest });
  const { email, token } = server.credentials;
  const config = jira.config.parse({
    host: server.url,
    token,
    ...(mode === 'cloud' ? { email } : {}),
    timeout: 5,
    ...settings,
  });
  return {
    server,
    clock,
    violations: server.violations,
    open: (wanted = scopes) => jira.open(config, { id: 'jira', scopes: wanted, clock, log: silentLogger }),
    truth: () =>
      truthOf(
        server,
        scopes.map((scope) => scope.project!),
      ),
    takeRequests: () => server.requests.splice(0).length,
    refuseNext: () => server.faults.next({ kind: 'rate-limit', retryAfter: '3', reason: 'jira-burst-based' }),
    cutNext: () => server.faults.next({ kind: 'cut-body' }),
    touch() {
      clock.advance(1_000);
      const issue = [...server.site.issues.values()].find((one) => one.statusId !== '1' && !one.isHidden)!;
      server.change({ do: 'transition', key: issue.key, to: 'To Do' });
      clock.advance(1_000);
    },
    close: () => server.close(),
  };
}

/** What the site holds for these projects, read past HTTP and past our code. */
export function truthOf({ site }: JiraServer, projects: readonly string[]): Summary {
  const items: Record<string, ItemSummary> = {};
  for (const issue of site.issues.values()) {
    if (issue.isHidden || !projects.includes(issue.projectKey)) continue;
    const histories = issue.histories.filter((history) => history.items.length > 0);
    items[String(issue.id)] = {
      key: issue.key,
      status: issue.statusId,
      updatedAt: issue.updatedAt,
      statusChanges: histories.flatMap((history) =>
        history.items.filter((item) => item.field === 'status').map((item) => `${history.at} ${item.to}`),
      ),
      historyIds: histories.map((history) => String(history.id)).sort(),
    };
  }
  return {
    items,
    versions: Object.fromEntries(
      [...site.versions.values()]
        .filter((version) => projects.includes(version.projectKey))
        .map((version) => [version.id, version.releaseDate]),
    ),
    sprints: Object.fromEntries([...site.sprints.values()].map((sprint) => [String(sprint.id), sprint.state])),
    incomplete: [],
  };
}
