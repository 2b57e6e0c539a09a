import type { Clock } from '../lib/clock.ts';
import { withSlash } from './post.ts';

const slackApi = 'https://slack.com/api/';
/** Whoever asks can do nothing meanwhile. */
const timeoutMs = 5_000;

/**
 * How far Slack's clock is ahead of ours, to the second, by the `Date` of an answer that needs no token; null when it
 * does not answer.
 */
export async function readSlackSkew({
  apiUrl,
  clock,
}: {
  readonly apiUrl?: string | undefined;
  readonly clock: Clock;
}) {
  try {
    const url = new URL('api.test', withSlash(apiUrl ?? slackApi));
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', redirect: 'manual', signal });
    await response.body?.cancel();
    const at = response.ok ? Date.parse(response.headers.get('date') ?? '') : Number.NaN;
    return Number.isNaN(at) ? null : at - clock.now();
  } catch {
    return null;
  }
}
