import { createHttp } from '../../lib/http.ts';
import type { Http } from '../../lib/http.ts';
import { createRandom } from '../../lib/random.ts';
import type { SourceDeps } from '../source.ts';
import { apiAddress } from './address.ts';
import { readRefusal } from './refusal.ts';
import type { GithubSettings } from './settings.ts';

/** GitHub asks who met a secondary limit without a word of its end to wait a minute at least. */
const limitDelayMs = 60_000;

/** Our way to one GitHub; who asks is said with each request, as an App's token lives for an hour. */
export function connect(settings: GithubSettings, { clock, log }: Pick<SourceDeps, 'clock' | 'log'>): Http {
  const { host, token, app, timeout, concurrency } = settings;
  return createHttp({
    service: 'github',
    name: 'GitHub',
    baseUrl: apiAddress(host).baseUrl,
    headers: {},
    secret: token ?? app!.privateKey,
    ...(app ? { credential: `the GitHub App ${app.id}` } : {}),
    clock,
    random: createRandom(clock.now()),
    log,
    timeoutMs: timeout * 1000,
    concurrency,
    limitDelayMs,
    readRefusal,
  });
}
