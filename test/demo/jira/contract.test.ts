import { existsSync } from 'node:fs';
import type { OpenAPIBackend } from 'openapi-backend';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startJira } from '../../../src/demo/jira/start-jira.ts';
import type { JiraServer } from '../../../src/demo/jira/start-jira.ts';
import { generatePortfolio } from '../../../src/demo/portfolio/generate-portfolio.ts';
import { ask } from './ask.ts';
import { openContract } from './contract.ts';

const contracts = new URL('../../../../shared/contracts/', import.meta.url);
const platform = new URL('jira-platform-v3.json', contracts);
const software = new URL('jira-software.json', contracts);
const now = Date.parse('2026-11-24T08:30:00Z');

const platformCases: readonly (readonly [contract: string, path: string, body?: object])[] = [
  ['/rest/api/3/serverInfo', '/rest/api/3/serverInfo'],
  ['/rest/api/3/myself', '/rest/api/3/myself'],
  ['/rest/api/3/mypermissions', '/rest/api/3/mypermissions?permissions=BROWSE_PROJECTS'],
  ['/rest/api/3/field', '/rest/api/3/field'],
  ['/rest/api/3/status', '/rest/api/3/status'],
  ['/rest/api/3/statuses/search', '/rest/api/3/statuses/search'],
  ['/rest/api/3/project/search', '/rest/api/3/project/search'],
  ['/rest/api/3/project/{projectIdOrKey}', '/rest/api/3/project/APO'],
  ['/rest/api/3/project/{projectIdOrKey}/versions', '/rest/api/3/project/APO/versions'],
  ['/rest/api/3/project/{projectIdOrKey}/version', '/rest/api/3/project/APO/version'],
  [
    '/rest/api/3/search/jql',
    '/rest/api/3/search/jql?jql=project%20%3D%20APO&fields=*all&expand=changelog&maxResults=100',
  ],
  [
    '/rest/api/3/search/jql',
    '/rest/api/3/search/jql',
    { jql: 'project = HER ORDER BY id', fields: ['*all'], maxResults: 100 },
  ],
  ['/rest/api/3/search/jql', '/rest/api/3/search/jql', { jql: 'project = HER ORDER BY id', maxResults: 5000 }],
  ['/rest/api/3/search/approximate-count', '/rest/api/3/search/approximate-count', { jql: 'project = IRI' }],
  [
    '/rest/api/3/issue/bulkfetch',
    '/rest/api/3/issue/bulkfetch',
    { issueIdsOrKeys: ['APO-198', 'APO-99999'], fields: ['*all'] },
  ],
  [
    '/rest/api/3/changelog/bulkfetch',
    '/rest/api/3/changelog/bulkfetch',
    { issueIdsOrKeys: ['APO-198', 'HER-77', 'APO-214'] },
  ],
  ['/rest/api/3/worklog/updated', '/rest/api/3/worklog/updated?since=1'],
  ['/rest/api/3/worklog/deleted', '/rest/api/3/worklog/deleted'],
  ['/rest/api/3/worklog/list', '/rest/api/3/worklog/list', { ids: [70_001, 70_002] }],
  ['/rest/api/3/issue/{issueIdOrKey}', '/rest/api/3/issue/APO-198?expand=changelog'],
  ['/rest/api/3/issue/{issueIdOrKey}/changelog', '/rest/api/3/issue/APO-198/changelog'],
];
const softwareCases: readonly (readonly [string, string])[] = [
  ['/rest/agile/1.0/board', '/rest/agile/1.0/board'],
  ['/rest/agile/1.0/board/{boardId}/configuration', '/rest/agile/1.0/board/1/configuration'],
  ['/rest/agile/1.0/board/{boardId}/sprint', '/rest/agile/1.0/board/1/sprint'],
  ['/rest/agile/1.0/sprint/{sprintId}', '/rest/agile/1.0/sprint/1'],
  ['/rest/software/1.0/board/{boardId}/issue', '/rest/software/1.0/board/2/issue?fields=summary'],
];

// The contracts are third-party files that stand beside the checkout, not in it.
describe.skipIf(!existsSync(platform) || !existsSync(software))(
  "the published contract of Jira's interfaces (skipped where ../shared/contracts is absent)",
  () => {
    let server: JiraServer;
    let platformContract: OpenAPIBackend;
    let softwareContract: OpenAPIBackend;

    beforeAll(async () => {
      server = await startJira({ portfolio: generatePortfolio(now), mode: 'cloud' });
      server.change({ do: 'log-work', key: 'APO-198', startedAt: now, seconds: 3_600 });
      server.change({ do: 'log-work', key: 'APO-198', startedAt: now, seconds: 1_800 });
      platformContract = await openContract(platform, [...new Set(platformCases.map(([path]) => path))]);
      softwareContract = await openContract(
        software,
        softwareCases.map(([path]) => path),
      );
    });
    afterAll(() => server.close());

    async function check(contract: OpenAPIBackend, path: string, body?: unknown): Promise<unknown> {
      const answer = await ask(server, path, body);
      expect(answer.status).toBe(200);
      const url = new URL(path, server.url);
      const request = {
        method: body === undefined ? 'GET' : 'POST',
        path: url.pathname,
        headers: {},
        query: url.search.slice(1),
      };
      const operation = contract.matchOperation(request);
      if (!operation) throw new Error(`the contract has no ${path}`);
      return contract.validateResponse(answer.body, operation).errors ?? null;
    }

    it.each(platformCases.map(([, path, body]) => ({ path, body })))('is kept by $path', async ({ path, body }) => {
      expect(await check(platformContract, path, body)).toBeNull();
    });

    it.each(softwareCases)('is kept by %s', async (_, path) => {
      expect(await check(softwareContract, path)).toBeNull();
    });

    it('would catch a number for an id and a misspelt key', () => {
      const operation = platformContract.matchOperation({
        method: 'POST',
        path: '/rest/api/3/search/jql',
        headers: {},
      })!;
      const errors = (body: unknown) => platformContract.validateResponse(body, operation).errors;
      expect(errors({ issues: [{ id: 10_001, key: 'APO-1' }] })).not.toBeNull();
      expect(errors({ issues: [{ id: '10001', kee: 'APO-1' }] })).not.toBeNull();
      expect(errors({ issues: [{ id: '10001', key: 'APO-1' }] })).toBeNull();
    });

    it('was asked for by the rules', () => {
      expect(server.violations).toEqual([]);
    });
  },
);
