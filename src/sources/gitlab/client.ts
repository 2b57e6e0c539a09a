import type { Issues } from '@gitbeaker/rest';
import { formatInstant } from '../../core/time/instant.ts';
import { RemoteError } from '../../lib/errors.ts';
import type { Http, HttpAnswer, HttpRequest } from '../../lib/http.ts';
import { readerOfAll } from '../pulling/all-of.ts';

/** One page of a list; `nextPage` is null after the last. GitLab leaves `total` out above 10,000. */
export interface ListPage {
  readonly items: readonly unknown[];
  readonly nextPage: number | null;
  readonly total: number | null;
}

/** A stretch of a list in order of time, from `after` (null: from the beginning) on. */
export interface Window {
  readonly by: 'updated' | 'created';
  readonly after: number | null;
  readonly page: number;
}

export type GitlabClient = Awaited<ReturnType<typeof openClient>>;

export const perPage = 100;

/**
 * The endpoints that Vigie reads. gitbeaker knows them; it speaks through our own transport, which alone knows limits,
 * retries and where a token may go. It turns no page by itself: our requester gives each answer as one object, so that
 * pages stay portions that can be stored.
 */
export async function openClient(http: Http, signal?: AbortSignal) {
  const gitlab = await import('@gitbeaker/rest');
  const options = {
    host: '',
    token: 'in the transport',
    queryTimeout: null,
    requesterFn: requesterOf(http, signal),
  } satisfies Options;
  const make = <T>(Resource: new (given: Options) => T): T => new Resource(options);
  const issues = make(gitlab.Issues);
  const issueNotes = make(gitlab.IssueNotes);
  const links = make(gitlab.IssueLinks);
  const stateEvents = make(gitlab.IssueStateEvents);
  const labelEvents = make(gitlab.IssueLabelEvents);
  const milestoneEvents = make(gitlab.IssueMilestoneEvents);
  const iterationEvents = make(gitlab.IssueIterationEvents);
  const mergeRequests = make(gitlab.MergeRequests);
  const mergeRequestNotes = make(gitlab.MergeRequestNotes);
  const repositories = make(gitlab.Repositories);
  const one = async (answer: Promise<unknown>): Promise<unknown> => answerOf(await answer).json;
  const list = async (answer: Promise<unknown>, page: number, what: string) =>
    pageOf(answerOf(await answer), page, what);
  const at = (page: number) => ({ page, perPage });
  const direct = async (path: string, page: number, query: HttpRequest['query'] = {}) => {
    const request = { method: 'GET', path: `/api/v4/${path}`, query: { ...query, page, per_page: perPage } } as const;
    return pageOf(await http.ask(request, signal), page, path);
  };
  const within = ({ by, after, page }: Window) => ({
    ...at(page),
    scope: 'all' as const,
    orderBy: `${by}_at` as const,
    sort: 'asc' as const,
    // A millisecond less: whether the bound itself belongs to the answer differs between versions and endpoints.
    ...(after === null ? {} : { [`${by}After`]: formatInstant(after - 1) }),
  });
  return {
    version: () => one(make(gitlab.Metadata).show()),
    token: () => one(make(gitlab.PersonalAccessTokens).show()),
    project: (id: string | number) => one(make(gitlab.Projects).show(id)),
    group: (id: string | number) => one(make(gitlab.Groups).show(id, { withProjects: false })),
    groupProjects: (id: string | number, page: number) =>
      list(
        make(gitlab.Groups).allProjects(id, {
          ...at(page),
          includeSubgroups: true,
          archived: false,
          withShared: false,
          orderBy: 'id',
          sort: 'asc',
        }),
        page,
        'projects',
      ),
    milestones: (project: number, page: number) =>
      list(
        make(gitlab.ProjectMilestones).all(project, { ...at(page), includeParentMilestones: true, ...ancestors }),
        page,
        'milestones',
      ),
    // gitbeaker 43 asks for them below `project`, where there is nothing.
    iterations: (project: number, page: number) => direct(`projects/${project}/iterations`, page, { state: 'all' }),
    board: (project: number, board: number) => one(make(gitlab.ProjectIssueBoards).show(project, board)),
    issues: (project: number, window: Window) =>
      list(issues.all({ projectId: project, ...within(window) }), window.page, 'issues'),
    links: (project: number, iid: number, page: number) => list(links.all(project, iid, at(page)), page, 'links'),
    issueNotes: (project: number, iid: number, page: number) =>
      list(issueNotes.all(project, iid, { ...at(page), ...oldestFirst, ...onlyActivity }), page, 'notes'),
    events: async (kind: EventKind, project: number, iid: number, page: number) => {
      // gitbeaker 43 asks for events of state where it is asked for those of weight.
      if (kind === 'weight') return direct(`projects/${project}/issues/${iid}/resource_weight_events`, page);
      const resource = {
        state: stateEvents,
        label: labelEvents,
        milestone: milestoneEvents,
        iteration: iterationEvents,
      }[kind];
      return list(resource.all(project, iid, at(page)), page, `${kind} events`);
    },
    mergeRequests: (project: number, window: Window) =>
      list(mergeRequests.all({ projectId: project, ...within(window) }), window.page, 'merge requests'),
    mergeRequestCommits: (project: number, iid: number, page: number) =>
      list(mergeRequests.allCommits(project, iid, at(page)), page, 'commits'),
    mergeRequestNotes: (project: number, iid: number, page: number) =>
      list(mergeRequestNotes.all(project, iid, { ...at(page), ...oldestFirst }), page, 'notes'),
    branch: (project: number, name: string) => one(make(gitlab.Branches).show(project, name)),
    commits: (project: number, ref: string, since: number, page: number) =>
      list(
        make(gitlab.Commits).all(project, { ...at(page), refName: ref, since: formatInstant(since) }),
        page,
        'commits',
      ),
    compare: (project: number, from: string, to: string) => one(repositories.compare(project, from, to)),
    environments: (project: number, page: number) =>
      list(make(gitlab.Environments).all(project, at(page)), page, 'environments'),
    deployments: (project: number, window: Window) =>
      list(make(gitlab.Deployments).all(project, within(window)), window.page, 'deployments'),
    releases: (project: number, page: number) =>
      list(
        make(gitlab.ProjectReleases).all(project, { ...at(page), orderBy: 'released_at', sort: 'desc' }),
        page,
        'releases',
      ),
  };
}

