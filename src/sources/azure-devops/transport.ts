import type { ClientApiBase } from 'azure-devops-node-api/ClientApiBases.js';
import type { Http, HttpAnswer, HttpRequest } from '../../lib/http.ts';

type Rest = ClientApiBase['rest'];
type Api<T> = new (baseUrl: string, handlers: [], options?: object) => T;

/**
 * Opens one API of the library on our own transport, which alone knows limits, retries and where a token may go. The
 * library builds addresses and agrees with the server on a version of each resource; what comes back it hands through
 * as one object, so that headers stay and values are read by our own readers.
 */
export function openApi<T extends ClientApiBase>(
  Api: Api<T>,
  VsoClient: new (baseUrl: string, rest: Rest) => ClientApiBase['vsoClient'],
  {
    http,
    baseUrl,
    signal,
  }: { readonly http: Http; readonly baseUrl: string; readonly signal: AbortSignal | undefined },
): T {
  const ask = async (
    method: HttpRequest['method'],
    address: string,
    { body, accept }: { readonly body?: unknown; readonly accept?: string | undefined } = {},
  ): Promise<HttpAnswer> => {
    const { pathname, searchParams } = new URL(address);
    const prefix = new URL(baseUrl).pathname.replace(/\/+$/, '');
    const path = pathname.slice(prefix.length);
    const query = Object.fromEntries(searchParams);
    const headers = accept ? { Accept: accept } : {};
    return http.ask({ method, path, query, headers, ...(body === undefined ? {} : { body }) }, signal);
  };
  const whole = (answer: HttpAnswer) => ({ result: { answer }, statusCode: answer.status, headers: {} });
  type Options = { readonly acceptHeader?: string };
  const rest = {
    get: async (address: string, options?: Options) =>
      whole(await ask('GET', address, { accept: options?.acceptHeader })),
    create: async (address: string, body: unknown, options?: Options) =>
      whole(await ask('POST', address, { body, accept: options?.acceptHeader })),
    // Where each resource is, and in which versions: this one the library reads itself.
    options: async (address: string) => ({
      result: (await ask('OPTIONS', address)).json,
      statusCode: 200,
      headers: {},
    }),
  } as unknown as Rest;
  const api = new Api(baseUrl, []);
  return Object.assign(api, { rest, vsoClient: new VsoClient(baseUrl, rest) });
}

/** The answer that came through the library. */
export function answerOf(result: unknown): HttpAnswer {
  return (result as { readonly answer: HttpAnswer }).answer;
}
