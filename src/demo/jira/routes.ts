import type { Site } from '../portfolio/site.ts';
import { createCloud } from './cloud.ts';
import { createDataCenter } from './data-center.ts';
import type { PageTokens } from './page-token.ts';
import type { Mode } from './field-list.ts';
import type { Presenter } from './present.ts';
import type { Call, Reply } from './reply.ts';
import { Violation, wholeNumber } from './reply.ts';
import type { Search } from './search.ts';
import { createSharedEndpoints } from './shared-endpoints.ts';
import { createWorklogEndpoints } from './worklogs.ts';

/** One endpoint: `{}` in the path stands for a part that is handed to `answer`; `query` lists what may be asked. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query: readonly string[];
  readonly answer: (call: Call, part: string) => Reply;
}

export interface RouteParts {
  readonly site: Site;
  readonly present: Presenter;
  readonly search: Search;
  readonly tokens: PageTokens;
  readonly largePages: boolean;
  readonly me: string;
  readonly baseUrl: () => string;
  readonly now: () => number;
}

const paged = ['startAt', 'maxResults'];

export function createRoutes(mode: Mode, parts: RouteParts): readonly Route[] {
  const { site, present } = parts;
  const shared = createSharedEndpoints(site, present, mode, parts);
  const worklogs = createWorklogEndpoints(site, present, parts);
  const api = mode === 'cloud' ? '/rest/api/3' : '/rest/api/2';
  const get = (path: string, query: readonly string[], answer: Route['answer']): Route => ({
    method: 'GET',
    path,
    query,
    answer,
  });
  const post = (path: string, answer: Route['answer'], query: readonly string[] = []): Route => ({
    method: 'POST',
    path,
    query,
    answer,
  });
  const agile = '/rest/agile/1.0';
  return [
    get(`${api}/serverInfo`, [], shared.serverInfo),
    get(`${api}/myself`, ['expand'], shared.myself),
    get(
      `${api}/mypermissions`,
      ['projectKey', 'projectId', 'issueKey', 'issueId', 'permissions'],
      shared.myPermissions,
    ),
    get(`${api}/field`, [], shared.fields),
    get(`${api}/status`, [], shared.statuses),
    get(`${api}/project/{}`, ['expand', 'properties'], shared.project),
    get(`${api}/project/{}/versions`, ['expand'], shared.versions),
    get(`${api}/project/{}/version`, [...paged, 'orderBy', 'query', 'status', 'expand'], shared.versionPage),
    get(`${agile}/board`, [...paged, 'type', 'name', 'projectKeyOrId', 'orderBy', 'expand'], shared.boards),
    get(`${agile}/board/{}/configuration`, [], shared.boardConfiguration),
    get(`${agile}/board/{}/sprint`, [...paged, 'state'], shared.boardSprints),
    get(`${agile}/sprint/{}`, [], shared.sprint),
    get(`${api}/worklog/updated`, ['since', 'expand'], worklogs.updated),
    get(`${api}/worklog/deleted`, ['since'], worklogs.deleted),
    post(`${api}/worklog/list`, worklogs.list, ['expand']),
    ...(mode === 'cloud' ? cloudRoutes(parts, shared) : dataCenterRoutes(parts, shared)),
  ];

  function cloudRoutes(parts: RouteParts, shared: ReturnType<typeof createSharedEndpoints>): Route[] {
    const cloud = createCloud(parts);
    const jqlQuery = [
      'jql',
      'nextPageToken',
      'maxResults',
      'fields',
      'expand',
      'properties',
      'fieldsByKeys',
      'failFast',
      'reconcileIssues',
    ];
    return [
      get(`${api}/statuses/search`, [...paged, 'projectId', 'searchString', 'statusCategory'], shared.statusSearch),
      get(
        `${api}/project/search`,
        [...paged, 'orderBy', 'id', 'keys', 'query', 'typeKey', 'action', 'expand', 'status'],
        shared.projectSearch,
      ),
      get(`${api}/search/jql`, jqlQuery, cloud.searchGet),
      post(`${api}/search/jql`, cloud.searchPost),
      post(`${api}/search/approximate-count`, cloud.count),
      post(`${api}/issue/bulkfetch`, cloud.bulkFetch),
      post(`${api}/changelog/bulkfetch`, cloud.bulkChangelog),
      get(
        `${api}/issue/{}`,
        ['fields', 'fieldsByKeys', 'expand', 'properties', 'updateHistory', 'failFast'],
        cloud.issue,
      ),
      get(`${api}/issue/{}/changelog`, paged, cloud.changelog),
      get(
        '/rest/software/1.0/board/{}/issue',
        ['jql', 'nextPageToken', 'maxResults', 'fields', 'expand', 'validateQuery', 'reconcileIssues'],
        (call, id) => {
          const board = site.boards.get(Number(id));
          if (!board) throw new Violation('The requested board cannot be viewed.', 404);
          const query = new URLSearchParams(call.query);
          const jql = call.query.get('jql');
          query.set('jql', `project = ${board.projectKey}${jql ? ` AND (${jql})` : ' ORDER BY id'}`);
          return cloud.searchGet({ ...call, query });
        },
      ),
      // Gone since 2025: whoever still calls them must be told, not served.
      ...['GET', 'POST'].map((method) => ({
        method: method as 'GET' | 'POST',
        path: `${api}/search`,
        query: ['jql', 'startAt', 'maxResults', 'fields', 'expand'],
        answer: (): Reply => {
          throw new Violation(
            'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.',
            410,
          );
        },
      })),
    ];
  }

  function dataCenterRoutes(parts: RouteParts, shared: ReturnType<typeof createSharedEndpoints>): Route[] {
    const dataCenter = createDataCenter(site, present, parts.search);
    const jqlQuery = ['jql', ...paged, 'fields', 'expand', 'validateQuery'];
    return [
      get(`${api}/project`, ['expand'], shared.projectList),
      get(`${api}/search`, jqlQuery, dataCenter.searchGet),
      post(`${api}/search`, dataCenter.searchPost),
      get(`${api}/issue/{}`, ['fields', 'expand', 'properties'], dataCenter.issue),
      get(`${agile}/board/{}/issue`, jqlQuery, (call, id) => {
        const board = site.boards.get(Number(id));
        if (!board) throw new Violation('The requested board cannot be viewed.', 404);
        const startAt = wholeNumber(call.query.get('startAt'), 'startAt', { min: 0, max: 1e9, standard: 0 });
        const query = new URLSearchParams(call.query);
        query.set('jql', `project = ${board.projectKey} ORDER BY id`);
        query.set('startAt', String(startAt));
        return dataCenter.searchGet({ ...call, query });
      }),
    ];
  }
}

/** The route of a request with the part that its path names; null when there is none. A fixed path goes first. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; part: string } | null {
  const fixed = routes.find((route) => route.method === method && route.path === path);
  if (fixed) return { route: fixed, part: '' };
  for (const route of routes) {
    const [before, after] = route.path.split('{}') as [string, string | undefined];
    if (route.method !== method || after === undefined || !path.startsWith(before) || !path.endsWith(after)) continue;
    const part = path.slice(before.length, path.length - after.length);
    if (part && !part.includes('/')) return { route, part: decodeURIComponent(part) };
  }
  return null;
}
