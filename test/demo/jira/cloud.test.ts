import { afterEach, describe, expect, it } from 'vitest';
import { startJira } from '../../../src/demo/jira/start-jira.ts';
import type { JiraOptions, JiraServer } from '../../../src/demo/jira/start-jira.ts';
import { scale } from '../../../src/demo/portfolio/scale.ts';
import { createIssue, editIssue } from '../../../src/demo/portfolio/edit.ts';
import { ask, searchAll } from './ask.ts';
import type { ChangelogJson, IssueJson, SearchJson } from './ask.ts';

const now = Date.parse('2026-11-24T08:30:00Z');
const search = '/rest/api/3/search/jql';
const bulkfetch = '/rest/api/3/issue/bulkfetch';
const changelogs = '/rest/api/3/changelog/bulkfetch';
let server: JiraServer;

async function start(count: number, options: Partial<JiraOptions> = {}): Promise<JiraServer> {
  server = await startJira({ portfolio: scale(count, now), mode: 'cloud', ...options });
  return server;
}
afterEach(() => server.close());

const idsOf = (issues: readonly IssueJson[]) => issues.map((issue) => issue.id);
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, index) => String(from + index));

describe('searching', () => {
  it('gives every issue once, a hundred a page when fields are asked for', async () => {
    await start(250);
    const pages = await searchAll(server, { jql: 'project = BIG ORDER BY id', fields: ['summary'], maxResults: 5000 });
    expect(pages.map((page) => page.length)).toEqual([100, 100, 50]);
    expect(idsOf(pages.flat())).toEqual(numbers(10_001, 250));
    expect(server.violations).toEqual([]);
    expect(server.requests).toHaveLength(3);
  });

  it('gives thousands of bare ids at once', async () => {
    await start(250);
    const { body } = await ask<SearchJson>(server, search, { jql: 'project = BIG', maxResults: 5000 });
    expect(body.issues).toHaveLength(250);
    expect(body.issues[0]).toEqual({ id: '10250' });
    expect(body).toMatchObject({ isLast: true });
    expect(body).not.toHaveProperty('nextPageToken');
  });

  it.each([
    ['updated >= NOW', 1],
    ['updated < NOW', 29],
    ['project in (BIG, "Big project") and key = BIG-3', 1],
    ['key in (BIG-1, BIG-2) AND (id > 10001)', 1],
    ['issuekey not in (BIG-1)', 29],
    ["created <= '2026-11-24 09:30'", 30],
  ])('finds by %s', async (jql, count) => {
    await start(30);
    server.site.issues.get(10_003)!.updatedAt = now + 1;
    const answer = await ask<{ count: number }>(server, '/rest/api/3/search/approximate-count', {
      jql: jql.replace('NOW', String(now + 1)),
    });
    expect(answer.body).toEqual({ count });
  });

  it.each([
    ['no restriction', { jql: 'ORDER BY id' }, 'Unbounded JQL'],
    ['no JQL at all', {}, 'Unbounded JQL'],
    ['a field we do not read', { jql: 'sprint = 3' }, "Field 'sprint' does not exist"],
    ['OR', { jql: 'project = BIG OR key = BIG-1' }, "Expecting either 'OR' or 'AND' but got 'OR'"],
    ['an unknown project', { jql: 'project = NOPE' }, "The value 'NOPE' does not exist"],
    ['a key that is gone', { jql: 'key = BIG-999' }, "An issue with key 'BIG-999' does not exist"],
    ['a bad date', { jql: 'updated > "last week"' }, 'is invalid. Valid formats'],
    ['an unended list', { jql: 'key in (BIG-1' }, 'the query ended'],
    ['startAt', { jql: 'project = BIG', startAt: 100 }, 'unknown startAt'],
    ['too large pages', { jql: 'project = BIG', maxResults: 5001 }, 'maxResults must be between 1 and 5000'],
    ['a token of its own making', { jql: 'project = BIG', nextPageToken: 'page-2' }, 'invalid or expired'],
    ['51 issues to reconcile', { jql: 'project = BIG', reconcileIssues: numbers(1, 51).map(Number) }, 'at most 50'],
  ])('refuses %s, and notes it', async (_, body, message) => {
    await start(3);
    const answer = await ask<{ errorMessages: string[] }>(server, search, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errorMessages[0]).toContain(message);
    expect(server.violations).toEqual([expect.stringContaining(message)]);
  });

  it('refuses a token of another query, and one that is older than seven days', async () => {
    let at = now;
    await start(150, { clock: { now: () => at, sleep: async () => {} } });
    const request = { jql: 'project = BIG ORDER BY id', fields: ['summary'], maxResults: 100 };
    const { body } = await ask<SearchJson>(server, search, request);
    const nextPageToken = body.nextPageToken;
    expect((await ask(server, search, { ...request, fields: ['status'], nextPageToken })).status).toBe(400);
    expect((await ask(server, search, { ...request, nextPageToken })).status).toBe(200);
    at += 8 * 86_400_000;
    expect((await ask(server, search, { ...request, nextPageToken })).status).toBe(400);
  });

  it('loses no issue when another one is deleted or updated between two pages', async () => {
    await start(300);
    server.faults.betweenPages = (ids) => {
      if (!ids.includes('10001')) return;
      server.change({ do: 'delete', key: 'BIG-50' });
      server.change({ do: 'transition', key: 'BIG-60', to: 'To Do' });
    };
    const pages = await searchAll(server, { jql: 'project = BIG ORDER BY id', fields: ['summary'], maxResults: 100 });
    expect(pages.map((page) => page.length)).toEqual([100, 100, 100]);
    expect(new Set(idsOf(pages.flat())).size).toBe(300);
  });

  it('is late with what has just changed, except for reconciled issues', async () => {
    let at = now;
    await start(20, { clock: { now: () => at, sleep: async () => {} } });
    server.faults.lagMs = 60_000;
    server.change({ do: 'estimate', key: 'BIG-4', points: 13 });
    const born = server.change({ do: 'create', project: 'BIG', summary: 'Just born' })!;
    const find = async (more = {}) =>
      idsOf((await ask<SearchJson>(server, search, { jql: `updated >= ${now} ORDER BY id`, ...more })).body.issues);
    expect(await find()).toEqual([]);
    expect(await find({ reconcileIssues: [10_004] })).toEqual(['10004']);
    at += 60_000;
    expect(await find()).toEqual(['10004', String(born.id)]);
  });
});

