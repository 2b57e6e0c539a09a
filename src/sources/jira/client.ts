import type { Client, SendRequestOptions } from 'jira.js/core';
import { z } from 'zod';
import { RemoteError } from '../../lib/errors.ts';
import type { Http, HttpRequest } from '../../lib/http.ts';
import {
  bulkChangelogsSchema,
  bulkIssuesSchema,
  changelogPageSchema,
  countSchema,
  fieldSchema,
  myselfSchema,
  offsetPageSchema,
  permissionsSchema,
  searchPageSchema,
  serverInfoSchema,
  sprintPageSchema,
  worklogFeedSchema,
} from './schema.ts';
import type { JiraField } from './schema.ts';

export type Deployment = 'cloud' | 'data-center';

export interface SearchQuery {
  readonly jql: string;
  readonly fields: readonly string[];
  readonly maxResults: number;
}

export type JiraClient = Awaited<ReturnType<typeof openClient>>;

/** Histories on one page of a bulk changelog: the most that Jira gives. */
export const historyPageSize = 10_000;

/**
 * The endpoints that Vigie reads. jira.js knows them; its functions take any object with `sendRequest`, so that they
 * speak through our own transport. Its response schemas are left out: they coerce dates in ways that depend on the rest
 * of the page, so each answer is checked here, for what we use. Loading jira.js costs up to a second and 80 MB, hence
 * only when somebody pulls.
 */
export async function openClient(http: Http, deployment: Deployment, signal?: AbortSignal) {
  const [cloud, agile] = await Promise.all([import('jira.js/cloud'), import('jira.js/agile')]);
  const send = (request: HttpRequest): Promise<unknown> => http.read(request, signal);
  const client = bridge(send, deployment);
  return {
    myself: async () => parse(myselfSchema, await cloud.getCurrentUser(client), 'myself'),

    fields: async (): Promise<JiraField[]> => {
      const fields: unknown[] = parse(z.array(z.unknown()), await cloud.getFields(client), 'field');
      return fields.flatMap((field) => fieldSchema.safeParse(field).data ?? []);
    },

    statuses: async () => parse(z.array(z.unknown()), await cloud.getStatuses(client), 'status'),

    versions: async (projectKey: string) => {
      const versions: unknown = await cloud.getProjectVersions(client, {
        projectIdOrKey: encodeURIComponent(projectKey),
      });
      return parse(z.array(z.unknown()), versions, 'versions');
    },

    permissions: async (projectKey: string | null, permissions: string) => {
      const answer: unknown = await cloud.getMyPermissions(client, { permissions, ...(projectKey && { projectKey }) });
      return parse(permissionsSchema, answer, 'mypermissions').permissions;
    },

    board: async (id: number): Promise<unknown> => agile.getConfiguration(client, { boardId: id }),

    sprints: async (boardId: number, { startAt, state }: { startAt: number; state: string | null }) => {
      const page: unknown = await agile.getAllSprints(client, {
        boardId,
        startAt,
        maxResults: 50,
        ...(state && { state }),
      });
      return parse(sprintPageSchema, page, 'sprints');
    },

    sprint: async (id: number): Promise<unknown> => agile.getSprint(client, { sprintId: id }),

    count: async (jql: string) =>
      parse(countSchema, await cloud.countIssues(client, { jql }), 'approximate-count').count,

    search: async ({ jql, fields, maxResults }: SearchQuery, token: string | null) => {
      const page: unknown = await cloud.searchAndReconsileIssuesUsingJqlPost(client, {
        jql,
        fields: [...fields],
        maxResults,
        ...(token && { nextPageToken: token }),
      });
      return parse(searchPageSchema, page, 'search');
    },

    issuesById: async (ids: readonly string[], fields: readonly string[]) => {
      const answer: unknown = await cloud.bulkFetchIssues(client, { issueIdsOrKeys: [...ids], fields: [...fields] });
      return parse(bulkIssuesSchema, answer, 'issue/bulkfetch');
    },

    changelogs: async (ids: readonly string[], token: string | null) => {
      const page: unknown = await cloud.getBulkChangelogs(client, {
        issueIdsOrKeys: [...ids],
        maxResults: historyPageSize,
        ...(token && { nextPageToken: token }),
      });
      return parse(bulkChangelogsSchema, page, 'changelog/bulkfetch');
    },

    changelog: async (id: string, startAt: number) => {
      const page: unknown = await cloud.getChangeLogs(client, { issueIdOrKey: safeId(id), startAt, maxResults: 100 });
      return parse(changelogPageSchema, page, 'changelog');
    },

    worklogsUpdated: async (since: number) =>
      parse(worklogFeedSchema, await cloud.getIdsOfWorklogsModifiedSince(client, { since }), 'worklog/updated'),

    worklogsDeleted: async (since: number) =>
      parse(worklogFeedSchema, await cloud.getIdsOfWorklogsDeletedSince(client, { since }), 'worklog/deleted'),

    /** At most 1,000; those that are gone or hidden are left out. */
    worklogs: async (ids: readonly number[]) =>
      parse(z.array(z.unknown()), await cloud.getWorklogsForIds(client, { ids: [...ids] }), 'worklog/list'),

    /** Data Center: pages by offset, whole histories inside them when asked for. jira.js does not know this search. */
    searchFrom: async ({ jql, fields, maxResults }: SearchQuery, startAt: number, withHistories: boolean) => {
      const body = { jql, fields, maxResults, startAt, ...(withHistories && { expand: ['changelog'] }) };
      return parse(offsetPageSchema, await send({ method: 'POST', path: '/rest/api/2/search', body }), 'search');
    },
  };
}

/** Which Jira it is, asked before anything else. Cloud has both versions of the API, Data Center only the older one. */
export async function readServerInfo(http: Http, isLikelyCloud: boolean, signal?: AbortSignal) {
  const ask = async (version: 2 | 3) => {
    return parse(
      serverInfoSchema,
      await http.read({ method: 'GET', path: `/rest/api/${version}/serverInfo` }, signal),
      'serverInfo',
    );
  };
  try {
    return await ask(isLikelyCloud ? 3 : 2);
  } catch (error) {
    if (!(error instanceof RemoteError) || error.status !== 404) throw error;
    return ask(isLikelyCloud ? 2 : 3);
  }
}

export function deploymentOf(info: { readonly deploymentType?: string | null | undefined }): Deployment {
  return info.deploymentType?.toLowerCase() === 'cloud' ? 'cloud' : 'data-center';
}

/** What jira.js speaks through. The endpoints that both kinds of Jira have differ only in the version in their path. */
function bridge(send: (request: HttpRequest) => Promise<unknown>, deployment: Deployment): Client {
  return {
    async sendRequest<T>({ url, method, searchParams, body }: SendRequestOptions<T>): Promise<T> {
      if (method !== 'GET' && method !== 'POST') throw new Error(`Vigie only reads, it does not ${method} ${url}`);
      const path = deployment === 'cloud' ? url : url.replace('/rest/api/3/', '/rest/api/2/');
      // Checked by `parse` right after; jira.js would trust its own types here as well.
      return (await send({
        method,
        path,
        query: (searchParams ?? {}) as NonNullable<HttpRequest['query']>,
        body,
      })) as T;
    },
  };
}

function parse<T>(schema: z.ZodType<T>, answer: unknown, what: string): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RemoteError(
    'jira',
    `Jira answered ${what} in a shape that Vigie does not know: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    {
      todo: 'check that `host` is the address of a Jira, path prefix included',
    },
  );
}

function safeId(id: string): string {
  if (!/^\d+$/.test(id)) throw new Error(`not the id of an issue: ${id}`);
  return id;
}
