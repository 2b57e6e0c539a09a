import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PullRequest } from '../../src/core/model/delivery.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/database.ts';
import { loadProject } from '../../src/store/load-project.ts';
import { migrate } from '../../src/store/migrate.ts';
import { savePage } from '../../src/store/save-page.ts';
import { loadService } from '../../src/store/service-history.ts';
import { deliveryAsOf } from '../../src/core/view/delivery-as-of.ts';
import { settings } from '../builders.ts';

let database: Database;
beforeEach(async () => {
  database = await openDatabase('file::memory:');
  await migrate(database);
});
afterEach(() => database.close());

const commit = (sha: string, at: number, service = 'shop'): SourceRecord => ({
  kind: 'commit',
  service,
  commit: { sha, parents: [], authoredAt: at, committedAt: at, subject: sha, keys: [] },
});
const deployment = (id: string, at: number, service = 'shop'): SourceRecord => ({
  kind: 'deployment',
  deployment: {
    id,
    service,
    finishedAt: at,
    isSuccessful: true,
    isPlanned: true,
    remediates: null,
    sha: 'a',
    version: null,
  },
});
const incident = (id: string, at: number, service = 'shop'): SourceRecord => ({
  kind: 'incident',
  incident: { id, service, openedAt: at, resolvedAt: null, cause: null },
});

const empty = { service: 'shop', commits: [], deployments: [], incidents: [], hasIncidents: false };

describe('what is kept of a service', () => {
  it('deployments of its source, commits and incidents of any that names it, each once and in order of time', async () => {
    const page = (records: readonly SourceRecord[]) => ({ records, cursor: {} });
    await savePage(database.db, 'code', page([commit('b', 2), commit('a', 1), deployment('v1', 3)]), 10);
    await savePage(database.db, 'mirror', page([commit('a', 1), commit('x', 1, 'till')]), 10);
    await savePage(database.db, 'pipeline', page([deployment('d2', 5), deployment('d1', 4), incident('i1', 6)]), 10);
    await savePage(database.db, 'pipeline', page([deployment('d9', 5, 'till'), incident('i9', 6, 'till')]), 10);
    const told = await loadService(database.db, { source: 'pipeline', service: 'shop' });
    expect(told.commits.map(({ sha }) => sha)).toEqual(['a', 'b']);
    expect(told.deployments.map(({ id }) => id)).toEqual(['d1', 'd2']);
    expect(told.incidents.map(({ id }) => id)).toEqual(['i1']);
    expect(told.hasIncidents).toBe(true);
    const tagged = await loadService(database.db, { source: 'code', service: 'shop' });
    expect(tagged.deployments.map(({ id }) => id)).toEqual(['v1']);
  });

  it('a pull request as it was told last, from any source that names the service', async () => {
    const pullRequest: PullRequest = {
      id: 'shop#7',
      title: 'SHO-7 pay',
      branch: 'sho-7-pay',
      openedAt: 3,
      firstCommitAt: 1,
      firstReviewAt: null,
      mergedAt: null,
      closedAt: null,
      mergeSha: null,
      shas: ['a'],
      isBot: false,
      isHotfix: false,
      keys: ['SHO-7'],
    };
    const merged: PullRequest = { ...pullRequest, firstReviewAt: 4, mergedAt: 5, closedAt: 5, mergeSha: 'b' };
    const page = (one: PullRequest): Parameters<typeof savePage>[2] => ({
      records: [{ kind: 'pull-request', service: 'shop', pullRequest: one }],
      cursor: {},
    });
    await savePage(database.db, 'code', page(pullRequest), 10);
    await savePage(database.db, 'code', page(merged), 11);
    const { pullRequests } = await loadService(database.db, { source: 'pipeline', service: 'shop' });
    expect(pullRequests).toEqual([merged]);
    expect(deliveryAsOf({ ...empty, pullRequests: [merged] }, 4).pullRequests).toEqual([
      { ...pullRequest, firstReviewAt: 4 },
    ]);
  });

  it('the project knows what its source of deployments set aside, and not what others did', async () => {
    const aside = (reason: string): SourceRecord => ({
      kind: 'set-aside',
      scope: null,
      entity: 'deployment',
      ref: 'line 3',
      reason,
    });
    await savePage(database.db, 'pipeline', { records: [aside('no zone')], cursor: {} }, 10);
    await savePage(database.db, 'elsewhere', { records: [aside('no id')], cursor: {} }, 10);
    const delivery = { source: 'pipeline', services: ['shop'] };
    const { setAside } = await loadProject(database.db, settings({ delivery }));
    expect(setAside.map(({ reason }) => reason)).toEqual(['no zone']);
    expect((await loadProject(database.db, settings())).setAside).toEqual([]);
  });
});
