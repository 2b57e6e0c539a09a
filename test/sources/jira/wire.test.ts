import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RemoteError } from '../../../src/lib/errors.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { jira } from '../../../src/sources/jira/index.ts';
import type { Cursor } from '../../../src/sources/source.ts';
import { jumpingClock } from '../../lib/jumping-clock.ts';
import { Facts } from '../facts.ts';
import { fieldList, rawIssue } from './raw-issue.ts';

const host = 'https://acme.atlassian.example';
const start = Date.parse('2026-11-24T08:30:00Z');
const clock = jumpingClock(start);

beforeAll(() => {
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
});
afterAll(() => {
  nock.restore();
});

type Body = Readonly<Record<string, unknown>>;

const replyOf = (answer: Body | number): [number, Body] =>
  typeof answer === 'number' ? [answer, { errorMessages: ['Refused.'] }] : [200, answer];

/** A Cloud site that answers as told; what it is told nothing about, it does not have. */
function site(answers: {
  readonly myself?: Body;
  readonly search: readonly (Body | number)[];
  readonly changelogs?: readonly (Body | number)[];
  readonly changelog?: (id: string, startAt: number) => Body | number;
}) {
  const asked = { search: [] as Body[], changelogs: [] as Body[] };
  const inTurn = (list: readonly (Body | number)[], log: Body[]) => async (request: Request) => {
    const answer = list[Math.min(log.length, list.length - 1)]!;
    log.push((await request.json()) as Body);
    return replyOf(answer);
  };
  const at = nock(host).persist();
  at.get('/rest/api/3/serverInfo').reply(200, { deploymentType: 'Cloud', serverTime: '2026-11-24T09:30:00.000+0100' });
  at.get('/rest/api/3/myself').reply(200, answers.myself ?? { accountId: '5b10' });
  at.get('/rest/api/3/field').reply(200, [...fieldList, { id: 7 }, null]);
  at.get('/rest/api/3/status').reply(200, [
    { id: '3', name: 'Doing', statusCategory: { key: 'indeterminate' } },
    { name: 'x' },
  ]);
  at.get('/rest/api/3/project/APO/versions').reply(200, [{ id: '1', name: '1.4', releaseDate: '2026-12-12' }]);
  at.post('/rest/api/3/search/approximate-count').reply(200, { count: 2 });
  at.post('/rest/api/3/search/jql').reply(inTurn(answers.search, asked.search));
  at.post('/rest/api/3/changelog/bulkfetch').reply(
    inTurn(answers.changelogs ?? [{ issueChangeLogs: [] }], asked.changelogs),
  );
  at.get(/\/rest\/api\/3\/issue\/\d+\/changelog/).reply((request: Request) => {
    const url = new URL(request.url);
    return replyOf(answers.changelog?.(url.pathname.split('/')[5]!, Number(url.searchParams.get('startAt'))) ?? 404);
  });
  return asked;
}

const settings = jira.config.parse({ host, email: 'me@acme.com', token: 'canary-0123456789-a91f', pages: 'small' });
const scope = { id: 'APOLLO', project: 'APO', jql: null, board: null };

async function pull(from: Cursor | null = null) {
  const facts = new Facts();
  const source = jira.open(settings, { id: 'jira', scopes: [scope], clock, log: silentLogger });
  let cursor = from;
  for await (const page of source.pull(from, { isFull: false }, new AbortController().signal)) {
    facts.apply(page.records, clock.now());
    cursor = page.cursor;
  }
  return { facts, cursor };
}

async function failure(promise: Promise<unknown>): Promise<RemoteError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RemoteError);
  return error as RemoteError;
}

const issue = (id: number, over: Body = {}, key = `APO-${id}`) => rawIssue(over, { id: String(id), key });
const keysOf = (facts: Facts) => [...facts.items.values()].map((item) => item.key);

