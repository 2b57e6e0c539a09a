import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../src/demo/jira/faults.ts';
import { startJira } from '../../../src/demo/jira/start-jira.ts';
import type { JiraOptions, JiraServer } from '../../../src/demo/jira/start-jira.ts';
import { scale } from '../../../src/demo/portfolio/scale.ts';
import { ask, authorization } from './ask.ts';
import type { SearchJson } from './ask.ts';

const now = Date.parse('2026-11-24T08:30:00Z');
const search = '/rest/api/3/search/jql';
const query = { jql: 'project = BIG' };
let server: JiraServer;

async function start(options: Partial<JiraOptions> = {}): Promise<JiraServer> {
  server = await startJira({ portfolio: scale(3, now), mode: 'cloud', ...options });
  return server;
}
afterEach(() => server.close());

describe('who may ask', () => {
  it('refuses wrong credentials, and takes the token as bearer too', async () => {
    await start();
    expect(
      (await ask(server, '/rest/api/3/myself', undefined, { authorization: 'Basic d3Jvbmc6d3Jvbmc=' })).status,
    ).toBe(401);
    expect(
      (await ask(server, '/rest/api/3/myself', undefined, { authorization: `Bearer ${server.credentials.token}` }))
        .status,
    ).toBe(200);
  });

  it('answers nobody with 200 and nothing, except who they are', async () => {
    await start();
    expect((await ask(server, '/rest/api/3/myself', undefined, {})).status).toBe(401);
    const answer = await ask<SearchJson>(server, search, query, {});
    expect(answer).toMatchObject({ status: 200, body: { issues: [], isLast: true } });
  });

  it('stands under a prefix where it has one', async () => {
    await start({ prefix: '/ex/jira/0000' });
    expect(server.url).toMatch(/\/ex\/jira\/0000$/);
    expect((await ask(server, '/rest/api/3/myself')).status).toBe(200);
    const outside = await fetch(`${new URL(server.url).origin}/rest/api/3/myself`, {
      headers: { authorization: authorization(server) },
    });
    expect(outside.status).toBe(404);
  });

  it.each([
    ['/rest/api/3/nonsense', 404],
    ['/rest/api/3/search?jql=project=BIG', 410],
    ['/rest/api/3/field?startAt=0', 400],
    ['/rest/api/2/serverInfo', 404],
  ])('notes a breach of the rules by GET %s', async (path, status) => {
    await start();
    expect((await ask(server, path)).status).toBe(status);
    expect(server.violations).toHaveLength(1);
  });

  it('notes a body without its type, and more than ten requests at once', async () => {
    await start();
    const headers = { authorization: authorization(server), 'content-type': 'text/plain' };
    await fetch(`${server.url}${search}`, { method: 'POST', headers, body: JSON.stringify(query) });
    expect(server.violations).toEqual([expect.stringContaining('application/json')]);
    server.faults.next({ kind: 'stalled-body' }, { times: 11 });
    const asked = Array.from({ length: 11 }, () =>
      ask(server, '/rest/api/3/field', undefined, { authorization: authorization(server) }, 400),
    );
    await Promise.allSettled(asked);
    expect(server.violations.slice(1)).toEqual([expect.stringContaining('11 requests at once')]);
  });
});

describe('what goes wrong', () => {
  it.each<[Fault, number, Record<string, string>]>([
    [
      { kind: 'rate-limit', retryAfter: '7', reason: 'jira-burst-based' },
      429,
      { 'retry-after': '7', 'ratelimit-reason': 'jira-burst-based' },
    ],
    [{ kind: 'rate-limit' }, 429, {}],
    [{ kind: 'rate-limit', retryAfter: 'soon' }, 429, { 'retry-after': 'soon' }],
    [{ kind: 'unavailable', retryAfter: '1' }, 503, { 'retry-after': '1' }],
    [{ kind: 'server-error' }, 500, {}],
    [{ kind: 'unauthorized' }, 401, {}],
    [{ kind: 'forbidden' }, 403, {}],
    [{ kind: 'token-refused' }, 400, {}],
    [{ kind: 'redirect', location: 'http://169.254.169.254/' }, 302, { location: 'http://169.254.169.254/' }],
  ])('answers %o once', async (fault, status, headers) => {
    await start();
    server.faults.next(fault);
    const answer = await ask(server, search, query);
    expect(answer.status).toBe(status);
    for (const name of ['retry-after', 'ratelimit-reason', 'location'])
      expect(answer.headers.get(name)).toBe(headers[name] ?? null);
    expect(server.requests).toEqual([{ method: 'POST', path: search, status }]);
  });

  it.each<Fault>([{ kind: 'cut-body' }, { kind: 'cut-gzip' }, { kind: 'reset' }, { kind: 'html' }])(
    'breaks the answer by %o',
    async (fault) => {
      await start();
      server.faults.next(fault);
      await expect(ask(server, search, query)).rejects.toThrow(/terminated|fetch failed|JSON/);
      expect((await ask(server, search, query)).status).toBe(200);
    },
  );

  it('stalls in the middle of a body until the client gives up', async () => {
    await start();
    server.faults.next({ kind: 'stalled-body' });
    const response = await fetch(`${server.url}/rest/api/3/field`, {
      headers: { authorization: authorization(server) },
      signal: AbortSignal.timeout(150),
    });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(/timeout|aborted/i);
  });

  it('hits only the path that is meant, as often as is said', async () => {
    await start();
    server.faults.next({ kind: 'server-error' }, { path: /myself$/, times: 2 });
    const statuses = [];
    for (const path of ['field', 'myself', 'myself', 'myself'])
      statuses.push((await ask(server, `/rest/api/3/${path}`)).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
  });

  it('takes a share of requests, the same ones for the same seed', async () => {
    const run = async (seed: number) => {
      await start();
      server.faults.randomly({ seed, rate: 0.4, among: [{ kind: 'unavailable' }, { kind: 'rate-limit' }] });
      for (let count = 0; count < 30; count++) await ask(server, '/rest/api/3/field');
      const statuses = server.requests.map((line) => line.status);
      await server.close();
      return statuses;
    };
    const first = await run(5);
    expect(first.filter((status) => status !== 200).length).toBeGreaterThan(4);
    expect(await run(5)).toEqual(first);
    expect(await run(6)).not.toEqual(first);
  });

  it('lets the token expire after so many requests', async () => {
    await start();
    server.faults.expiresAfter = 2;
    const statuses = [];
    for (let count = 0; count < 4; count++) statuses.push((await ask(server, '/rest/api/3/myself')).status);
    expect(statuses).toEqual([200, 200, 401, 401]);
  });

  it('notes who asks again before Retry-After, for the endpoint or, by quota, for all', async () => {
    let at = now;
    await start({ clock: { now: () => at, sleep: async () => {} } });
    server.faults.next({ kind: 'rate-limit', retryAfter: '5', reason: 'jira-burst-based' });
    await ask(server, '/rest/api/3/field');
    await ask(server, '/rest/api/3/status');
    expect(server.violations).toEqual([]);
    await ask(server, '/rest/api/3/field');
    expect(server.violations).toHaveLength(1);
    at += 5000;
    await ask(server, '/rest/api/3/field');
    expect(server.violations).toHaveLength(1);
    server.faults.next({ kind: 'rate-limit', retryAfter: '60', reason: 'jira-quota-tenant-based' });
    await ask(server, '/rest/api/3/field');
    await ask(server, '/rest/api/3/status');
    expect(server.violations).toHaveLength(2);
  });
});
