import { afterEach, describe, expect, it } from 'vitest';
import { RemoteError } from '../../../src/lib/errors.ts';
import type { Cursor, Scope } from '../../../src/sources/source.ts';
import { pullAll } from '../contract.ts';
import { Facts } from '../facts.ts';
import { bigScope, jiraRig, truthOf } from './jira-rig.ts';
import type { JiraRig } from './jira-rig.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
let rig: JiraRig;
afterEach(async () => {
  await rig.close();
});

async function failure(promise: Promise<unknown>): Promise<RemoteError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RemoteError);
  return error as RemoteError;
}

describe('requests', () => {
  const metadata = 8;
  it.each([
    ['large pages', { largePages: true }, metadata + 1 + 2 + 2],
    ['small pages, wanted', { settings: { pages: 'small' as const } }, metadata + 11 + 2],
    ['small pages, found out', {}, metadata + 11 + 2 + 2],
    ['Data Center', { mode: 'data-center' as const }, metadata - 1 + 11],
  ])('for 1,100 issues with 9 changes each: %s', async (_, options, expected) => {
    rig = await jiraRig(1_100, options);
    const facts = new Facts();
    const { cursor } = await pullAll(rig, facts, null);
    expect(rig.takeRequests()).toBe(expected);
    expect(facts.items.size).toBe(1_100);
    await pullAll(rig, facts, cursor);
    expect(rig.takeRequests()).toBe(7);
    expect(rig.violations).toEqual([]);
  });

  it('remember that large pages were refused, for a month', async () => {
    rig = await jiraRig(120);
    const facts = new Facts();
    let { cursor } = await pullAll(rig, facts, null);
    const refused = () => rig.server.requests.splice(0).filter(({ status }) => status === 400).length;
    expect(refused()).toBe(1);
    ({ cursor } = await pullAll(rig, facts, cursor, { isFull: true }));
    expect(refused()).toBe(0);
    rig.clock.advance(31 * dayMs);
    await pullAll(rig, facts, cursor, { isFull: true });
    expect(refused()).toBe(1);
  });

  it('never ask for a history again that is stored, in the overlap of two pulls', async () => {
    rig = await jiraRig(50, { largePages: true });
    const facts = new Facts();
    let { cursor } = await pullAll(rig, facts, null);
    rig.touch();
    ({ cursor } = await pullAll(rig, facts, cursor));
    rig.takeRequests();
    const again = await pullAll(rig, facts, cursor);
    expect(again.records).toBe(0);
    expect(rig.takeRequests()).toBe(7);
  });
});

