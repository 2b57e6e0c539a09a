import type { LinearDocument as Linear } from '@linear/sdk';
import { RemoteError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http.ts';
import { isObject, ownValue } from '../reading/values.ts';
import {
  besideDocument,
  censusDocument,
  historyDocument,
  issuesDocument,
  issuesPerPage,
  milestonesDocument,
  projectsDocument,
  teamsDocument,
  viewerDocument,
} from './documents.ts';

/** One page of a connection; `next` is the cursor of the page after it, null after the last. */
export interface ConnectionPage {
  readonly nodes: readonly unknown[];
  readonly next: string | null;
}

export type LinearClient = Awaited<ReturnType<typeof openClient>>;

/** The questions that Vigie asks, with the SDK's documents where they ask for little else than what is used. */
export async function openClient(http: Http, signal?: AbortSignal) {
  const { LinearDocument: documents } = await import('@linear/sdk');
  const ask = async (query: string, variables: object): Promise<unknown> =>
    ownValue(await http.read({ method: 'POST', path: '/graphql', body: { query, variables } }, signal), 'data');
  const page = async (query: string, field: string, variables: object) =>
    connectionOf(ownValue(await ask(query, variables), field), field);
  const all = (query: string, field: string, variables: object) =>
    allOf((after) => page(query, field, { ...variables, after }));
  return {
    viewer: () => ask(viewerDocument, {}),
    teams: () => all(teamsDocument, 'teams', {}),
    projects: (filter: Linear.ProjectFilter) => all(projectsDocument, 'projects', { filter }),
    milestones: (filter: Linear.ProjectMilestoneFilter) => all(milestonesDocument, 'projectMilestones', { filter }),
    states: () =>
      all(String(documents.WorkflowStatesDocument), 'workflowStates', {
        first: 250,
        includeArchived: true,
      } satisfies Linear.WorkflowStatesQueryVariables),
    cycles: (filter: Linear.CycleFilter) =>
      all(String(documents.CyclesDocument), 'cycles', {
        filter,
        first: 100,
        includeArchived: true,
      } satisfies Linear.CyclesQueryVariables),
    issues: (filter: Linear.IssueFilter, after: string | null) =>
      page(issuesDocument, 'issues', { filter, after, first: issuesPerPage }),
    issueIds: (filter: Linear.IssueFilter, after: string | null) => page(censusDocument, 'issues', { filter, after }),
    beside: async (id: string) => ownValue(await ask(besideDocument, { id }), 'issue'),
    history: async (id: string, after: string | null) =>
      connectionOf(ownValue(ownValue(await ask(historyDocument, { id, after }), 'issue'), 'history'), 'history'),
  };
}

export function connectionOf(raw: unknown, what: string): ConnectionPage {
  const nodes = ownValue(raw, 'nodes');
  const pageInfo = ownValue(raw, 'pageInfo');
  if (!Array.isArray(nodes) || !isObject(pageInfo)) {
    throw new RemoteError('linear', `Linear answered ${what} with something that is no list`, {
      todo: 'pull again; if it stays, tell the authors of Vigie',
    });
  }
  const end = ownValue(pageInfo, 'endCursor');
  const hasNext = ownValue(pageInfo, 'hasNextPage') === true && typeof end === 'string' && end !== '';
  return { nodes, next: hasNext ? end : null };
}

/** All elements of a list that is short enough to be held. */
export async function allOf(
  read: (after: string | null) => Promise<ConnectionPage>,
  from: string | null = null,
): Promise<unknown[]> {
  const nodes: unknown[] = [];
  const seen = new Set<string>();
  for (let after = from; ;) {
    const answer = await read(after);
    nodes.push(...answer.nodes);
    if (answer.next === null) return nodes;
    if (seen.has(answer.next)) {
      throw new RemoteError('linear', 'Linear gives the same page of a list again and again', {
        todo: 'pull again; if it stays, tell the authors of Vigie',
      });
    }
    seen.add(answer.next);
    after = answer.next;
  }
}