describe('pages of a search', () => {
  it.each<[string, readonly Body[]]>([
    ['a last page that does not say so', [{ issues: [issue(1)], nextPageToken: 'a' }, { issues: [issue(2)] }]],
    [
      'a token that is null at the end',
      [
        { issues: [issue(1)], nextPageToken: 'a' },
        { issues: [issue(2)], nextPageToken: null },
      ],
    ],
    [
      'an empty page that is not the last',
      [
        { issues: [], nextPageToken: 'a', isLast: false },
        { issues: [issue(1)], nextPageToken: 'b' },
        { issues: [issue(2)], isLast: true },
      ],
    ],
    [
      'an issue on two pages',
      [
        { issues: [issue(1), issue(2)], nextPageToken: 'a' },
        { issues: [issue(2)], isLast: true },
      ],
    ],
    ['a token after the last page', [{ issues: [issue(1), issue(2)], nextPageToken: 'a', isLast: true }]],
  ])('%s', async (_, search) => {
    const asked = site({ search });
    const { facts } = await pull();
    expect(keysOf(facts)).toEqual(['APO-1', 'APO-2']);
    expect(asked.search).toHaveLength(search.length);
    expect(asked.changelogs).toMatchObject([{ issueIdsOrKeys: ['1', '2'], maxResults: 10_000 }]);
  });

  it('with the same token twice would never end, and are refused', async () => {
    const asked = site({
      search: [
        { issues: [issue(1)], nextPageToken: 'a' },
        { issues: [issue(2)], nextPageToken: 'b' },
        { issues: [], nextPageToken: 'a' },
      ],
    });
    expect((await failure(pull())).message).toContain('same page token twice');
    expect(asked.search).toHaveLength(3);
  });

  it('ask for named fields, by absolute time, in an order that no change upsets', async () => {
    const asked = site({ search: [{ issues: [issue(1)], isLast: true }] });
    const { cursor } = await pull();
    await pull(cursor);
    expect(asked.search[0]).toMatchObject({ jql: 'project = "APO" ORDER BY id', maxResults: 100 });
    expect(asked.search[1]!['jql']).toMatch(/^\(project = "APO"\) AND updated >= \d{13} ORDER BY id$/);
    const since = Number(/\d{13}/.exec(String(asked.search[1]!['jql']))![0]);
    // Jira's own clock at the start of the first pull, ten minutes earlier.
    expect(since).toBeGreaterThanOrEqual(start - 600_000);
    expect(since).toBeLessThan(start - 600_000 + 60_000);
    expect(asked.search[0]!['fields']).toContain('customfield_10020');
    expect(JSON.stringify(asked.search)).not.toContain('*');
  });

  it('may hold two issues of one key after a move: the ids tell them apart', async () => {
    site({ search: [{ issues: [issue(1, {}, 'APO-9'), issue(2, {}, 'APO-9')], isLast: true }] });
    expect((await pull()).facts.items.size).toBe(2);
  });

  it('hold odd issues that are counted and named, the others live, and the census does not miss them', async () => {
    site({
      search: [
        {
          issues: [issue(1, { created: null }), null, 'x', issue(2, { duedate: '2026-02-29' }), issue(3)],
          isLast: true,
        },
      ],
    });
    const { facts } = await pull();
    expect(keysOf(facts)).toEqual(['APO-2', 'APO-3']);
    expect(facts.setAside).toEqual([
      'x: expected a status with an id and a name, found an object',
      'APO-1: expected a creation instant in `created`, found null',
      '?: expected an issue with id and key, found null',
      '?: expected an issue with id and key, found "x"',
      'APO-2 duedate: expected a day that exists, found "2026-02-29"',
    ]);
    expect(facts.gone.size).toBe(0);
  });

  it.each<[string, Body]>([
    ['a list of something else', { results: [] }],
    ['issues that are no list', { issues: 'none' }],
    ['errors with 200', { errors: [{ message: 'nope' }], data: null }],
  ])('of %s are an error', async (_, body) => {
    site({ search: [body] });
    expect(await failure(pull())).toMatchObject({
      message: expect.stringContaining('in a shape that Vigie does not know'),
      todo: expect.stringContaining('host'),
    });
  });

  it('that are gone for good (410) say so', async () => {
    site({ search: [410] });
    expect(await failure(pull())).toMatchObject({ status: 410, todo: 'update Vigie' });
  });
});

describe('histories', () => {
  const entry = (id: number, minute: number) => ({
    id: String(id),
    created: start - 86_400_000 + minute * 60_000,
    items: [{ field: 'status', to: '3' }],
  });
  const search = [{ issues: [issue(1), issue(2), issue(3)], isLast: true }];

  it('of one issue may stand on several pages, and are whole after the last', async () => {
    site({
      search,
      changelogs: [
        {
          issueChangeLogs: [
            { issueId: '1', changeHistories: [entry(10, 1)] },
            { issueId: 2, changeHistories: [entry(11, 2)] },
          ],
          nextPageToken: 'h1',
        },
        { issueChangeLogs: [{ issueId: '1', changeHistories: [entry(12, 3)] }], nextPageToken: null },
      ],
    });
    const { facts } = await pull();
    expect([...facts.changes.get('1')!.keys()]).toEqual(['10.0', '12.0']);
    expect([...facts.changes.get('2')!.keys()]).toEqual(['11.0']);
    expect(facts.changes.get('3')!.size).toBe(0);
    expect(facts.incomplete.size).toBe(0);
  });

  it('begin again when their page token has died', async () => {
    const page = { issueChangeLogs: [{ issueId: '1', changeHistories: [entry(10, 1)] }] };
    const asked = site({ search, changelogs: [{ ...page, nextPageToken: 'h1' }, 400, page] });
    const { facts } = await pull();
    expect(asked.changelogs.map((body) => body['nextPageToken'])).toEqual([undefined, 'h1', undefined]);
    expect(facts.incomplete.size).toBe(0);
  });

  it('with the same token twice would never end, and are refused', async () => {
    site({ search, changelogs: [{ issueChangeLogs: [], nextPageToken: 'h' }] });
    expect((await failure(pull())).message).toContain('same page token twice');
  });

  it('are asked for issue by issue, to their last page, where there is no bulk request, and that is remembered', async () => {
    const many = Array.from({ length: 250 }, (_, index) => entry(100 + index, index));
    const asked = site({
      search,
      changelogs: [404],
      changelog: (id, startAt) => {
        if (id === '3') return 404;
        const values = id === '1' ? many.slice(startAt, startAt + 100) : [];
        return { values, total: id === '1' ? 250 : 0, isLast: startAt + values.length >= (id === '1' ? 250 : 0) };
      },
    });
    const { facts, cursor } = await pull();
    expect(facts.changes.get('1')!.size).toBe(250);
    expect(facts.changes.get('2')!.size).toBe(0);
    expect([...facts.gone]).toEqual(['3']);
    clock.advance(8 * 86_400_000);
    await pull(cursor);
    expect(asked.changelogs).toHaveLength(1);
  });
});

it('does not take the silence that nobody gets for an empty project', async () => {
  site({ myself: { name: 'anonymous' }, search: [{ issues: [], isLast: true }] });
  expect(await failure(pull())).toMatchObject({ status: 401, message: expect.stringContaining('takes us for nobody') });
});
