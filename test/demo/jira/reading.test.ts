import { afterEach, describe, expect, it } from 'vitest';
import { startJira } from '../../../src/demo/jira/start-jira.ts';
import type { JiraServer } from '../../../src/demo/jira/start-jira.ts';
import { generatePortfolio } from '../../../src/demo/portfolio/generate-portfolio.ts';
import { askedFields, findFields } from '../../../src/sources/jira/fields.ts';
import { normalizeHistories } from '../../../src/sources/jira/normalize-history.ts';
import { normalizeIssue } from '../../../src/sources/jira/normalize-issue.ts';
import type { JiraField } from '../../../src/sources/jira/schema.ts';
import { ask, searchAll } from './ask.ts';
import type { ChangelogJson, IssueJson, SearchJson } from './ask.ts';

const now = Date.parse('2026-11-24T08:30:00Z');
const portfolio = generatePortfolio(now);
const jql = 'project in (APO, HER) ORDER BY id';
const wanted = [...portfolio.site.issues.values()].filter((issue) => ['APO', 'HER'].includes(issue.projectKey));
let server: JiraServer;
afterEach(() => server.close());

/** What the issues and histories say, read with the code that reads a real Jira, against what the site holds. */
async function readCloud(): Promise<{ issues: IssueJson[]; histories: Map<string, unknown[]>; list: JiraField[] }> {
  const { body: list } = await ask<JiraField[]>(server, '/rest/api/3/field');
  const issues = (await searchAll(server, { jql, fields: askedFields(findFields(list)), maxResults: 100 })).flat();
  const histories = new Map<string, unknown[]>();
  for (let start = 0; start < issues.length; start += 1000) {
    const issueIdsOrKeys = issues.slice(start, start + 1000).map((issue) => issue.id);
    let nextPageToken: string | null | undefined;
    while (nextPageToken !== null) {
      const request = { issueIdsOrKeys, maxResults: 10_000, nextPageToken };
      const { body } = await ask<ChangelogJson>(server, '/rest/api/3/changelog/bulkfetch', request);
      for (const log of body.issueChangeLogs) {
        histories.set(log.issueId, [...(histories.get(log.issueId) ?? []), ...log.changeHistories]);
      }
      nextPageToken = body.nextPageToken;
    }
  }
  return { issues, histories, list };
}

async function readDataCenter(): Promise<{
  issues: IssueJson[];
  histories: Map<string, unknown[]>;
  list: JiraField[];
}> {
  const { body: list } = await ask<JiraField[]>(server, '/rest/api/2/field');
  const fields = askedFields(findFields(list));
  const issues: IssueJson[] = [];
  for (let total = 1; issues.length < total;) {
    const { body } = await ask<SearchJson>(server, '/rest/api/2/search', {
      jql,
      startAt: issues.length,
      maxResults: 1000,
      fields,
      expand: ['changelog'],
    });
    issues.push(...body.issues);
    total = body.total!;
  }
  return { issues, histories: new Map(issues.map((issue) => [issue.id, [...issue.changelog!.histories]])), list };
}

describe.each([
  ['cloud', readCloud],
  ['data-center', readDataCenter],
] as const)('the portfolio over HTTP from %s', (mode, read) => {
  it('is read whole: every issue, every change that counts, nothing set aside', async () => {
    server = await startJira({ portfolio, mode });
    const { issues, histories, list } = await read();
    expect(issues.map((issue) => issue.id)).toEqual(wanted.map((issue) => String(issue.id)));
    const map = findFields(list);
    const login = (id: string | null) => (mode === 'cloud' || id === null ? id : portfolio.site.people.get(id)!.login);
    for (const [index, raw] of issues.entries()) {
      const source = wanted[index]!;
      const { value, setAside } = normalizeIssue(raw, map);
      const { value: changes, setAside: lost } = normalizeHistories(histories.get(raw.id) ?? [], map, raw.key);
      expect([...setAside, ...lost]).toEqual([]);
      expect(value).toMatchObject({
        key: source.key,
        createdAt: source.createdAt,
        updatedAt: source.updatedAt,
        resolvedAt: source.resolvedAt,
        assignee: login(source.assignee),
        sprintIds: source.sprintIds.map(String),
        fixVersionIds: source.fixVersionIds,
        dueOn: source.dueDate,
        points: source.points,
        isFlagged: source.isFlagged,
        parentKey: source.parentId === null ? null : portfolio.site.issues.get(source.parentId)!.key,
        links: source.links.map((link) => ({
          kind: link.direction === 'inward' ? 'blocked-by' : 'blocks',
          key: portfolio.site.issues.get(link.otherId)!.key,
        })),
      });
      const told = source.histories.flatMap((entry) =>
        entry.items.filter((item) => item.field !== 'labels').map(() => entry.at),
      );
      expect(changes.map((change) => change.at)).toEqual(told);
    }
    expect(server.violations).toEqual([]);
  });
});