export type EventKind = 'state' | 'label' | 'milestone' | 'iteration' | 'weight';

const oldestFirst = { orderBy: 'created_at' as const, sort: 'asc' as const };
/** Newer names of what gitbeaker's types do not list; a GitLab that does not know them passes over them. */
const onlyActivity: object = { activityFilter: 'only_activity' };
const ancestors: object = { includeAncestors: true };

type Options = NonNullable<ConstructorParameters<typeof Issues>[0]>;
type RequesterFn = NonNullable<Options['requesterFn']>;
type Requester = ReturnType<RequesterFn>;

/** What gitbeaker speaks through. */
function requesterOf(http: Http, signal: AbortSignal | undefined): RequesterFn {
  return ({ url }) => {
    const get = async (endpoint: string, given?: { readonly searchParams?: Record<string, unknown> }) => {
      const path = `${url.replace(/\/+$/, '')}/${endpoint}`;
      const answer = await http.ask(
        { method: 'GET', path, query: queryOf(given?.searchParams ?? {}), followsRedirects: true },
        signal,
      );
      return { body: { answer }, headers: {}, status: answer.status };
    };
    const refuse = async (endpoint: string): Promise<never> => {
      throw new Error(`Vigie only reads, it does not write to ${endpoint}`);
    };
    return { get: get as unknown as Requester['get'], post: refuse, put: refuse, patch: refuse, delete: refuse };
  };
}

/** `updatedAfter` of gitbeaker is `updated_after` to GitLab. */
function queryOf(params: Readonly<Record<string, unknown>>): NonNullable<HttpRequest['query']> {
  return Object.fromEntries(
    Object.entries(params)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([key, value]) => [key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), String(value)]),
  );
}

function answerOf(body: unknown): HttpAnswer {
  return (body as { readonly answer: HttpAnswer }).answer;
}

function pageOf({ json, headers }: HttpAnswer, page: number, what: string): ListPage {
  if (!Array.isArray(json)) {
    throw new RemoteError('gitlab', `GitLab answered ${what} with something that is no list`, {
      todo: 'check that `host` is the address of a GitLab, path prefix included',
    });
  }
  const total = Number.parseInt(headers.get('x-total') ?? '', 10);
  return { items: json, nextPage: nextPageOf(headers, page, json.length), total: Number.isNaN(total) ? null : total };
}

/** A page may be short, or empty, and not be the last: GitLab filters some after it cut them. */
function nextPageOf(headers: Headers, page: number, count: number): number | null {
  const next = headers.get('x-next-page');
  const link = headers.get('link');
  const hasNext = next !== null ? next.trim() !== '' : link !== null ? /rel="?next"?/.test(link) : count >= perPage;
  return hasNext ? page + 1 : null;
}

/** All elements of a list that is short enough to be held. */
export const allOf = readerOfAll('gitlab', 'GitLab');
