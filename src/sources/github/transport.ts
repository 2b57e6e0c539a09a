import type { Octokit } from '@octokit/rest';
import { RemoteError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http.ts';
import type { Logger } from '../../lib/logger.ts';
import type { ApiAddress } from './address.ts';
import type { GithubSettings } from './settings.ts';

export interface Transport {
  readonly octokit: Octokit;
  /** The header that says who asks. */
  readonly authorization: () => Promise<string>;
}

export interface TransportOptions {
  readonly http: Http;
  readonly address: ApiAddress;
  readonly settings: Pick<GithubSettings, 'token' | 'app'>;
  readonly log: Logger;
  readonly signal: AbortSignal | undefined;
}

/**
 * octokit knows the endpoints and how an App proves who it is; it speaks through our own transport, which alone knows
 * limits, retries and where a token may go.
 */
export async function openTransport({ http, address, settings, log, signal }: TransportOptions): Promise<Transport> {
  const [{ Octokit }, { createAppAuth }] = await Promise.all([import('@octokit/rest'), import('@octokit/auth-app')]);
  const note = (message: string) => log.debug({ service: 'github' }, message);
  const ask = async (given: string, init: FetchInit) => {
    const url = new URL(given);
    const path = url.href.slice(address.baseUrl.length, url.href.length - url.search.length);
    const answer = await http.ask(
      {
        method: init.method === 'POST' ? 'POST' : 'GET',
        path,
        query: Object.fromEntries(url.searchParams),
        ...(init.body ? { body: JSON.parse(init.body) as unknown } : {}),
        headers: { ...init.headers, authorization: init.headers['authorization'] ?? (await authorization()) },
        followsRedirects: true,
      },
      signal,
    );
    // What octokit hands on as data is the body: ours is JSON that is read already.
    return { status: answer.status, url: given, headers: answer.headers, body: answer.json };
  };
  const octokit = new Octokit({
    baseUrl: `${address.baseUrl}${address.rest}`,
    userAgent: 'vigie',
    request: { fetch: ask, parseSuccessResponseBody: false },
    log: { debug: note, info: note, warn: note, error: note },
  });
  const app = settings.app;
  const auth = app
    ? createAppAuth({
        appId: app.id,
        privateKey: app.privateKey,
        installationId: app.installation,
        request: octokit.request,
      })
    : null;
  async function authorization(): Promise<string> {
    if (!auth) return `Bearer ${settings.token}`;
    return `Bearer ${(await own(auth({ type: 'installation' }))).token}`;
  }
  return { octokit, authorization };
}

interface FetchInit {
  readonly method: string;
  readonly body?: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** octokit wraps what our transport throws; what it meant is the cause. */
export async function own<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined;
    if (cause instanceof Error) throw cause;
    if (isKeyProblem(error)) {
      throw new RemoteError('github', `the private key of the GitHub App cannot be used: ${error.message}`, {
        todo: 'generate a private key in the settings of the App and give it as `app.privateKey`, line ends included',
        cause: error,
      });
    }
    throw error;
  }
}

function isKeyProblem(error: unknown): error is Error {
  return error instanceof Error && /private.?key|PKCS|PEM|DER|asn1|decoder|JWK/i.test(error.message);
}
