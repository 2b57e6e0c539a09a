import { createHttp } from '../../lib/http.ts';
import type { Http } from '../../lib/http.ts';
import { createRandom } from '../../lib/random.ts';
import type { SourceDeps } from '../source.ts';
import { readPause, readRefusal } from './refusal.ts';
import type { AzureDevopsSettings } from './settings.ts';

/** Our way to one organization, or to its releases, which live on another host. */
export function connect(
  settings: AzureDevopsSettings,
  { clock, log }: Pick<SourceDeps, 'clock' | 'log'>,
  baseUrl = settings.host,
): Http {
  const { token, timeout, concurrency } = settings;
  return createHttp({
    service: 'azure-devops',
    name: 'Azure DevOps',
    baseUrl,
    headers: {
      Authorization: isEntra(token) ? `Bearer ${token}` : `Basic ${Buffer.from(`:${token}`).toString('base64')}`,
      // Otherwise a token that is not taken is answered with a redirect to a page for people.
      'X-TFS-FedAuthRedirect': 'Suppress',
    },
    secret: token,
    clock,
    random: createRandom(clock.now()),
    log,
    timeoutMs: timeout * 1000,
    concurrency,
    readRefusal,
    readPause,
  });
}

/** Tokens of Entra ID are JSON web tokens. */
function isEntra(token: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/.test(token);
}

/** Classic releases answer at a host of their own, but for a server of your own. */
export function releaseHost(host: string): string {
  const url = new URL(host);
  if (url.hostname === 'dev.azure.com') url.hostname = 'vsrm.dev.azure.com';
  else url.hostname = url.hostname.replace(/^([^.]+)\.visualstudio\.com$/, '$1.vsrm.visualstudio.com');
  return url.href.replace(/\/+$/, '');
}
