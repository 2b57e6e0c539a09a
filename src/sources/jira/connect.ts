import { createHttp } from '../../lib/http.ts';
import type { Http } from '../../lib/http.ts';
import { createRandom } from '../../lib/random.ts';
import type { SourceDeps } from '../source.ts';
import type { JiraSettings } from './settings.ts';

/** Our way to one Jira. Cloud takes e-mail and API token as Basic; Data Center a personal access token as Bearer. */
export function connect(settings: JiraSettings, { clock, log }: Pick<SourceDeps, 'clock' | 'log'>): Http {
  const { host, email, token, timeout, concurrency } = settings;
  const authorization = email ? `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}` : `Bearer ${token}`;
  return createHttp({
    service: 'jira',
    name: 'Jira',
    baseUrl: host,
    headers: { Authorization: authorization },
    secret: token,
    clock,
    random: createRandom(clock.now()),
    log,
    timeoutMs: timeout * 1000,
    concurrency,
  });
}
