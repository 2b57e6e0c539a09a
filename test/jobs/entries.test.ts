import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDigestNow, makeDigestToPublish } from '../../src/jobs/making/make-digest.ts';
import { targetFor } from '../../src/jobs/targets/digest-target.ts';
import { refreshSheets } from '../../src/jobs/making/make-sheet.ts';
import type { SourceRecord } from '../../src/core/model/record.ts';
import { hourMs } from '../../src/core/time/instant.ts';
import { endPull, startPull } from '../../src/store/pulls.ts';
import { savePage } from '../../src/store/save-page.ts';
import { aDoneItem, aPast, aVersion, at, statuses } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

const config = `sources: { files: { kind: jira-export, path: nowhere } }
projects:
  APOLLO: { name: Apollo, scope: { source: files, project: APO } }
  HERMES: { name: Hermes, scope: { source: files, project: HER } }
programmes: { SPACE: { name: Space, projects: [APOLLO, HERMES] } }
`;
const morning = at('2026-11-23T07:30:00Z');

let stage: JobStage;
beforeEach(async () => {
  stage = await openJobStage(config, morning);
  await pull('APOLLO', 'APO', 40, '2026-11-20T07:00:00Z');
  await pull('HERMES', 'HER', 25, '2026-11-20T07:05:00Z');
});
afterEach(() => stage.close());

/** A team that finishes an item on each of so many days, and a version with two open items, the second after the first. */
async function pull(project: string, prefix: string, days: number, seenAt: string): Promise<void> {
  const done = Array.from({ length: days }, (_, index) => {
    const on = new Date(at('2026-10-01') + index * 24 * hourMs).toISOString().slice(0, 10);
    return aDoneItem(`${prefix}-${100 + index}`, { createdAt: '2026-08-03T09:00:00Z', doneAt: `${on}T15:00:00Z` });
  });
  const open = [1, 2].map((n) =>
    aPast({
      key: `${prefix}-${n}`,
      id: `${prefix}${n}`,
      projectKey: prefix,
      createdAt: at('2026-08-03T09:00:00Z'),
      fixVersionIds: [`${prefix}9`],
    }),
  );
  const version = aVersion({ id: `${prefix}9`, name: '1.0', releaseOn: '2026-12-18' });
  const records: SourceRecord[] = [
    ...Object.values(statuses).map((status) => ({ kind: 'status', status }) as const),
    { kind: 'version', scope: project, version },
    ...[...done, ...open].flatMap(({ item, changes }) => [
      { kind: 'item', scope: project, item: { ...item, projectKey: prefix } } as const,
      { kind: 'history', itemId: item.id, isComplete: true, changes } as const,
    ]),
  ];
  const pulled = await startPull(stage.db, { source: 'files', projects: [project], startedAt: at(seenAt) });
  await savePage(stage.db, 'files', { records, cursor: {} }, at(seenAt));
  await endPull(stage.db, pulled, { endedAt: at(seenAt), outcome: 'done', error: null });
}

const portfolio = () => targetFor(stage.config, 'portfolio-digest', 'portfolio');
const apollo = () => targetFor(stage.config, 'project-digest', 'APOLLO');

describe('what digests tell, made ahead of being asked for', () => {
  it('is what would be made at that moment, byte for byte, for a project and for the portfolio', async () => {
    await refreshSheets(stage);
    for (const target of [apollo(), portfolio()]) {
      const { report, charts } = await makeDigestToPublish(stage, target, morning);
      const now = await makeDigestNow(stage, target);
      expect(JSON.stringify([now.report, now.charts])).toBe(JSON.stringify([report, charts]));
    }
  });

  it('is told until there is something new, and on the same day', async () => {
    await refreshSheets(stage);
    stage.now = morning + 3 * hourMs;
    expect(await makeDigestNow(stage, apollo())).toMatchObject({ report: { asOf: morning } });
    expect(await makeDigestNow(stage, portfolio())).toMatchObject({ report: { asOf: stage.now } });
    await pull('APOLLO', 'APO', 41, '2026-11-23T10:00:00Z');
    await refreshSheets(stage);
    expect(await makeDigestNow(stage, apollo())).toMatchObject({ report: { asOf: stage.now } });
    stage.now = morning + 24 * hourMs;
    expect(await makeDigestNow(stage, apollo())).toMatchObject({ report: { asOf: stage.now } });
  });

  it('is measured when nothing was made ahead', async () => {
    expect(await makeDigestNow(stage, apollo())).toMatchObject({ report: { asOf: morning, kind: 'project-digest' } });
    expect(await makeDigestNow(stage, portfolio())).toMatchObject({
      report: { asOf: morning, kind: 'portfolio-digest' },
    });
  });
});
