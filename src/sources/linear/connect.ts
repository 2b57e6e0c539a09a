import { createHttp } from '../../lib/http.ts';
import type { Http } from '../../lib/http.ts';
import { createRandom } from '../../lib/random.ts';
import type { SourceDeps } from '../source.ts';
import { createRefusalReader } from './refusal.ts';
import type { LinearSettings } from './settings.ts';

/** Our way to Linear. An API key goes bare into the header, a token of OAuth as a bearer's. */
export async function connect(
  settings: LinearSettings,
  { clock, log }: Pick<SourceDeps, 'clock' | 'log'>,
): Promise<Http> {
  const { host, token, timeout, concurrency } = settings;
  return createHttp({
    service: 'linear',
    name: 'Linear',
    baseUrl: host,
    headers: { Authorization: token.startsWith('lin_api_') ? token : `Bearer ${token}` },
    secret: token,
    clock,
    random: createRandom(clock.now()),
    log,
    timeoutMs: timeout * 1000,
    concurrency,
    readRefusal: await createRefusalReader(),
  });
}
