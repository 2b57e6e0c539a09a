import { formatInstant, parseInstant } from '../../core/time/instant.ts';
import { RemoteError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http.ts';
import { ownValue } from '../reading/values.ts';
import type { SourceDeps } from '../source.ts';
import { apiAddress } from './address.ts';
import { dataOf } from './graphql-answer.ts';
import type { GithubSettings } from './settings.ts';
import { openTransport, own } from './transport.ts';
import { readerOfAll } from '../pulling/all-of.ts';

/** One page of a list; `nextPage` is null after the last. */
export interface ListPage {
  readonly items: readonly unknown[];
  readonly nextPage: number | null;
}

/** A repository by where it is now. */
export interface RepositoryName {
  readonly owner: string;
  readonly repo: string;
}

export interface GithubClient {
  repository(name: RepositoryName): Promise<unknown>;
  /** By id, so that neither a rename nor a transfer loses it. */
  repositoryById(id: number): Promise<unknown>;
  milestones(at: RepositoryName, page: number): Promise<ListPage>;
  environments(at: RepositoryName, page: number): Promise<ListPage>;
  branch(at: RepositoryName, branch: string): Promise<unknown>;
  commits(at: RepositoryName, ref: string, since: number, page: number): Promise<ListPage>;
  compare(at: RepositoryName, from: string, to: string, page: number): Promise<ListPage>;
  runs(at: RepositoryName, workflow: string, created: string, page: number): Promise<ListPage & { total: number }>;
  /** `data` of a GraphQL query. What was not found or not allowed within it is null; anything else is an error. */
  query(text: string, variables: Readonly<Record<string, unknown>>): Promise<unknown>;
  /** What GitHub says of the token; of an App's it says nothing. */
  token(): Promise<TokenFacts>;
}

export interface TokenFacts {
  /** Null for a token that has none: fine-grained ones have permissions, which GitHub does not tell. */
  readonly scopes: readonly string[] | null;
  readonly endsAt: number | null;
}

export const perPage = 100;

export async function openClient(
  http: Http,
  settings: GithubSettings,
  { log, signal }: Pick<SourceDeps, 'log'> & { readonly signal?: AbortSignal },
): Promise<GithubClient> {
  const address = apiAddress(settings.host);
  const { octokit, authorization } = await openTransport({ http, address, settings, log, signal });
  const { repos, issues, actions } = octokit.rest;
  const at = (page: number) => ({ page, per_page: perPage });
  const data = async (answer: Promise<{ data: unknown }>) => (await own(answer)).data;
  return {
    repository: (name) => data(repos.get({ ...name })),
    repositoryById: (id) => data(octokit.request('GET /repositories/{id}', { id })),
    milestones: (name, page) => list(issues.listMilestones({ ...name, ...at(page), state: 'all', sort: 'due_on' })),
    environments: (name, page) => list(repos.getAllEnvironments({ ...name, ...at(page) }), 'environments'),
    branch: (name, branch) => data(repos.getBranch({ ...name, branch })),
    commits: (name, sha, since, page) =>
      list(repos.listCommits({ ...name, ...at(page), sha, since: secondsText(since) })),
    compare: (name, from, to, page) =>
      list(repos.compareCommitsWithBasehead({ ...name, ...at(page), basehead: `${from}...${to}` }), 'commits'),
    async runs(name, workflow, created, page) {
      const answer = actions.listWorkflowRuns({ ...name, ...at(page), workflow_id: workflow, created });
      const total = ownValue(await data(answer), 'total_count');
      return { ...(await list(answer, 'workflow_runs')), total: typeof total === 'number' ? total : 0 };
    },
    async query(query, variables) {
      const headers = { authorization: await authorization(), 'user-agent': 'vigie' };
      const request = { method: 'POST', path: address.graphql, body: { query, variables }, headers } as const;
      return dataOf(await http.read(request, signal));
    },
    async token() {
      const { headers } = await own(octokit.rest.rateLimit.get());
      const scopes = headers['x-oauth-scopes'];
      // `2027-01-31 09:00:00 UTC`, or with an offset.
      const written = headers['github-authentication-token-expiration'];
      const endsAt = typeof written === 'string' ? parseInstant(written.replace(/ UTC$/, 'Z')) : null;
      return { scopes: typeof scopes === 'string' ? scopes.split(',').map((one) => one.trim()) : null, endsAt };
    },
  };
}

/** GitHub reckons in whole seconds. */
export const secondsText = (at: number) => `${formatInstant(at).slice(0, 19)}Z`;

interface Answer {
  readonly data: unknown;
  readonly headers: { readonly link?: string | undefined };
  readonly url: string;
}

/** A list, or one below `key`. */
async function list(asked: Promise<Answer>, key?: string): Promise<ListPage> {
  const { data, headers, url } = await own(asked);
  const items = key === undefined ? data : ownValue(data, key);
  if (!Array.isArray(items)) {
    throw new RemoteError('github', `GitHub answered ${new URL(url).pathname} with something that is no list`, {
      todo: 'check that `host` is the address of a GitHub',
    });
  }
  const page = Number(new URL(url).searchParams.get('page') ?? 1);
  return { items, nextPage: /rel="next"/.test(headers.link ?? '') ? page + 1 : null };
}

/** All elements of a list that is short enough to be held. */
export const allOf = readerOfAll('github', 'GitHub');
