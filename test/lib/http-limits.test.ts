import { describe, expect, it } from 'vitest';
import { backoffMs, endpointOf, parseRetryAfter, readBackoff } from '../../src/lib/http-limits.ts';
import { createRandom } from '../../src/lib/random.ts';

const now = Date.parse('2026-11-24T08:30:00Z');
const minute = 60_000;

describe('Retry-After', () => {
  it.each<[string | null, number | null]>([
    ['3', now + 3_000],
    [' 120 ', now + 120_000],
    ['0.5', now + 500],
    ['3600', now + 3_600_000],
    ['Tue, 24 Nov 2026 08:31:00 GMT', now + minute],
    ['2026-11-24T08:45Z', now + 15 * minute],
    ['Tue, 24 Nov 2026 08:29:00 GMT', null],
    ['0', null],
    ['-1', null],
    ['soon', null],
    ['', null],
    ['1e999', null],
    [null, null],
  ])('%j means %j', (text, expected) => {
    expect(parseRetryAfter(text, now)).toBe(expected);
  });
});

describe('what a refusal closes', () => {
  it.each<[number, Record<string, string>, { until: number | null; isEndpointOnly: boolean }]>([
    [429, {}, { until: null, isEndpointOnly: false }],
    [429, { 'Retry-After': '7', 'RateLimit-Reason': 'jira-burst-based' }, { until: now + 7_000, isEndpointOnly: true }],
    [
      429,
      { 'Retry-After': '7', 'RateLimit-Reason': 'jira-quota-tenant-based' },
      { until: now + 7_000, isEndpointOnly: false },
    ],
    [
      429,
      { 'Retry-After': '7', 'X-RateLimit-Reset': '2026-11-24T09:00Z', 'RateLimit-Reason': 'jira-quota-global-based' },
      { until: now + 30 * minute, isEndpointOnly: false },
    ],
    [429, { 'X-RateLimit-Reset': '2026-11-24T08:31Z' }, { until: now + minute, isEndpointOnly: false }],
    [
      429,
      { 'Retry-After': 'soon', 'X-RateLimit-Reset': '2026-11-24T08:31Z' },
      { until: now + minute, isEndpointOnly: false },
    ],
    [429, { 'X-RateLimit-Reset': String(now / 1000 + 60) }, { until: now + minute, isEndpointOnly: false }],
    [429, { 'X-RateLimit-Reset': String(now + minute) }, { until: now + minute, isEndpointOnly: false }],
    [429, { 'X-RateLimit-Reset': String(now / 1000 - 60) }, { until: null, isEndpointOnly: false }],
    [
      429,
      { 'X-RateLimit-Reset': String(now / 1000 + 60), 'X-RateLimit-Remaining': '0' },
      { until: now + minute, isEndpointOnly: false },
    ],
    [
      429,
      { 'X-RateLimit-Reset': String(now / 1000 + 60), 'X-RateLimit-Remaining': '4999' },
      { until: null, isEndpointOnly: false },
    ],
    [503, { 'X-RateLimit-Reset': '2026-11-24T08:31Z' }, { until: null, isEndpointOnly: false }],
    [503, { 'Retry-After': '20' }, { until: now + 20_000, isEndpointOnly: false }],
  ])('%i with %j', (status, headers, expected) => {
    expect(readBackoff(status, new Headers(headers), now)).toEqual({ ...expected, isLimit: status === 429 });
  });
});

describe('waiting by our own measure', () => {
  it('doubles from 2 s to 30 s, times 0.7 to 1.3', () => {
    expect([0, 1, 2, 3, 4, 9].map((attempt) => backoffMs(attempt, () => 0.5))).toEqual([
      2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
    expect(backoffMs(0, () => 0)).toBe(1_400);
    expect([0, 1, 2, 5].map((attempt) => backoffMs(attempt, () => 0.5, minute))).toEqual([
      minute,
      2 * minute,
      3 * minute,
      3 * minute,
    ]);
    expect(backoffMs(0, () => 0, minute)).toBe(minute);
    expect(backoffMs(0, () => 0.999_999)).toBe(2_600);
  });

  it('differs from one client to another', () => {
    expect(backoffMs(3, createRandom(1))).not.toBe(backoffMs(3, createRandom(2)));
  });
});

it('counts an endpoint as one whatever the ids in its path', () => {
  expect(endpointOf('GET', '/rest/api/3/issue/10023/changelog')).toBe('GET /rest/api/3/issue/{}/changelog');
  expect(endpointOf('GET', '/rest/api/3/project/APO/versions')).toBe('GET /rest/api/3/project/{}/versions');
  expect(endpointOf('POST', '/rest/api/3/search/jql')).toBe('POST /rest/api/3/search/jql');
});
