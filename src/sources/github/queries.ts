import { ownValue } from '../reading/values.ts';
import type { RepositoryName } from './client.ts';
import { UnknownToGithub } from './graphql-answer.ts';
import type { IssueParts } from './issue-query.ts';
import { nextOf, nodesOf } from './names.ts';
import type { Run } from './run.ts';

export function nameOf(path: string): RepositoryName {
  const [owner, repo] = path.split('/');
  return { owner: owner!, repo: repo! };
}

/** The repository with the connection that was asked for. */
export async function readRepository(
  run: Run,
  query: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  return ownValue(await run.client.query(query, variables), 'repository');
}

/** A query about issues, once more with less where this GitHub does not know all that is asked for. */
export function askAboutIssues(
  run: Run,
  parts: Omit<IssueParts, 'isOld'>,
  build: (parts: IssueParts) => string,
  variables: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  return askAsNew(run, ({ isOld }) => build({ ...parts, isOld }), variables);
}

/** A query that asks for what older versions do not know, until it turns out that this is one. */
export async function askAsNew(
  run: Run,
  build: (version: { readonly isOld: boolean }) => string,
  variables: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  if (!run.isOld) {
    try {
      return await run.client.query(build({ isOld: false }), variables);
    } catch (error) {
      if (!(error instanceof UnknownToGithub)) throw error;
      run.log.warn({ why: error.message }, 'this GitHub is older: types, parents and blockers of issues are not read');
      run.isOld = true;
    }
  }
  return run.client.query(build({ isOld: true }), variables);
}

/** All nodes of a connection whose first page came along with its owner. */
export async function allNodes(
  owner: unknown,
  field: string,
  more: (after: string) => Promise<unknown>,
): Promise<readonly unknown[]> {
  const nodes = [...nodesOf(owner, field)];
  let next = nextOf(owner, field);
  while (next !== null) {
    const page = ownValue(await more(next), 'node');
    nodes.push(...nodesOf(page, field));
    const after: string | null = nextOf(page, field);
    next = after === next ? null : after;
  }
  return nodes;
}

/** Nodes by their ids, a hundred at once; those that are gone are left out. */
export async function nodesById(run: Run, query: string, ids: readonly string[]): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (let from = 0; from < ids.length; from += 100) {
    const nodes = ownValue(await run.client.query(query, { ids: ids.slice(from, from + 100) }), 'nodes');
    if (Array.isArray(nodes)) found.push(...nodes.filter((node: unknown) => node !== null));
  }
  return found;
}
