import { dayMs } from '../../core/time/instant.ts';
import { ConfigError, RemoteError } from '../../lib/errors.ts';
import { problemOf as remoteProblemOf } from '../checking/problem-of.ts';
import { checkClock } from '../checking/check-clock.ts';
import type { Scope, SourceDeps, SourceProblem } from '../source.ts';
import { deploymentOf, openClient, readServerInfo } from './client.ts';
import type { Deployment, JiraClient } from './client.ts';
import { connect } from './connect.ts';
import { findFields } from './fields.ts';
import { readPerson } from './normalize-issue.ts';
import { boardSchema } from './schema.ts';
import { listingQuery, scopeQuery } from './query.ts';
import type { JiraSettings } from './settings.ts';

/** Reach, credentials, rights, boards, clock and the size of each scope: what a person would otherwise find out in pieces. */
export async function checkJira(settings: JiraSettings, deps: SourceDeps): Promise<SourceProblem[]> {
  const http = connect(settings, deps);
  const problems: SourceProblem[] = [];
  const attempt = async <T>(what: string, expected: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read();
    } catch (error) {
      problems.push(problemOf(what, expected, error));
      return null;
    }
  };
  const info = await attempt('reach', `a Jira at ${settings.host}`, () =>
    readServerInfo(http, settings.email !== undefined),
  );
  if (!info) return problems;
  const deployment = deploymentOf(info);
  problems.push(...checkClock(http, 'Jira'));
  const client = await openClient(http, deployment);
  const me = await attempt('credentials', 'a token that Jira accepts', () => client.myself());
  if (!me) return problems;
  const name = readPerson(me);
  if (!name || name === 'anonymous') {
    problems.push({
      severity: 'error',
      what: 'credentials',
      expected: 'the name of the owner of the token',
      found: 'nobody: Jira answers without having recognised the token',
      todo: 'check `email` and `token`; a Data Center token goes without `email`',
    });
    return problems;
  }
  const fields = await attempt('fields', 'the list of fields', () => client.fields());
  if (fields) problems.push(...checkFields(findFields(fields, settings.fields).ids));
  if (settings.worklogs) problems.push(...(await checkWorklogs(client, deps)));
  for (const scope of deps.scopes) {
    problems.push(...(await checkScope(client, deployment, scope)));
  }
  return problems;
}

async function checkWorklogs(client: JiraClient, { clock }: SourceDeps): Promise<SourceProblem[]> {
  try {
    await client.worklogsUpdated(Math.max(0, clock.now() - dayMs));
    return [];
  } catch (error) {
    return [
      {
        ...problemOf('worklogs', 'the feed of worklogs, which `worklogs: true` asks for', error),
        todo: 'give the token the right to read worklogs (scope read:jira-work), or leave `worklogs` out of the source',
      },
    ];
  }
}

function checkFields(ids: ReturnType<typeof findFields>['ids']): SourceProblem[] {
  const missing = (['sprint', 'points'] as const).filter((field) => ids[field].length === 0);
  return missing.map((field) => ({
    severity: 'warning',
    what: `field ${field}`,
    expected: `a field that holds the ${field} of an item`,
    found: 'none by its schema or its name',
    todo: `name it in the source: \`fields: { ${field}: customfield_… }\`; without it the figures that need it stay unknown`,
  }));
}

async function checkScope(client: JiraClient, deployment: Deployment, scope: Scope): Promise<SourceProblem[]> {
  const problems: SourceProblem[] = [];
  const where = `scope of ${scope.id}`;
  if (scope.project) {
    try {
      const { BROWSE_PROJECTS } = await client.permissions(scope.project, 'BROWSE_PROJECTS');
      if (BROWSE_PROJECTS && !BROWSE_PROJECTS.havePermission) {
        problems.push({
          severity: 'error',
          what: where,
          expected: `the right to browse ${scope.project}`,
          found: 'no such right for the owner of the token',
          todo: `give it the permission "Browse projects" in ${scope.project}`,
        });
      }
    } catch (error) {
      return [problemOf(where, `a project with the key ${scope.project}`, error)];
    }
  }
  let filter: string | null = null;
  if (scope.board !== null && !/^\d+$/.test(scope.board)) {
    problems.push({
      severity: 'error',
      what: `board of ${scope.id}`,
      expected: 'the number of a board, as in its address (…/boards/12)',
      found: JSON.stringify(scope.board),
      todo: 'correct `board` of its scope in the config',
    });
  } else if (scope.board !== null) {
    try {
      const board = boardSchema.safeParse(await client.board(Number(scope.board)));
      filter = board.data?.filter?.id ?? null;
      if (!board.success) throw new RemoteError('jira', 'its configuration has no columns');
    } catch (error) {
      problems.push({
        ...problemOf(`board ${scope.board} of ${scope.id}`, 'a board that can be read', error),
        severity: 'warning',
      });
    }
  }
  try {
    const count = await countItems(client, deployment, listingQuery(scopeQuery(scope, filter), null));
    if (count === 0) {
      problems.push({
        severity: 'warning',
        what: where,
        expected: 'items that the owner of the token can see',
        found: 'none',
        todo: 'check the scope, and the rights and the issue security levels of the owner of the token',
      });
    }
  } catch (error) {
    problems.push(problemOf(where, 'a query that Jira understands', error));
  }
  return problems;
}

async function countItems(client: JiraClient, deployment: Deployment, jql: string): Promise<number> {
  if (deployment === 'cloud') return client.count(jql);
  return (await client.searchFrom({ jql, fields: ['id'], maxResults: 1 }, 0, false)).total;
}

function problemOf(what: string, expected: string, error: unknown): SourceProblem {
  if (error instanceof ConfigError) {
    const [problem] = error.problems;
    return {
      severity: 'error',
      what,
      expected: problem!.expected,
      found: problem!.found,
      todo: 'correct `scope` in the config',
    };
  }
  return remoteProblemOf(what, expected, error);
}
