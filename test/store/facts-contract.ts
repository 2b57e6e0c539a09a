import { describe, expect, test } from 'vitest';
import type { Deployment, Incident, PullRequest } from '../../src/core/model/delivery.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import type { Worklog } from '../../src/core/model/worklog.ts';
import type { Database } from '../../src/store/database.ts';
import { endPull, startPull } from '../../src/store/pulls.ts';
import { savePage } from '../../src/store/save-page.ts';
import { describeStored } from '../../src/store/stored-facts.ts';
import { historyRecord, itemRecord, aVersion, monday } from './records.ts';

const hour = 3_600_000;
const scope = { services: ['shop'], deliverySource: 'pipeline', hasWorklogs: true };

const pullRequest: PullRequest = {
  id: 'shop#1',
  title: 'One',
  branch: 'one',
  openedAt: monday,
  firstCommitAt: monday,
  firstReviewAt: null,
  mergedAt: null,
  closedAt: null,
  mergeSha: null,
  shas: [],
  isBot: false,
  isHotfix: false,
  keys: [],
};
const deployment: Deployment = {
  id: 'd1',
  service: 'shop',
  finishedAt: monday,
  isSuccessful: false,
  isPlanned: true,
  remediates: null,
  sha: null,
  version: null,
};
const incident: Incident = { id: 'i1', service: 'shop', openedAt: monday, resolvedAt: null, cause: null };
const worklog: Worklog = {
  id: 'w1',
  itemId: '1',
  by: 'ada',
  createdAt: monday,
  updatedAt: monday,
  startedAt: monday,
  seconds: 3600,
};

const items = [itemRecord({ id: '1', key: 'APO-1' }), itemRecord({ id: '2', key: 'APO-2', updatedAt: monday + hour })];
const todo = { id: '1', name: 'To do', category: 'new' } as const;
const pr = (parts: Partial<PullRequest>): SourceRecord => ({
  kind: 'pull-request',
  service: 'shop',
  pullRequest: { ...pullRequest, ...parts },
});
const first: readonly SourceRecord[] = [
  ...items,
  historyRecord('1', [], false),
  { kind: 'status', status: todo },
  { kind: 'version', scope: 'APO', version: aVersion() },
  pr({}),
  { kind: 'deployment', deployment },
  { kind: 'incident', incident },
  { kind: 'worklog', worklog, isOld: false },
];

/** Each is something that the figures of the project are made from. */
const news: readonly (readonly [what: string, record: SourceRecord])[] = [
  ['an item', itemRecord({ id: '3', key: 'APO-3' })],
  ['an item that was changed before the newest one', itemRecord({ id: '1', key: 'APO-1', updatedAt: monday + 5 })],
  ['an item that is gone', { kind: 'gone', scope: 'APO', itemId: '2' }],
  ['a past that is whole now', historyRecord('1', [], true)],
  ['another meaning of a status', { kind: 'status', status: { ...todo, category: 'done' } }],
  ['a version that moved', { kind: 'version', scope: 'APO', version: aVersion({ releaseOn: '2027-01-01' }) }],
  ['a review', pr({ firstReviewAt: monday + 1 })],
  ['a merge', pr({ mergedAt: monday + 1, closedAt: monday + 1, mergeSha: 'abc' })],
  ['a deployment that worked after all', { kind: 'deployment', deployment: { ...deployment, isSuccessful: true } }],
  ['a remedy', { kind: 'deployment', deployment: { ...deployment, remediates: 'i1' } }],
  ['an end of an incident', { kind: 'incident', incident: { ...incident, resolvedAt: monday + hour } }],
  ['a cause', { kind: 'incident', incident: { ...incident, cause: 'd1' } }],
  [
    'a worklog that was edited',
    { kind: 'worklog', worklog: { ...worklog, updatedAt: monday + 5, seconds: 7200 }, isOld: false },
  ],
  ['something set aside', { kind: 'set-aside', scope: 'APO', entity: 'item', ref: 'APO-9', reason: 'no key' }],
];

/** What tells whether anything new is stored, on every database. */
export function factsContract(open: () => Database): void {
  const db = () => open().db;
  const save = (records: readonly SourceRecord[], seenAt: number) =>
    savePage(db(), 'jira', { records, cursor: {} }, seenAt);
  const facts = () => describeStored(db(), 'APO', scope);

  describe('what is stored, in short', () => {
    test('stays the same when the same comes again', async () => {
      await save(first, monday + hour);
      const before = await facts();
      await save(first, monday + 2 * hour);
      expect(await facts()).toBe(before);
    });

    test.each(news)('tells of %s', async (_, record) => {
      await save(first, monday + hour);
      const before = await facts();
      await save([record], monday + 2 * hour);
      expect(await facts()).not.toBe(before);
    });

    test('tells that pulls fail, and that they do no more', async () => {
      const pull = async (startedAt: number, outcome: 'done' | 'failed') => {
        const id = await startPull(db(), { source: 'jira', projects: ['APO'], startedAt });
        const running = await facts();
        await endPull(db(), id, { endedAt: startedAt + 1, outcome, error: null });
        return running;
      };
      await save(first, monday);
      await pull(monday, 'done');
      const before = await facts();
      expect(await pull(monday + hour, 'failed')).toBe(before);
      const failing = await facts();
      expect(failing).not.toBe(before);
      await pull(monday + 2 * hour, 'done');
      expect(await facts()).toBe(before);
    });
  });
}
