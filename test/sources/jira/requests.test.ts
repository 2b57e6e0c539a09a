import { existsSync } from 'node:fs';
import type { OpenAPIBackend } from 'openapi-backend';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openContract } from '../../demo/jira/contract.ts';
import { jiraRig } from './jira-rig.ts';
import type { JiraRig } from './jira-rig.ts';

const contracts = new URL('../../../../shared/contracts/', import.meta.url);
const platform = new URL('jira-platform-v3.json', contracts);
const software = new URL('jira-software.json', contracts);

/** Every endpoint that the source may ask; another one has to be named here, and to be in the published contract. */
const asked = {
  platform: [
    '/rest/api/3/serverInfo',
    '/rest/api/3/myself',
    '/rest/api/3/mypermissions',
    '/rest/api/3/field',
    '/rest/api/3/status',
    '/rest/api/3/project/{projectIdOrKey}/versions',
    '/rest/api/3/search/jql',
    '/rest/api/3/search/approximate-count',
    '/rest/api/3/issue/bulkfetch',
    '/rest/api/3/changelog/bulkfetch',
    '/rest/api/3/issue/{issueIdOrKey}/changelog',
    '/rest/api/3/worklog/updated',
    '/rest/api/3/worklog/deleted',
    '/rest/api/3/worklog/list',
  ],
  software: [
    '/rest/agile/1.0/board/{boardId}/configuration',
    '/rest/agile/1.0/board/{boardId}/sprint',
    '/rest/agile/1.0/sprint/{sprintId}',
  ],
};

interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly body: unknown;
}

/** What a rig's source sends while something is done with it. */
async function sentBy(rig: JiraRig, work: () => Promise<unknown>): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const send = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    sent.push({ method: init?.method ?? 'GET', url: new URL(input), body });
    return send(input, init);
  });
  try {
    await work();
  } finally {
    vi.restoreAllMocks();
    await rig.close();
  }
  return sent;
}

async function pullAll(rig: JiraRig): Promise<void> {
  const source = rig.open();
  await source.check();
  let cursor = null;
  for (const isFull of [false, true]) {
    rig.touch();
    for await (const page of source.pull(cursor, { isFull }, new AbortController().signal)) ({ cursor } = page);
  }
}

// The contracts are third-party files that stand beside the checkout, not in it.
describe.skipIf(!existsSync(platform) || !existsSync(software))(
  'what is asked of Jira (skipped where ../shared/contracts is absent)',
  () => {
    let kept: readonly OpenAPIBackend[];
    beforeAll(async () => {
      kept = await Promise.all([openContract(platform, asked.platform), openContract(software, asked.software)]);
    });
    afterEach(() => vi.restoreAllMocks());

    const operationOf = ({ method, url, body }: Sent) => {
      const headers = { 'content-type': 'application/json' };
      const request = { method, path: url.pathname, query: url.search.slice(1), headers, body };
      for (const contract of kept) {
        const operation = contract.matchOperation(request);
        if (operation)
          return { path: operation.path, faults: contract.validateRequest(request, operation).errors ?? null };
      }
      return { path: `${method} ${url.pathname}`, faults: 'the contract has no such endpoint' };
    };
    const paths = (sent: readonly Sent[]) => new Set(sent.map((one) => operationOf(one).path));

    it.each([
      ['small pages', false, true],
      ['large pages', true, false],
    ])('with %s is what the contract takes', async (_, largePages, isOneByOne) => {
      const rig = await jiraRig(130, { largePages, settings: { worklogs: true } });
      const { key } = [...rig.server.site.issues.values()].find(({ isHidden }) => !isHidden)!;
      rig.server.change({ do: 'log-work', key, startedAt: rig.clock.now(), seconds: 3_600 });
      rig.clock.advance(3_600_000);
      if (isOneByOne) rig.server.faults.next({ kind: 'forbidden' }, { path: /changelog\/bulkfetch/ });
      const sent = await sentBy(rig, () => pullAll(rig));
      expect(sent.map(operationOf).filter(({ faults }) => faults !== null)).toEqual([]);
      const missed = [...asked.platform, ...asked.software].filter((path) => !paths(sent).has(path));
      // A sprint is asked for by itself where no board lists it.
      const elsewhere = ['/rest/agile/1.0/sprint/{sprintId}'];
      expect(missed).toEqual(isOneByOne ? elsewhere : ['/rest/api/3/issue/{issueIdOrKey}/changelog', ...elsewhere]);
    });

    it('would be caught with eleven fields of a changelog, more entries than Jira gives, or an unknown endpoint', () => {
      const url = new URL('http://jira/rest/api/3/changelog/bulkfetch');
      const faultsOf = (body: object) => operationOf({ method: 'POST', url, body }).faults;
      const fieldIds = Array.from({ length: 11 }, (_, index) => `field-${index}`);
      expect(faultsOf({ issueIdsOrKeys: ['1'], fieldIds })).not.toBeNull();
      expect(faultsOf({ issueIdsOrKeys: ['1'], maxResults: 20_000 })).not.toBeNull();
      expect(faultsOf({ issueIdsOrKeys: ['1'] })).toBeNull();
      const wrong = new URL('http://jira/rest/api/3/search');
      expect(operationOf({ method: 'GET', url: wrong, body: undefined }).faults).not.toBeNull();
    });
  },
);
