import { createHttp } from '../../lib/http.ts';
import type { Http } from '../../lib/http.ts';
import { createRandom } from '../../lib/random.ts';
import type { SourceDeps } from '../source.ts';
import type { GitlabSettings } from './settings.ts';

/** Our way to one GitLab. Every kind of access token goes in the same header. */
export function connect(settings: GitlabSettings, { clock, log }: Pick<SourceDeps, 'clock' | 'log'>): Http {
  const { host, token, timeout, concurrency } = settings;
  return createHttp({
    service: 'gitlab',
    name: 'GitLab',
    baseUrl: host,
    headers: { 'PRIVATE-TOKEN': token },
    secret: token,
    clock,
    random: createRandom(clock.now()),
    log,
    timeoutMs: timeout * 1000,
    concurrency,
  });
}
