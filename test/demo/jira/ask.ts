import type { JiraServer } from '../../../src/demo/jira/start-jira.ts';

/** What was answered; `body` is typed by the test that asks. */
export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface IssueJson {
  readonly id: string;
  readonly key: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly changelog?: { readonly total: number; readonly histories: readonly HistoryJson[] };
}

interface HistoryJson {
  readonly id: string;
  readonly created: number | string;
  readonly items: readonly Readonly<Record<string, string | null>>[];
}

export interface SearchJson {
  readonly issues: readonly IssueJson[];
  readonly isLast?: boolean;
  readonly nextPageToken?: string;
  readonly total?: number;
}

export interface ChangelogJson {
  readonly issueChangeLogs: readonly { readonly issueId: string; readonly changeHistories: readonly HistoryJson[] }[];
  readonly nextPageToken: string | null;
}

export function authorization({ credentials, mode }: JiraServer): string {
  if (mode === 'data-center') return `Bearer ${credentials.token}`;
  return `Basic ${Buffer.from(`${credentials.email}:${credentials.token}`).toString('base64')}`;
}

/** GET, or POST when there is a body, with the credentials that the server takes. */
export async function ask<Body = unknown>(
  server: JiraServer,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = { authorization: authorization(server) },
  timeoutMs = 10_000,
): Promise<Answer<Body>> {
  const post = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  };
  const response = await fetch(`${server.url}${path}`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? { headers } : post),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

/** All issues of a search on Cloud, page by page. */
export async function searchAll(
  server: JiraServer,
  request: Readonly<Record<string, unknown>>,
): Promise<IssueJson[][]> {
  const pages: IssueJson[][] = [];
  let nextPageToken: string | undefined;
  do {
    const { body } = await ask<SearchJson>(server, '/rest/api/3/search/jql', { ...request, nextPageToken });
    pages.push([...body.issues]);
    nextPageToken = body.nextPageToken;
  } while (nextPageToken);
  return pages;
}
