import { readFileSync } from 'node:fs';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import nock from 'nock';
import { afterEach, describe, expect, it } from 'vitest';
import { RemoteError } from '../../src/lib/errors.ts';
import { createHttp } from '../../src/lib/http.ts';
import type { HttpOptions } from '../../src/lib/http.ts';
import { createRandom } from '../../src/lib/random.ts';
import { jumpingClock } from './jumping-clock.ts';
import { json, scriptedServer } from './scripted-server.ts';
import type { Answer } from './scripted-server.ts';

const now = Date.parse('2026-11-24T08:30:00Z');
const secret = 'ATATT-canary-0123456789-a91f';
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function open(answers: readonly Answer[], options: Partial<HttpOptions> = {}) {
  const server = await scriptedServer(...answers);
  cleanups.push(() => server.close());
  return { server, ...openAt(server.url, options) };
}

function openAt(baseUrl: string, options: Partial<HttpOptions> = {}) {
  const clock = jumpingClock(now);
  const lines: string[] = [];
  const write = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const http = createHttp({
    service: 'jira',
    name: 'Jira',
    baseUrl,
    headers: { Authorization: `Basic ${Buffer.from(`me@acme.com:${secret}`).toString('base64')}` },
    secret,
    clock,
    random: createRandom(1),
    log: { debug: write, info: write, warn: write, error: write },
    timeoutMs: 5_000,
    idleMs: 5_000,
    ...options,
  });
  return { http, clock, lines };
}

const get = { method: 'GET', path: '/rest/api/3/myself' } as const;
const fine = json({ ok: true });

async function failure(promise: Promise<unknown>): Promise<RemoteError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RemoteError);
  return error as RemoteError;
}

