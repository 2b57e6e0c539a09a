import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startJira } from '../../../src/demo/jira/start-jira.ts';
import type { JiraServer } from '../../../src/demo/jira/start-jira.ts';
import { scale } from '../../../src/demo/portfolio/scale.ts';
import { ask } from './ask.ts';
import type { IssueJson, SearchJson } from './ask.ts';

const now = Date.parse('2026-11-24T08:30:00Z');
const search = '/rest/api/2/search';
let server: JiraServer;

beforeEach(async () => {
  server = await startJira({ portfolio: scale(120, now), mode: 'data-center', prefix: '/jira' });
});
afterEach(() => server.close());

describe('Data Center', () => {
  it('says what it is, and takes the token as bearer only', async () => {
    const { body } = await ask<{ deploymentType: string }>(server, '/rest/api/2/serverInfo');
    expect(body.deploymentType).toBe('Server');
    const { email, token } = server.credentials;
    const basic = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
    expect((await ask(server, '/rest/api/2/myself', undefined, { authorization: basic })).status).toBe(401);
  });

  it('pages by startAt with a total, and gives whole histories inline', async () => {
    const found: IssueJson[] = [];
    let total = 1;
    while (found.length < total) {
      const request = {
        jql: 'project = BIG ORDER BY key',
        startAt: found.length,
        maxResults: 50,
        fields: ['summary'],
        expand: ['changelog'],
      };
      const { body } = await ask<SearchJson>(server, search, request);
      found.push(...body.issues);
      total = body.total!;
    }
    expect(found.map((issue) => issue.key)).toEqual(Array.from({ length: 120 }, (_, index) => `BIG-${index + 1}`));
    expect(found.every((issue) => issue.changelog?.histories.length === 9)).toBe(true);
    expect(server.requests).toHaveLength(3);
    expect(server.violations).toEqual([]);
  });

  it('loses an issue over startAt when one before it is deleted between pages, as the real one does', async () => {
    const page = async (startAt: number) =>
      (
        await ask<SearchJson>(server, search, {
          jql: 'project = BIG ORDER BY id',
          startAt,
          maxResults: 60,
          fields: ['summary'],
        })
      ).body.issues;
    const first = await page(0);
    server.change({ do: 'delete', key: 'BIG-5' });
    expect([...first, ...(await page(60))].map((issue) => issue.key)).not.toContain('BIG-61');
  });

  it('writes people by name and key, and sprints as text of its own making', async () => {
    const { body } = await ask<IssueJson>(server, '/rest/api/2/issue/BIG-1?fields=assignee,customfield_10104,parent');
    expect(body.fields['assignee']).toMatchObject({ name: 'member.a', key: 'member.a' });
    expect(body.fields['customfield_10104']).toEqual([
      expect.stringMatching(
        /^com\.atlassian\.greenhopper\.service\.sprint\.Sprint@[\da-f]+\[id=1,rapidViewId=1,state=CLOSED,name=Big sprint 1,.*goal=<null>\]$/,
      ),
    ]);
    const later = await ask<IssueJson>(server, '/rest/api/2/issue/BIG-120?fields=customfield_10104');
    expect(later.body.fields['customfield_10104']).toEqual([
      expect.stringMatching(/@[\da-f]+\[rapidViewId=1,.*completeDate=<null>.*,id=6\]$/),
    ]);
  });

  it('has neither bulk fetches nor the new search', async () => {
    expect((await ask(server, '/rest/api/2/changelog/bulkfetch', { issueIdsOrKeys: ['1'] })).status).toBe(404);
    expect((await ask(server, '/rest/api/3/search/jql', { jql: 'project = BIG' })).status).toBe(404);
    expect(server.violations).toHaveLength(2);
  });
});
