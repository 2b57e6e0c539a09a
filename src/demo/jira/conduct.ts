import type { IncomingHttpHeaders } from 'node:http';

/** How many requests a client should have under way at once: the advice is 5 to 10. */
const mostAtOnce = 10;

/** Watches how a client behaves over several requests; each answer is a line for the list of violations, or null. */
export function createConduct(now: () => number) {
  const notBefore = new Map<string, number>();
  let underWay = 0;

  return {
    arrive(): string | null {
      underWay++;
      return underWay > mostAtOnce ? `${underWay} requests at once, at most ${mostAtOnce} are polite` : null;
    },
    leave(): void {
      underWay--;
    },
    patience(endpoint: string): string | null {
      const until = Math.max(notBefore.get('*') ?? 0, notBefore.get(endpoint) ?? 0);
      const earlyMs = until - now();
      // A timer may fire a little before its time.
      return earlyMs > 50 ? `${endpoint} asked again ${earlyMs} ms before its Retry-After` : null;
    },
    /** A burst limit holds for its endpoint, a quota for everything. */
    wait(endpoint: string, retryAfter: string | undefined, reason: string | undefined): void {
      const seconds = Number(retryAfter);
      if (!retryAfter || !(seconds > 0)) return;
      notBefore.set(reason?.includes('quota') ? '*' : endpoint, now() + seconds * 1000);
    },
    headers(method: string, headers: IncomingHttpHeaders): string | null {
      if (method !== 'POST' || headers['content-type']?.startsWith('application/json')) return null;
      return `a body must be sent as application/json, not ${headers['content-type'] ?? 'without a type'}`;
    },
  };
}
