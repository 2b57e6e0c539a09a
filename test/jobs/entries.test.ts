import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeDigestNow, makeDigestToPublish } from '../../src/jobs/making/make-digest.ts';
import { targetFor } from '../../src/jobs/targets/digest-target.ts';
import { makeHere } from '../../src/jobs/making/made.ts';
import { refreshSheets } from '../../src/jobs/making/make-sheet.ts';
import { sheetOf } from '../../src/jobs/making/sheet-of.ts';
import type { ProjectDigest } from '../../src/core/reports/project-report.ts';
import { hourMs } from '../../src/core/time/instant.ts';
import { endPull, startPull } from '../../src/store/pulls.ts';
import { aPast, aVersion, at } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';
import { doneDaily, pullRecords, recordsOf } from './pull-items.ts';

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
  const open = [1, 2].map((n) =>
    aPast({
      key: `${prefix}-${n}`,
      id: `${prefix}${n}`,
      createdAt: at('2026-08-03T09:00:00Z'),
      fixVersionIds: [`${prefix}9`],
    }),
  );
  const items = [...doneDaily(days, { prefix, from: '2026-10-01' }), ...open].map((past) => ({
    ...past,
    item: { ...past.item, projectKey: prefix },
  }));
  const versions = [aVersion({ id: `${prefix}9`, name: '1.0', releaseOn: '2026-12-18' })];
  await pullRecords(stage.db, project, recordsOf(project, items, versions), seenAt);
}

/** Asks again, and finds nothing new. */
async function pullAgain(seenAt: string, outcome: 'done' | 'failed'): Promise<void> {
  const pulled = await startPull(stage.db, { source: 'files', projects: ['APOLLO'], startedAt: at(seenAt) });
  const error = outcome === 'failed' ? 'no such folder' : null;
  await endPull(stage.db, pulled, { endedAt: at(seenAt), outcome, error });
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

  it('is of the data that the newest pull found to be still the same, and says that a source fails', async () => {
    await refreshSheets(stage);
    await pullAgain('2026-11-23T08:00:00Z', 'done');
    stage.now = morning + hourMs;
    await refreshSheets(stage);
    const told = await makeDigestNow(stage, apollo());
    expect(told.report).toMatchObject({ asOf: morning, trust: { dataAt: at('2026-11-23T08:00:00Z') } });
    await pullAgain('2026-11-23T09:00:00Z', 'failed');
    stage.now = morning + 2 * hourMs;
    await refreshSheets(stage);
    expect((await makeDigestNow(stage, apollo())).report).toMatchObject({ trust: { failedSources: ['files'] } });
    expect((await sheetOf(stage, 'APOLLO')).sheet.status.trust.failedSources).toEqual(['files']);
  });

  it('is made beside a sheet that was made because somebody asked', async () => {
    await sheetOf(stage, 'APOLLO');
    stage.now = morning + hourMs;
    await refreshSheets(stage);
    expect((await makeDigestNow(stage, apollo())).report).toMatchObject({ asOf: morning });
  });

  it('is of the same period wherever the reader is, whose times alone differ', async () => {
    const where = (zone: string) => makeHere(stage, 'projectDigest', { project: 'APOLLO', asOf: morning, zone });
    const [paris, angeles] = [await where('Europe/Paris'), await where('America/Los_Angeles')];
    expect(angeles).toMatchObject({ report: { zone: 'America/Los_Angeles' } });
    expect(JSON.stringify(angeles).replaceAll('America/Los_Angeles', 'Europe/Paris')).toBe(JSON.stringify(paris));
  });
});

describe('with a rhythm', () => {
  const weekly = 'reports: [{ report: project-digest, every: "30 8 * * MON", zone: Europe/Paris, projects: all }]\n';

  it('is of the period that the digest tells, and of no other', async () => {
    await stage.close();
    stage = await openJobStage(`${config}${weekly}`, at('2026-11-23T06:00:00Z'));
    await pull('APOLLO', 'APO', 40, '2026-11-20T07:00:00Z');
    await refreshSheets(stage);
    stage.now = at('2026-11-23T09:00:00Z');
    const { report } = await makeDigestToPublish(stage, apollo(), stage.now);
    expect((await makeDigestNow(stage, apollo())).report).toMatchObject({ since: (report as ProjectDigest).since });
    // What was kept began a week before: it is made anew with the next look, though nothing came in.
    await refreshSheets(stage);
    expect((await makeDigestNow(stage, apollo())).report).toMatchObject({
      since: (report as ProjectDigest).since,
      asOf: at('2026-11-23T06:00:00Z'),
    });
  });
});