describe('fetching many at once', () => {
  it('gives issues in order of id, and an error for each that is not there', async () => {
    await start(5);
    const { body } = await ask<{ issues: IssueJson[]; issueErrors: { id: string }[] }>(server, bulkfetch, {
      issueIdsOrKeys: ['BIG-3', '10001', 'BIG-77'],
      fields: ['summary'],
    });
    expect(body.issues.map((issue) => issue.key)).toEqual(['BIG-1', 'BIG-3']);
    expect(body.issueErrors).toMatchObject([{ id: 'BIG-77' }]);
  });

  it('takes a hundred issues, or a thousand with named plain fields where the server has large pages', async () => {
    const issueIdsOrKeys = numbers(10_001, 101);
    await start(101);
    expect((await ask(server, bulkfetch, { issueIdsOrKeys, fields: ['summary'] })).status).toBe(400);
    // The limit is documented both ways: to try is no breach of the rules.
    expect(server.violations).toEqual([]);
    await server.close();
    await start(101, { largePages: true });
    const answer = await ask<SearchJson>(server, bulkfetch, { issueIdsOrKeys, fields: ['summary'] });
    expect(answer.body.issues).toHaveLength(101);
    expect((await ask(server, bulkfetch, { issueIdsOrKeys, fields: ['comment'] })).status).toBe(400);
    expect((await ask(server, bulkfetch, { issueIdsOrKeys })).status).toBe(400);
    expect(server.violations).toHaveLength(2);
  });
});

describe('histories', () => {
  it('come for a thousand issues at once, by date across issues, in pages', async () => {
    await start(120);
    const issueIdsOrKeys = numbers(10_001, 120);
    const seen = new Map<string, number>();
    const dates: number[] = [];
    let nextPageToken: string | null | undefined;
    let pages = 0;
    do {
      const request = { issueIdsOrKeys, maxResults: 500, nextPageToken: nextPageToken ?? undefined };
      const { body } = await ask<ChangelogJson>(server, changelogs, request);
      const page = body.issueChangeLogs.flatMap((log) => log.changeHistories.map((history) => Number(history.created)));
      dates.push(...page.sort((left, right) => left - right));
      for (const log of body.issueChangeLogs)
        seen.set(log.issueId, (seen.get(log.issueId) ?? 0) + log.changeHistories.length);
      nextPageToken = body.nextPageToken;
      pages++;
    } while (nextPageToken);
    expect(pages).toBe(3);
    expect([...seen.values()]).toEqual(Array.from({ length: 120 }, () => 9));
    expect(dates).toEqual(dates.toSorted((left, right) => left - right));
    expect(nextPageToken).toBeNull();
  });

  it('are cut to the newest 40 by expand=changelog, and whole page by page of the issue', async () => {
    await start(1);
    const issue = server.site.issues.get(10_001)!;
    for (let index = 0; index < 120; index++) {
      editIssue(server.site, issue, { at: now + index, by: 'x' }, { set: 'summary', to: `Name ${index}` });
    }
    const expanded = await ask<IssueJson>(server, '/rest/api/3/issue/BIG-1?expand=changelog');
    expect(expanded.body.changelog).toMatchObject({ total: 129 });
    expect(expanded.body.changelog!.histories).toHaveLength(40);
    expect(expanded.body.changelog!.histories[0]!.items[0]!['toString']).toBe('Name 119');
    const page = await ask<{ values: unknown[]; isLast: boolean }>(
      server,
      '/rest/api/3/issue/BIG-1/changelog?startAt=100',
    );
    expect(page.body.values).toHaveLength(29);
    expect(page.body.isLast).toBe(true);
  });

  it.each([
    ['no issues', { issueIdsOrKeys: [] }],
    ['1,001 issues', { issueIdsOrKeys: numbers(1, 1001) }],
    ['11 fields', { issueIdsOrKeys: ['1'], fieldIds: numbers(1, 11) }],
    ['more than 10,000 entries', { issueIdsOrKeys: ['1'], maxResults: 20_000 }],
  ])('refuse %s', async (_, body) => {
    await start(1);
    expect((await ask(server, changelogs, body)).status).toBe(400);
    expect(server.violations).toHaveLength(1);
  });

  it('are filtered by field id, which loses the entries that carry none', async () => {
    await start(2);
    server.change({ do: 'block', blocker: 'BIG-1', blocked: 'BIG-2' });
    const { body } = await ask<ChangelogJson>(server, changelogs, {
      issueIdsOrKeys: ['BIG-2'],
      fieldIds: ['status', 'issuelinks'],
    });
    const fields = body.issueChangeLogs[0]!.changeHistories.flatMap((history) =>
      history.items.map((item) => item['field']),
    );
    expect(fields).toEqual(['status', 'status', 'status']);
  });
});

