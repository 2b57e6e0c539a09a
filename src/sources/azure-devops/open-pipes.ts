import type { Http } from '../../lib/http.ts';
import type { SourceDeps } from '../source.ts';
import { openCode } from './code-client.ts';
import type { CodeClient } from './code-client.ts';
import { connect, releaseHost } from './connect.ts';
import type { AzureDevopsSettings } from './settings.ts';

/** Repositories and pipelines, with a way of their own to classic releases where these are on another host. */
export async function openPipes(
  settings: AzureDevopsSettings,
  deps: SourceDeps,
  { http, signal }: { readonly http: Http; readonly signal?: AbortSignal },
): Promise<CodeClient> {
  const baseUrl = settings.host;
  const releaseUrl = releaseHost(baseUrl);
  const releaseHttp = releaseUrl === baseUrl ? http : connect(settings, deps, releaseUrl);
  return openCode({ http, baseUrl, releaseHttp, releaseUrl, signal });
}
