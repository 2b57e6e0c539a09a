import { afterEach, describe, expect, it } from 'vitest';
import { createHealthRoutes, startHealthServer } from '../../src/web/health.ts';
import type { HealthServer, ReadinessCheck } from '../../src/web/health.ts';

let server: HealthServer | null = null;
afterEach(() => server?.close());

type Troubles = () => Promise<Readonly<Record<string, number>>>;

async function ask(
  path: string,
  checks: Record<string, ReadinessCheck> = {},
  { isStopping = false, method = 'GET', troubles }: { isStopping?: boolean; method?: string; troubles?: Troubles } = {},
): Promise<[number, unknown]> {
  const more = troubles ? { troubles } : {};
  const routes = createHealthRoutes({ checks, isStopping: () => isStopping, timeoutMs: 50, ...more });
  server = await startHealthServer({ host: '127.0.0.1', port: 0, routes });
  const response = await fetch(`${server.url}${path}`, { method });
  const text = await response.text();
  return [response.status, text === '' ? '' : JSON.parse(text)];
}

const fine: ReadinessCheck = () => Promise.resolve(null);

describe('health', () => {
  it.each<[string, string, Record<string, ReadinessCheck>, object, number, unknown]>([
    ['lives', '/healthz', {}, {}, 200, { ok: true }],
    ['lives while it stops', '/healthz', {}, { isStopping: true }, 200, { ok: true }],
    ['is ready', '/readyz', { database: fine }, {}, 200, { ok: true, checks: { database: 'ok' } }],
    ['is asked by HEAD', '/readyz?verbose', { database: fine }, { method: 'HEAD' }, 200, ''],
    ['is stopping', '/readyz', { database: fine }, { isStopping: true }, 503, { ok: false, stopping: true }],
    [
      'lacks something',
      '/readyz',
      { database: fine, slack: () => Promise.resolve('not connected') },
      {},
      503,
      { ok: false, checks: { database: 'ok', slack: 'not connected' } },
    ],
    [
      'has a check that throws, and keeps the reason to itself',
      '/readyz',
      { database: () => Promise.reject(new Error('password is hunter2')) },
      {},
      503,
      { ok: false, checks: { database: 'failed' } },
    ],
    [
      'has a check that hangs',
      '/readyz',
      { database: () => new Promise(() => {}) },
      {},
      503,
      { ok: false, checks: { database: 'no answer within 50 ms' } },
    ],
    [
      'is ready though a person has something to mend, and tells how much',
      '/readyz',
      { database: fine },
      { troubles: () => Promise.resolve({ channel: 2 }) },
      200,
      { ok: true, checks: { database: 'ok' }, troubles: { channel: 2 } },
    ],
    [
      'is ready though its troubles cannot be counted',
      '/readyz',
      { database: fine },
      { troubles: () => Promise.reject(new Error('no table')) },
      200,
      { ok: true, checks: { database: 'ok' } },
    ],
    ['knows no other path', '/metrics', {}, {}, 404, { ok: false }],
    ['takes no POST', '/healthz', {}, { method: 'POST' }, 405, { ok: false }],
  ])('%s', async (_name, path, checks, options, status, body) => {
    expect(await ask(path, checks, options)).toEqual([status, body]);
  });
});