describe('what is no longer there', () => {
  const ids = () => [...rig.server.site.issues.values()].map((issue) => issue.key);
  async function pulled(options: Parameters<typeof jiraRig>[1] = { largePages: true }) {
    rig = await jiraRig(150, options);
    const facts = new Facts();
    const { cursor } = await pullAll(rig, facts, null);
    return { facts, cursor };
  }

  it.each([
    ['Cloud', { largePages: true }],
    ['Data Center', { mode: 'data-center' as const }],
  ])('is found by the weekly census on %s', async (_, options) => {
    const { facts, cursor } = await pulled(options);
    const [first, second, third] = ids();
    rig.server.change({ do: 'delete', key: first! });
    rig.server.change({ do: 'hide', key: second! });
    rig.clock.advance(dayMs);
    let at = (await pullAll(rig, facts, cursor)).cursor;
    expect(facts.gone.size).toBe(0);
    rig.clock.advance(7 * dayMs);
    at = (await pullAll(rig, facts, at)).cursor;
    expect(facts.gone.size).toBe(2);
    expect(facts.summary()).toEqual(rig.truth());
    rig.server.change({ do: 'show', key: second! });
    rig.server.change({ do: 'delete', key: third! });
    rig.clock.advance(8 * dayMs);
    await pullAll(rig, facts, at);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('is found at once when everything is asked for again', async () => {
    const { facts, cursor } = await pulled();
    rig.server.change({ do: 'delete', key: ids()[0]! });
    rig.clock.advance(minuteMs);
    await pullAll(rig, facts, cursor, { isFull: true });
    expect(facts.gone.size).toBe(1);
  });

  it('is told when it went between the listing and its own page', async () => {
    rig = await jiraRig(150, { largePages: true });
    rig.server.faults.betweenPages = (listed) => {
      rig.server.faults.betweenPages = null;
      const issue = rig.server.site.issues.get(Number(listed[7]))!;
      rig.server.change({ do: 'delete', key: issue.key });
    };
    const facts = new Facts();
    await pullAll(rig, facts, null);
    expect(facts.gone.size).toBe(1);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('takes nothing with it that stood behind it on a page by offset', async () => {
    rig = await jiraRig(350, { mode: 'data-center' });
    let pages = 0;
    rig.server.faults.betweenPages = (listed) => {
      for (const id of pages++ < 2 ? listed.slice(0, 3) : []) {
        const issue = rig.server.site.issues.get(Number(id));
        if (issue) rig.server.change({ do: 'delete', key: issue.key });
      }
    };
    const facts = new Facts();
    await pullAll(rig, facts, null);
    const truth = Object.keys(rig.truth().items);
    expect(truth.filter((id) => !facts.items.has(id))).toEqual([]);
  });

  it('is not everything at once: then a right was lost', async () => {
    const { facts, cursor } = await pulled();
    for (const key of ids()) rig.server.change({ do: 'hide', key });
    rig.clock.advance(8 * dayMs);
    const { cursor: next } = await pullAll(rig, facts, cursor);
    expect(facts.gone.size).toBe(0);
    expect(facts.setAside).toEqual([expect.stringContaining('expected about 150 items, found none')]);
    for (const key of ids()) rig.server.change({ do: 'show', key });
    rig.clock.advance(8 * dayMs);
    await pullAll(rig, facts, next);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('keeps its id when it moves, and is told under its new key', async () => {
    const scopes: Scope[] = [bigScope, { id: 'OTHER', project: 'NEW', jql: null, board: null }];
    rig = await jiraRig(30, { largePages: true, scopes });
    rig.server.site.projects.set('NEW', {
      ...rig.server.site.projects.get('BIG')!,
      id: '10077',
      key: 'NEW',
      name: 'New',
    });
    const facts = new Facts();
    const { cursor } = await pullAll(rig, facts, null);
    rig.clock.advance(minuteMs);
    const moved = rig.server.change({ do: 'move', key: ids()[4]!, toProject: 'NEW' })!;
    rig.clock.advance(minuteMs);
    await pullAll(rig, facts, cursor);
    expect(facts.items.get(String(moved.id))).toMatchObject({ key: moved.key, projectKey: 'NEW' });
    const changes = [...facts.changes.get(String(moved.id))!.values()];
    expect(changes.find((change) => change.field === 'project')).toMatchObject({ from: 'BIG', to: 'NEW' });
    expect(changes.find((change) => change.field === 'key')).toMatchObject({ to: moved.key });
  });
});

describe('a search that is behind', () => {
  it('loses nothing that the index learns of within the overlap', async () => {
    rig = await jiraRig(40, { largePages: true });
    const facts = new Facts();
    let { cursor } = await pullAll(rig, facts, null);
    rig.clock.advance(30 * minuteMs);
    rig.server.faults.lagMs = 5 * minuteMs;
    rig.touch();
    ({ cursor } = await pullAll(rig, facts, cursor));
    expect(facts.summary()).not.toEqual(rig.truth());
    rig.clock.advance(16 * minuteMs);
    await pullAll(rig, facts, cursor);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('goes by the clock of Jira, not by ours', async () => {
    const ahead = 3 * 3_600_000;
    rig = await jiraRig(40, { largePages: true });
    const ours = { ...rig.clock, now: () => rig.clock.now() + ahead };
    const { jira } = await import('../../../src/sources/jira/index.ts');
    const settings = jira.config.parse({ host: rig.server.url, ...rig.server.credentials });
    const open = () =>
      jira.open(settings, {
        id: 'jira',
        scopes: [bigScope],
        clock: ours,
        log: { debug() {}, info() {}, warn() {}, error() {} },
      });
    const facts = new Facts();
    let { cursor } = await pullAll({ ...rig, open, clock: ours }, facts, null);
    rig.touch();
    ({ cursor } = await pullAll({ ...rig, open, clock: ours }, facts, cursor));
    expect(facts.summary()).toEqual(rig.truth());
    expect(await open().check()).toMatchObject([
      { severity: 'warning', what: 'clock', found: expect.stringContaining('behind') },
    ]);
  });
});

describe('page tokens', () => {
  it.each([
    ['large', { largePages: true }],
    ['small', { settings: { pages: 'small' as const } }],
  ])('that died between two pulls only cost a new beginning: %s pages', async (_, options) => {
    rig = await jiraRig(450, options);
    const facts = new Facts();
    const { cursor } = await pullAll(rig, facts, null, { pages: 4 });
    rig.clock.advance(8 * dayMs);
    rig.touch();
    await pullAll(rig, facts, cursor);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('that are refused in the middle of a pull begin again once, and twice is an error', async () => {
    rig = await jiraRig(350, { settings: { pages: 'small' } });
    const refuse = (after: number) => {
      let pages = 0;
      rig.server.faults.betweenPages = () => {
        if (++pages === after) rig.server.faults.next({ kind: 'token-refused' }, { path: /search\/jql/ });
      };
    };
    refuse(2);
    const facts = new Facts();
    await pullAll(rig, facts, null);
    expect(facts.summary()).toEqual(rig.truth());
    rig.server.faults.betweenPages = () => rig.server.faults.next({ kind: 'token-refused' }, { path: /search\/jql/ });
    expect((await failure(pullAll(rig, new Facts(), null))).status).toBe(400);
    rig.server.faults.clear();
  });
});

describe('trouble on the way', () => {
  it('stops at once when the token dies, keeps the place, and goes on with a new one', async () => {
    rig = await jiraRig(450, { settings: { pages: 'small' } });
    rig.server.faults.expiresAfter = 9;
    const facts = new Facts();
    let cursor: Cursor | null = null;
    const error = await failure(
      (async () => {
        for await (const page of rig.open().pull(null, { isFull: false }, new AbortController().signal)) {
          facts.apply(page.records, rig.clock.now());
          cursor = page.cursor;
        }
      })(),
    );
    expect(error).toMatchObject({ status: 401, todo: expect.stringContaining('vigie check') });
    expect(error.message).toContain(`the token ending …${rig.server.credentials.token.slice(-4)}`);
    expect(rig.takeRequests()).toBe(10);
    expect(facts.items.size).toBe(200);
    rig.server.faults.clear();
    await pullAll(rig, facts, cursor);
    expect(facts.summary()).toEqual(rig.truth());
    expect(rig.takeRequests()).toBeLessThan(14);
  });

  it('of one project does not keep the others from being read', async () => {
    const scopes: Scope[] = [{ id: 'LOST', project: 'NOPE', jql: null, board: null }, bigScope];
    rig = await jiraRig(30, { largePages: true, scopes });
    const facts = new Facts();
    let cursor: Cursor = {};
    const error = await failure(
      (async () => {
        for await (const page of rig.open().pull(null, { isFull: false }, new AbortController().signal)) {
          facts.apply(page.records, rig.clock.now());
          cursor = page.cursor;
        }
      })(),
    );
    // What it had begun and not handed out must not travel in the cursor of the others.
    expect(cursor).toMatchObject({ scopes: { LOST: { pass: null, watermark: null }, BIG: { size: 30 } } });
    expect(error.status).toBe(400);
    expect(error.message).toContain("'NOPE' does not exist");
    expect(facts.summary().items).toEqual(truthOf(rig.server, ['BIG']).items);
  });

  it.each(['forbidden', 'html', 'redirect'] as const)('%s is an error with something to do', async (kind) => {
    rig = await jiraRig(30, { largePages: true });
    rig.server.faults.next(kind === 'redirect' ? { kind, location: 'http://169.254.169.254/' } : { kind }, {
      path: /search\/jql/,
    });
    const error = await failure(pullAll(rig, new Facts(), null));
    expect(error.todo).toMatch(/\w+ \w+/);
    expect(error.message).toMatch(/403|login page|follows no redirect/);
  });

  it.each([1, 2, 3])('at random, one request in four, loses nothing (seed %i)', async (seed) => {
    rig = await jiraRig(450, { largePages: seed === 1, ...(seed === 3 ? { mode: 'data-center' as const } : {}) });
    rig.server.faults.randomly({
      seed,
      rate: 0.25,
      among: [
        { kind: 'rate-limit', retryAfter: '5', reason: 'jira-burst-based' },
        { kind: 'rate-limit' },
        { kind: 'rate-limit', retryAfter: '60', reason: 'jira-quota-tenant-based' },
        { kind: 'unavailable', retryAfter: 'soon' },
        { kind: 'server-error' },
        { kind: 'cut-body' },
        { kind: 'cut-gzip' },
        { kind: 'reset' },
      ],
    });
    const facts = new Facts();
    await pullAll(rig, facts, null);
    expect(facts.summary()).toEqual(rig.truth());
    expect(rig.violations).toEqual([]);
  });

  it('of the board costs only the board: sprints come from the items', async () => {
    rig = await jiraRig(60, { largePages: true, scopes: [{ ...bigScope, board: '99' }] });
    const facts = new Facts();
    await pullAll(rig, facts, null);
    expect(facts.boards.size).toBe(0);
    expect(facts.setAside).toHaveLength(2);
    expect(facts.summary()).toEqual(rig.truth());
    expect(await rig.open().check()).toMatchObject([{ severity: 'warning', what: 'board 99 of BIG' }]);
  });
});

describe('what no item tells of', () => {
  it('is read at every pull: versions re-dated, sprints closed', async () => {
    rig = await jiraRig(60, { largePages: true });
    const facts = new Facts();
    const { cursor } = await pullAll(rig, facts, null);
    expect(facts.sprints.get('6')).toBe('active');
    rig.clock.advance(minuteMs);
    rig.server.change({ do: 'redate-version', project: 'BIG', version: '2.0', to: '2027-03-01' });
    rig.server.site.sprints.get(6)!.state = 'closed';
    await pullAll(rig, facts, cursor);
    expect(facts.summary()).toMatchObject({ versions: rig.truth().versions, sprints: { '6': 'closed' } });
  });

  it('is read without a board as well', async () => {
    rig = await jiraRig(60, { largePages: true, scopes: [{ ...bigScope, board: null }] });
    const facts = new Facts();
    let { cursor } = await pullAll(rig, facts, null);
    expect(facts.summary()).toEqual(rig.truth());
    rig.server.site.sprints.get(6)!.state = 'closed';
    rig.takeRequests();
    ({ cursor } = await pullAll(rig, facts, cursor));
    expect(facts.sprints.get('6')).toBe('closed');
    expect(rig.takeRequests()).toBeLessThanOrEqual(7);
    await pullAll(rig, facts, cursor);
    expect(rig.takeRequests()).toBe(5);
  });
});

describe('scopes', () => {
  it('take a query with an order of its own, and start anew when it changes', async () => {
    const scope = (jql: string): Scope => ({ id: 'BIG', project: null, jql, board: '1' });
    rig = await jiraRig(60, { largePages: true, scopes: [scope('project = BIG ORDER BY created DESC')] });
    const facts = new Facts();
    const { cursor } = await pullAll({ ...rig, truth: () => truthOf(rig.server, ['BIG']) }, facts, null);
    expect(facts.summary()).toEqual(truthOf(rig.server, ['BIG']));
    const { jira } = await import('../../../src/sources/jira/index.ts');
    const settings = jira.config.parse({ host: rig.server.url, ...rig.server.credentials });
    const first = [...rig.server.site.issues.values()][0]!;
    const narrow = scope(`project = BIG AND key != ${first.key}`);
    rig.clock.advance(minuteMs);
    const open = () =>
      jira.open(settings, {
        id: 'jira',
        scopes: [narrow],
        clock: rig.clock,
        log: { debug() {}, info() {}, warn() {}, error() {} },
      });
    await pullAll({ ...rig, open }, facts, cursor);
    expect([...facts.gone]).toEqual([String(first.id)]);
  });
});