describe('limits and outages', () => {
  it.each<[string, Record<string, string>, (waits: readonly number[]) => boolean]>([
    ['in seconds', { 'Retry-After': '7' }, ([wait]) => wait! >= 6_900 && wait! <= 7_500],
    [
      'as a date',
      { 'Retry-After': new Date(now + 60_000).toUTCString() },
      ([wait]) => wait! > 50_000 && wait! <= 60_500,
    ],
    ['0', { 'Retry-After': '0' }, ([wait]) => wait! >= 1_400 && wait! <= 2_600],
    ['-1', { 'Retry-After': '-1' }, ([wait]) => wait! >= 1_400 && wait! <= 2_600],
    ['soon', { 'Retry-After': 'soon' }, ([wait]) => wait! >= 1_400 && wait! <= 2_600],
    ['absent', {}, ([wait]) => wait! >= 1_400 && wait! <= 2_600],
  ])('waits out a 429 with Retry-After %s', async (_, headers, isRight) => {
    const { http, clock, server } = await open([json({}, 429, headers), fine]);
    expect(await http.read(get)).toEqual({ ok: true });
    expect(clock.waits).toSatisfy(isRight);
    expect(server.requests).toHaveLength(2);
  });

  it('does not sleep for an hour, nor asks again before it is over', async () => {
    const { http, clock, server } = await open([json({}, 429, { 'Retry-After': '3600' }), fine]);
    const error = await failure(http.read(get));
    expect(error.status).toBe(429);
    expect(error.retryAt).toBeGreaterThanOrEqual(now + 3_600_000);
    expect(error.todo).toMatch(/next pull/);
    expect((await failure(http.read({ ...get, path: '/rest/api/3/field' }))).retryAt).toBe(error.retryAt);
    expect(server.requests).toHaveLength(1);
    clock.advance(3_601_000);
    expect(await http.read(get)).toEqual({ ok: true });
  });

  it('lets other endpoints go on after a burst limit, and stops everything for a quota', async () => {
    const burst = { 'Retry-After': '200', 'RateLimit-Reason': 'jira-burst-based' };
    const one = await open([json({}, 429, burst), fine], { maxRetries: 0 });
    await failure(one.http.read(get));
    await one.http.read({ ...get, path: '/rest/api/3/field' });
    expect(one.clock.waits).toEqual([]);
    await one.http.read(get);
    expect(one.clock.waits).toEqual([]);

    const patient = await open([json({}, 429, burst), fine]);
    await patient.http.read(get);
    expect(patient.clock.waits[0]).toBeGreaterThan(199_000);

    const quota = await open([json({}, 429, { ...burst, 'RateLimit-Reason': 'jira-quota-tenant-based' }), fine]);
    const slow = quota.http.read(get);
    await slow;
    expect(quota.clock.waits[0]).toBeGreaterThan(199_000);
  });

  it('waits longer after a limit that does not say how long it lasts, where the tool asks for it', async () => {
    const { http, clock } = await open([json({}, 503), json({}, 429), fine], { limitDelayMs: 60_000 });
    expect(await http.read(get)).toEqual({ ok: true });
    expect(clock.waits[0]).toBeLessThan(3_000);
    expect(clock.waits[1]).toBeGreaterThanOrEqual(60_000);
  });

  it.each([500, 502, 503, 504, 408])('asks again after %i', async (status) => {
    const { http, server } = await open([json({}, status), json({}, status), fine]);
    expect(await http.read({ method: 'POST', path: '/rest/api/3/search/jql', body: { jql: 'x' } })).toEqual({
      ok: true,
    });
    expect(server.requests).toHaveLength(3);
  });

  it('gives up after five more tries, and says what to do', async () => {
    const { http, clock, server } = await open([json({ errorMessages: ['Down for\n\u202Emaintenance'] }, 503)]);
    const error = await failure(http.read(get));
    expect(server.requests).toHaveLength(6);
    expect(error).toMatchObject({ status: 503, todo: expect.stringContaining('next pull') });
    expect(error.message).toContain('Down for maintenance');
    expect(clock.waits.map((wait) => Math.round(wait / 1000))).toSatisfy((waits: number[]) =>
      waits.every(
        (wait, index) => wait >= Math.floor([1.4, 2.8, 5.6, 11.2, 21][index]!) && wait <= [3, 6, 11, 21, 39][index]!,
      ),
    );
  });

  it.each([400, 401, 403, 404, 410])('does not ask again after %i', async (status) => {
    const { http, server } = await open([json({ errorMessages: ['No.'] }, status)]);
    const error = await failure(http.read(get));
    expect(error.status).toBe(status);
    expect(error.todo).toMatch(/\w+ \w+/);
    expect(server.requests).toHaveLength(1);
  });

  it('has no more under way than it was told', async () => {
    let underWay = 0;
    let most = 0;
    const { http } = await open(
      [
        (response) => {
          most = Math.max(most, ++underWay);
          setTimeout(() => {
            underWay--;
            fine(response, undefined as never);
          }, 5);
        },
      ],
      { concurrency: 3 },
    );
    await Promise.all(Array.from({ length: 20 }, () => http.read(get)));
    expect(most).toBe(3);
    expect(http.requestCount()).toBe(20);
  });
});