describe('changes while it runs', () => {
  it('write the history that Jira would write', async () => {
    await start(4);
    const { site } = server;
    const before = site.issues.get(10_002)!.histories.length;
    server.change({ do: 'transition', key: 'BIG-2', to: 'To Do' });
    server.change({ do: 'transition', key: 'BIG-2', to: 'Done' });
    server.change({ do: 'add-to-sprint', key: 'BIG-2', sprint: 6 });
    server.change({ do: 'plan-for', key: 'BIG-2', version: '3.0' });
    server.change({ do: 'flag', key: 'BIG-2', isFlagged: true });
    const items = site.issues
      .get(10_002)!
      .histories.slice(before)
      .map((history) => history.items.map((item) => [item.field, item.from, item.to]));
    expect(items).toEqual([
      [
        ['status', '10004', '10000'],
        ['resolution', 'Done', null],
      ],
      [
        ['status', '10000', '10004'],
        ['resolution', null, 'Done'],
      ],
      [['sprint', '2', '2, 6']],
      [
        ['fixVersion', '10202', null],
        ['fixVersion', null, '10203'],
      ],
      [['flagged', '', '[10019]']],
    ]);
  });

  it('move an item: same id, new key, the old key still answers', async () => {
    await start(2);
    server.site.projects.set('NEW', { id: '10009', key: 'NEW', name: 'New', nextNumber: 1 });
    server.change({ do: 'move', key: 'BIG-2', toProject: 'NEW' });
    const { body } = await ask<IssueJson>(server, '/rest/api/3/issue/BIG-2?fields=project');
    expect(body).toMatchObject({ id: '10002', key: 'NEW-1', fields: { project: { key: 'NEW' } } });
    expect((await ask<SearchJson>(server, search, { jql: 'project = BIG' })).body.issues).toHaveLength(1);
  });

  it('hide and delete without a trace', async () => {
    await start(3);
    server.change({ do: 'hide', key: 'BIG-1' });
    server.change({ do: 'delete', key: 'BIG-2' });
    expect((await ask(server, '/rest/api/3/issue/BIG-1')).status).toBe(404);
    expect((await ask(server, '/rest/api/3/issue/10002')).status).toBe(404);
    expect((await ask<SearchJson>(server, search, { jql: 'project = BIG' })).body.issues).toHaveLength(1);
  });

  it('close a sprint: open items go on, the closed sprint stays in their list', async () => {
    await start(40);
    server.change({ do: 'close-sprint', sprint: 6 });
    const { body } = await ask<{ values: { name: string; state: string }[] }>(
      server,
      '/rest/agile/1.0/board/1/sprint?state=active,future',
    );
    expect(body.values.map((sprint) => [sprint.name, sprint.state])).toEqual([
      ['Big sprint 6 (next)', 'active'],
      ['Big sprint 6 (next)', 'future'],
    ]);
    expect(server.site.issues.get(10_040)!.sprintIds).toEqual([6, 7]);
    expect(server.site.issues.get(10_035)!.sprintIds).toEqual([6]);
  });

  it('re-date a version without touching any issue, and remember it in the log only', async () => {
    await start(3);
    const updates = () => [...server.site.issues.values()].map((issue) => issue.updatedAt);
    const before = updates();
    server.change({ do: 'redate-version', project: 'BIG', version: '2.0', to: '2027-02-01' });
    expect(updates()).toEqual(before);
    const version = [...server.site.versions.values()][1]!;
    expect(version.log.map((entry) => entry.releaseDate)).toEqual(['2026-12-18', '2027-02-01']);
  });

  it('answer with values set at creation that no history tells', async () => {
    await start(1);
    createIssue(server.site, {
      projectKey: 'BIG',
      type: 'Story',
      summary: 'Born planned',
      act: { at: now, by: 'x' },
      points: 5,
    });
    const { body } = await ask<IssueJson>(server, '/rest/api/3/issue/BIG-2?expand=changelog&fields=customfield_10016');
    expect(body.fields['customfield_10016']).toBe(5);
    expect(body.changelog).toMatchObject({ total: 0, histories: [] });
  });
});
