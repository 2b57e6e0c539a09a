import type { WorkItemTrackingApi } from 'azure-devops-node-api/WorkItemTrackingApi.js';
import type { TreeStructureGroup } from 'azure-devops-node-api/interfaces/WorkItemTrackingInterfaces.js';
import { RemoteError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http.ts';
import { isObject, ownValue } from '../reading/values.ts';
import { answerOf, openApi } from './transport.ts';

/** One portion of a reporting stream; `token` is where the next begins, whenever that is. */
export interface StreamBatch {
  readonly values: readonly unknown[];
  readonly token: string | null;
  readonly isLast: boolean;
}

export type BoardsClient = Awaited<ReturnType<typeof openBoards>>;

/** Ids that a query gives at once; a batch of work items takes no more. */
export const itemsAtOnce = 200;
const idsAtOnce = 10_000;
const updatesAtOnce = 200;

/** What Vigie reads of Azure Boards. */
export async function openBoards(http: Http, baseUrl: string, signal?: AbortSignal) {
  const [{ VsoClient }, tracking, work, core, interfaces] = await Promise.all([
    import('azure-devops-node-api/VsoClient.js'),
    import('azure-devops-node-api/WorkItemTrackingApi.js'),
    import('azure-devops-node-api/WorkApi.js'),
    import('azure-devops-node-api/CoreApi.js'),
    import('azure-devops-node-api/interfaces/WorkItemTrackingInterfaces.js'),
  ]);
  const way = { http, baseUrl, signal };
  const items: WorkItemTrackingApi = openApi(tracking.WorkItemTrackingApi, VsoClient, way);
  const boards = openApi(work.WorkApi, VsoClient, way);
  const projects = openApi(core.CoreApi, VsoClient, way);
  const { WorkItemErrorPolicy, WorkItemExpand } = interfaces;
  // As text: the library leaves a group out whose number is 0.
  const group = (name: 'Areas' | 'Iterations') => name as unknown as TreeStructureGroup;
  const one = async (result: Promise<unknown>): Promise<unknown> => answerOf(await result).json;
  const list = async (result: Promise<unknown>, what: string) => listOf(await one(result), what);
  const wiql = async (query: string, project: string, top: number): Promise<readonly number[]> =>
    idsOf(await one(items.queryByWiql({ query }, { project }, true, top)));
  return {
    project: (nameOrId: string) => one(projects.getProject(nameOrId)),
    types: (project: string) => list(items.getWorkItemTypes(project), 'types of work items'),
    categories: (project: string) => list(items.getWorkItemTypeCategories(project), 'categories of types'),
    backlogs: (project: string) => one(boards.getBacklogConfigurations({ project })),
    iterations: (project: string) => one(items.getClassificationNode(project, group('Iterations'), undefined, 20)),
    area: (project: string, path: string) => one(items.getClassificationNode(project, group('Areas'), path)),
    /** Ids in order, as the query has to say; at most a batch. */
    itemIds: (query: string, project: string) => wiql(query, project, itemsAtOnce),
    /** The same for a count. */
    manyIds: (query: string, project: string) => wiql(query, project, idsAtOnce),
    items: (ids: readonly number[]) =>
      list(
        items.getWorkItemsBatch({
          ids: [...ids],
          $expand: WorkItemExpand.Relations,
          errorPolicy: WorkItemErrorPolicy.Omit,
        }),
        'work items',
      ),
    itemFields: (ids: readonly number[], fields: readonly string[]) =>
      list(
        items.getWorkItemsBatch({ ids: [...ids], fields: [...fields], errorPolicy: WorkItemErrorPolicy.Omit }),
        'work items',
      ),
    revisions: async (project: string, fields: readonly string[], token: string | null) =>
      batchOf(
        await one(
          items.readReportingRevisionsGet(project, [...fields], undefined, token ?? undefined, undefined, true, true),
        ),
        'revisions',
      ),
    linkChanges: async (project: string, token: string | null) =>
      batchOf(await one(items.getReportingLinksByLinkType(project, undefined, undefined, token ?? undefined)), 'links'),
    /** All changes of one item, oldest first. */
    updates: async (id: number, project: string): Promise<readonly unknown[]> => {
      const updates: unknown[] = [];
      for (;;) {
        const page = await list(items.getUpdates(id, updatesAtOnce, updates.length, project), 'updates');
        updates.push(...page);
        if (page.length < updatesAtOnce) return updates;
      }
    },
  };
}

export function listOf(json: unknown, what: string): readonly unknown[] {
  const value = ownValue(json, 'value');
  if (Array.isArray(value)) return value;
  throw strange(what);
}

function idsOf(json: unknown): readonly number[] {
  const found = ownValue(json, 'workItems');
  if (!Array.isArray(found)) throw strange('a query');
  return found.map((raw: unknown) => ownValue(raw, 'id')).filter((id) => typeof id === 'number');
}

function batchOf(json: unknown, what: string): StreamBatch {
  const values = ownValue(json, 'values');
  if (!isObject(json) || !Array.isArray(values)) throw strange(what);
  const link = ownValue(json, 'nextLink');
  const own = ownValue(json, 'continuationToken');
  const linked =
    typeof link === 'string' && URL.canParse(link) ? new URL(link).searchParams.get('continuationToken') : null;
  return {
    values,
    token: typeof own === 'string' && own !== '' ? own : linked,
    isLast: ownValue(json, 'isLastBatch') !== false,
  };
}

export function strange(what: string): RemoteError {
  return new RemoteError('azure-devops', `Azure DevOps answered ${what} in a shape that Vigie does not know`, {
    todo: 'check that `host` is the address of an organization or collection',
  });
}