describe('tools whose status does not tell what they mean', () => {
  const limited = { errors: [{ message: 'Rate limit exceeded' }] };
  const readRefusal: HttpOptions['readRefusal'] = ({ json: body, headers }) =>
    JSON.stringify(body)?.includes('errors')
      ? { status: 429, message: 'Rate limit exceeded', until: Number(headers.get('x-reset')), todo: 'ask for less' }
      : null;

  it.each([200, 400])('waits for a limit that came with %d until its own header says', async (status) => {
    const answers = [json(limited, status, { 'x-reset': String(now + 90_000) }), fine];
    const { http, clock, server } = await open(answers, { readRefusal });
    expect(await http.read(get)).toEqual({ ok: true });
    expect(clock.waits[0]).toSatisfy((wait: number) => wait > 88_000 && wait < 91_000);
    expect(server.requests).toHaveLength(2);
  });

  it('tells of it in the words of the tool, and when to come back', async () => {
    const until = now + 3_600_000;
    const { http } = await open([json(limited, 200, { 'x-reset': String(until) })], { readRefusal });
    const error = await failure(http.read(get));
    expect(error).toMatchObject({ status: 429, retryAt: until, todo: 'ask for less' });
    expect(error.message).toContain('Rate limit exceeded');
  });

  it('leaves a tool alone that answered well and asked for a pause', async () => {
    const { http, clock } = await open([json({ ok: true }, 200, { 'x-delay': '20' }), fine], {
      readPause: (headers, at) => (headers.has('x-delay') ? at + Number(headers.get('x-delay')) * 1000 : null),
    });
    await http.read(get);
    expect(clock.waits).toEqual([]);
    await http.read(get);
    expect(clock.waits[0]).toSatisfy((wait: number) => wait > 18_000 && wait <= 20_000);
  });
});

describe('broken answers', () => {
  const half = (response: Parameters<Answer>[0], headers: Record<string, string | number>, body: Buffer) => {
    response.writeHead(200, { 'Content-Type': 'application/json', ...headers });
    return response.write(body.subarray(0, body.length / 2));
  };
  const body = Buffer.from(JSON.stringify({ ok: 'x'.repeat(5_000) }));

  it.each<[string, Answer]>([
    [
      'cut',
      (response) => {
        half(response, { 'Content-Length': body.length }, body);
        setTimeout(() => response.destroy(), 10);
      },
    ],
    [
      'cut in good order',
      (response) => {
        half(response, {}, body);
        response.end();
      },
    ],
    [
      'cut gzip',
      (response) => {
        half(response, { 'Content-Encoding': 'gzip' }, gzipSync(body));
        response.end();
      },
    ],
    [
      'no gzip at all',
      (response) => {
        response.writeHead(200, { 'Content-Encoding': 'gzip' });
        response.end('{"ok":true}');
      },
    ],
    ['empty', json('')],
    ['reset', (response) => response.socket!.resetAndDestroy()],
  ])('asks again when the answer is %s', async (_, broken) => {
    const { http, server } = await open([broken, fine]);
    expect(await http.read(get)).toEqual({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  it('does not wait for ever for a body that stalls, nor for an answer that never begins', async () => {
    const stalled: Answer = (response) => half(response, { 'Content-Length': body.length }, body);
    const { http } = await open([stalled, () => {}, fine], { timeoutMs: 150, idleMs: 60 });
    expect(await http.read(get)).toEqual({ ok: true });
    const given = await open([stalled], { idleMs: 30, maxRetries: 1 });
    expect((await failure(given.http.read(get))).message).toContain('the answer stalled for 0.03 s');
  });

  it('takes a long body as long as it goes on coming', async () => {
    const { http } = await open(
      [
        (response) => {
          response.writeHead(200);
          const pieces = ['{"ok"', ':', 'tr', 'ue', '}'];
          const next = () => (pieces.length ? (response.write(pieces.shift()), setTimeout(next, 25)) : response.end());
          next();
        },
      ],
      { idleMs: 80, timeoutMs: 60 },
    );
    expect(await http.read(get)).toEqual({ ok: true });
  });

  it.each(['text/html', 'application/json'])('knows a login page sent with 200 as %s', async (type) => {
    const { http, server } = await open([
      json('\n<!DOCTYPE html><title>Log in</title>', 200, { 'Content-Type': type }),
    ]);
    const error = await failure(http.read(get));
    expect(error.message).toContain('a login page came instead of JSON');
    expect(error.todo).toMatch(/host.*token/);
    expect(server.requests).toHaveLength(1);
  });

  it('reads a byte order mark, deep nesting and keys that look like prototypes without harm', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const { http } = await open([json(`\uFEFF{"__proto__":{"isAdmin":true},"constructor":1,"deep":${deep}}`)]);
    const answer = (await http.read(get)) as Record<string, unknown>;
    expect(answer['isAdmin']).toBeUndefined();
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
    expect(answer['deep']).toHaveLength(1);
  });

  it('stops reading at its limit', async () => {
    const { http, server } = await open([json({ ok: 'x'.repeat(3 * 1024 * 1024) })], { maxBytes: 1024 * 1024 });
    expect((await failure(http.read(get))).message).toContain('more than 1 MB');
    expect(server.requests).toHaveLength(1);
  });

  it('reads 49 MB', async () => {
    const { http } = await open([json({ ok: 'x'.repeat(49 * 1024 * 1024) })]);
    expect(((await http.read(get)) as { ok: string }).ok).toHaveLength(49 * 1024 * 1024);
  });
});

describe('who is spoken to', () => {
  it('follows no redirect: the token stays here', async () => {
    const redirect = json('', 302, { Location: 'http://169.254.169.254/latest/meta-data' });
    const { http, server } = await open([redirect]);
    const error = await failure(http.read(get));
    expect(error.status).toBe(302);
    expect(error.message).toMatch(/sends GET .* elsewhere, to 169\.254\.169\.254/);
    expect(error.todo).toContain('`host`');
    expect(server.requests).toHaveLength(1);
  });

  it('goes after what was renamed when it is told to, on its own host and under its own prefix only', async () => {
    const moved = (location: string) => json('', 302, { Location: location });
    const renamed = await scriptedServer(moved('/git/api/v4/projects/7'), fine);
    cleanups.push(() => renamed.close());
    const { http } = openAt(`${renamed.url}/git`);
    expect(await http.read({ ...get, followsRedirects: true })).toEqual({ ok: true });
    expect(renamed.requests.map(({ url }) => url)).toEqual(['/git/rest/api/3/myself', '/git/api/v4/projects/7']);
    for (const location of ['/admin', '//169.254.169.254/git/x', 'http://evil.example/git/x']) {
      const { http: strict, server } = await open([moved(location)], {});
      const prefixed = openAt(`${server.url}/git`);
      expect((await failure(prefixed.http.read({ ...get, followsRedirects: true }))).status).toBe(302);
      expect((await failure(strict.read(get))).status).toBe(302);
    }
    const { http: circling, server: circle } = await open([moved('/again')]);
    expect((await failure(circling.read({ ...get, followsRedirects: true }))).status).toBe(302);
    expect(circle.requests).toHaveLength(4);
  });

  it('gives headers with an answer, and null for what has not changed', async () => {
    const { http, server } = await open([json([1], 200, { ETag: 'W/"a"' }), json('', 304, { ETag: 'W/"a"' })]);
    const first = await http.ask(get);
    expect([first.json, first.headers.get('etag')]).toEqual([[1], 'W/"a"']);
    expect(await http.ask({ ...get, headers: { 'If-None-Match': 'W/"a"' } })).toMatchObject({
      status: 304,
      json: null,
    });
    expect(server.requests[1]!.headers['if-none-match']).toBe('W/"a"');
  });

  it.each(['/rest/../../admin', '/rest/api/3/issue/A-1?x=y', '/rest/api/3/issue/A-1#z', '@evil.example/'])(
    'never leaves its host and prefix for %s',
    async (path) => {
      const { http, server } = await open([fine]);
      await expect(http.read({ method: 'GET', path })).rejects.toThrow('may not leave');
      expect(server.requests).toHaveLength(0);
    },
  );

  it('keeps a path prefix and repeats the key of a list', async () => {
    const server = await scriptedServer(fine);
    cleanups.push(() => server.close());
    const { http } = openAt(`${server.url}/ex/jira/0000`);
    await http.read({ ...get, query: { fields: ['a', 'b'], jql: 'a = "b c" & d', none: undefined, nil: null } });
    expect(server.requests[0]!.url).toBe('/ex/jira/0000/rest/api/3/myself?fields=a&fields=b&jql=a+%3D+%22b+c%22+%26+d');
  });

  it('asks only the host of the config, wherever its name points to meanwhile', async () => {
    nock.disableNetConnect();
    cleanups.push(() => (nock.cleanAll(), nock.enableNetConnect(), nock.restore()));
    const links = { self: 'http://169.254.169.254/rest/api/3/myself', nextPage: 'http://10.0.0.1/next' };
    nock('https://acme.example').get('/rest/api/3/myself').reply(200, links);
    const { http } = openAt('https://acme.example');
    expect(await http.read(get)).toEqual(links);
    expect(nock.isDone()).toBe(true);
  });

  it('refuses an expired certificate at once and says what to do', async () => {
    const fixture = (name: string) => readFileSync(new URL(`expired-${name}.pem`, import.meta.url));
    const server = createTlsServer({ key: fixture('key'), cert: fixture('certificate') }, (_, response) =>
      response.end('{}'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => server.close());
    const { http, clock } = openAt(`https://localhost:${(server.address() as AddressInfo).port}`);
    const error = await failure(http.read(get));
    expect(error.status).toBeNull();
    expect(error.message).toMatch(/certificate/);
    expect(error.todo).toMatch(/certificate|NODE_EXTRA_CA_CERTS/);
    expect(clock.waits).toEqual([]);
  });

  it('says that nothing listens', async () => {
    const { http, server } = await open([fine], { maxRetries: 1 });
    await server.close();
    const error = await failure(http.read(get));
    expect(error.status).toBeNull();
    expect(error.todo).toMatch(/nothing listens at 127\.0\.0\.1/);
  });
});

describe('the token', () => {
  it('is told by its last four characters, and stands in no error and no log line', async () => {
    const echo: Answer = (response, request) =>
      json({ errorMessages: [`bad ${request.headers.authorization}`, secret] }, 401)(response, request);
    const busy: Answer = (response, request) =>
      json({ message: `busy ${request.headers.authorization}` }, 503)(response, request);
    const { http, lines } = await open([busy, echo]);
    const error = await failure(http.read(get));
    expect(error.message).toContain('Jira answers 401 for the token ending …a91f');
    expect(error.todo).toContain('vigie check');
    const said = `${error.message} ${error.stack} ${JSON.stringify(error)} ${lines.join(' ')}`;
    expect(lines).toHaveLength(1);
    expect(said).not.toContain(secret);
    expect(said).not.toContain(Buffer.from(`me@acme.com:${secret}`).toString('base64'));
  });

  it('shows nothing of one that is short', async () => {
    const { http } = await open([json({}, 401)], { secret: 'abcd1234' });
    expect((await failure(http.read(get))).message).toBe('Jira answers 401 for the token');
  });
});

describe('an abort', () => {
  it.each<[string, Answer]>([
    ['before the answer', () => {}],
    ['in the body', (response) => response.writeHead(200).write('{')],
  ])('ends a request %s with its own reason', async (_, answer) => {
    const { http } = await open([answer]);
    const controller = new AbortController();
    const read = http.read(get, controller.signal);
    setTimeout(() => controller.abort(new Error('stopped by hand')), 30);
    await expect(read).rejects.toThrow('stopped by hand');
  });

  it('sends nothing when it came before', async () => {
    const { http, server } = await open([fine]);
    await expect(http.read(get, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(server.requests).toHaveLength(0);
  });
});

it("knows the server's clock by its Date header", async () => {
  const { http } = await open([json({}, 200, { Date: new Date(now + 300_000).toUTCString() })]);
  expect(http.skewMs()).toBeNull();
  await http.read(get);
  expect(http.skewMs()).toBeGreaterThan(298_000);
  expect(http.skewMs()).toBeLessThanOrEqual(300_000);
});
