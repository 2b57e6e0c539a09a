import { afterEach, describe, expect, it } from 'vitest';
import type { ForecastRecord } from '../../src/core/backtest/published.ts';
import { chanceGrid } from '../../src/core/metrics/forecast/adaptive.ts';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import { scheduledTargets } from '../../src/jobs/targets/digest-target.ts';
import { makeDigest, makeDigestToPublish } from '../../src/jobs/making/make-digest.ts';
import { planDueDigests } from '../../src/jobs/digests/plan-digests.ts';
import { renderDueDigests } from '../../src/jobs/digests/render-digests.ts';
import { answerForecast } from '../../src/jobs/answers/forecast.ts';
import { evaluateDueAlerts } from '../../src/jobs/alerts/evaluate-alerts.ts';
import { refreshSheets } from '../../src/jobs/making/make-sheet.ts';
import type { PeriodExplanation } from '../../src/core/explain/explain-period.ts';
import { makeHere } from '../../src/jobs/making/made.ts';
import { listPublished, logForecasts } from '../../src/store/forecasts.ts';
import { aPast, aVersion, at } from '../builders.ts';
import { aQuestion, openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';
import { doneDaily, pullRecords, recordsOf } from './pull-items.ts';

const config = `slack: { botToken: "\${TOKEN}", signingSecret: "\${SECRET}" }
sources: { files: { kind: jira-export, path: nowhere } }
projects: { APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: C1 } }
reports: [{ report: project-digest, every: "30 8 * * MON", zone: Europe/Paris, projects: all }]
`;
const monday = at('2026-11-23T07:30:00Z');

let stage: JobStage;
afterEach(() => stage.close());

async function wake(now: number): Promise<void> {
  stage.now = now;
  await planDueDigests(stage);
  await renderDueDigests(stage);
  await deliverDue(stage, { signal: new AbortController().signal });
}

/** A team that finishes an item a day, and a version with open items. */
async function fill(openItems = 2, seenAt = '2026-11-20T07:00:00Z'): Promise<void> {
  const open = Array.from({ length: openItems }, (_, index) =>
    aPast({ key: `APO-${index + 1}`, createdAt: at('2026-08-03T09:00:00Z'), fixVersionIds: ['900'] }),
  );
  const versions = [aVersion({ id: '900', name: '1.0', releaseOn: '2026-12-18' })];
  await pullRecords(stage.db, 'APOLLO', recordsOf('APOLLO', [...doneDaily(60), ...open], versions), seenAt);
}

const bare = aQuestion({ name: 'forecast' });

describe('the log of forecasts', () => {
  it('keeps what a posted digest told, once, and nothing of a preview', async () => {
    stage = await openJobStage(config, 0);
    await fill();
    const [target] = scheduledTargets(stage.config);
    await makeDigest(stage, target!, monday);
    expect(await stage.db.selectFrom('forecast').selectAll().execute()).toEqual([]);

    await wake(at('2026-11-20T10:00:00Z'));
    await wake(monday);
    await wake(monday + 60_000);
    const published = await listPublished(stage.db, 'APOLLO', monday + 3_600_000);
    expect(published).toMatchObject([{ milestone: '900', asOf: monday, need: 2, levels: chanceGrid }]);
    const { forecasts } = await makeDigestToPublish(stage, target!, monday);
    expect(published[0]).toMatchObject({ days: forecasts[0]!.days });
    // It was not there before it was posted, so a digest of before does not know of it.
    expect(await listPublished(stage.db, 'APOLLO', monday - 1)).toEqual([]);
  });

  it('counts what never was posted as never told', async () => {
    stage = await openJobStage(config, 0);
    await fill();
    await wake(at('2026-11-20T10:00:00Z'));
    stage.poster.answers.push({ kind: 'rejected', reason: 'msg_too_long', todo: null });
    await wake(monday);
    expect(await stage.db.selectFrom('forecast').selectAll().execute()).toHaveLength(1);
    expect(await listPublished(stage.db, 'APOLLO', monday + 3_600_000)).toEqual([]);
  });

  it('counts a date that several channels were told once', async () => {
    stage = await openJobStage(config, 0);
    await fill();
    await wake(at('2026-11-20T10:00:00Z'));
    await wake(monday);
    const [row] = await stage.db.selectFrom('delivery').selectAll().where('part_no', '=', 0).execute();
    const { id: _id, ...copy } = row!;
    const other = await stage.db
      .insertInto('delivery')
      .values({ ...copy, dedup_key: 'another:0' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const [known] = await listPublished(stage.db, 'APOLLO', monday + 3_600_000);
    const { publishedAt: _publishedAt, ...record } = known!;
    await logForecasts(stage.db, other.id, [record as ForecastRecord]);
    expect(await listPublished(stage.db, 'APOLLO', monday + 3_600_000)).toHaveLength(1);
  });

  it('keeps the date that an alert told', async () => {
    stage = await openJobStage(config.replace(/^reports:.*$/m, 'reports: []'), 0);
    for (const morning of ['2026-11-20', '2026-11-23', '2026-11-24']) {
      await fill(40, `${morning}T06:00:00Z`);
      stage.now = at(`${morning}T09:00:00Z`);
      await evaluateDueAlerts(stage);
      await deliverDue(stage, { signal: new AbortController().signal });
    }
    expect(stage.poster.posted.map(({ key }) => key)).toEqual([expect.stringContaining('PROMISE_GAP:900')]);
    const published = await listPublished(stage.db, 'APOLLO', stage.now);
    expect(published).toMatchObject([{ milestone: '900', need: 40, publishedAt: at('2026-11-24T09:00:00Z') }]);
    expect(published).toHaveLength(1);
  });

  it('keeps what somebody was answered about today, and nothing of what was asked about the past', async () => {
    stage = await openJobStage(config, 0);
    await fill();
    stage.now = at('2026-11-23T10:00:00Z');
    const question = { ...bare, by: '2026-12-24', items: '7' };
    expect(await answerForecast(stage, question)).toMatchObject({ kind: 'message' });
    expect(await answerForecast(stage, { ...question, asOf: '2026-11-01' })).toMatchObject({ kind: 'message' });
    const published = await listPublished(stage.db, 'APOLLO', stage.now);
    expect(published).toMatchObject([
      { question: 'day', on: '2026-12-24' },
      { question: 'items', items: 7, levels: chanceGrid },
      { milestone: '900', need: 2 },
    ]);
    for (const one of published) expect(one).toMatchObject({ asOf: stage.now, publishedAt: stage.now });
    expect(await listPublished(stage.db, 'APOLLO', stage.now - 1)).toEqual([]);
  });

  it('of a kept answer begins when somebody is told it, not when it was made', async () => {
    stage = await openJobStage(config, at('2026-11-23T05:00:00Z'));
    await fill();
    await refreshSheets(stage);
    stage.now = at('2026-11-23T10:00:00Z');
    expect(await answerForecast(stage, bare)).toMatchObject({ kind: 'message' });
    stage.now = at('2026-11-23T12:00:00Z');
    await answerForecast(stage, bare);
    await answerForecast(stage, { ...bare, words: ['1.0'] });
    // A digest of half past eight has to come out the same whenever it is made.
    expect(await listPublished(stage.db, 'APOLLO', at('2026-11-23T09:59:00Z'))).toEqual([]);
    expect(await listPublished(stage.db, 'APOLLO', stage.now)).toMatchObject([
      { milestone: '900', asOf: at('2026-11-23T05:00:00Z'), publishedAt: at('2026-11-23T10:00:00Z') },
    ]);
  });

  it('leads to the numbers of the digest that was read, though the answers were kept before it', async () => {
    stage = await openJobStage(config, at('2026-11-20T10:00:00Z'));
    await fill();
    await wake(at('2026-11-20T10:00:00Z'));
    stage.now = at('2026-11-23T05:00:00Z');
    await refreshSheets(stage);
    await wake(monday);
    stage.now = at('2026-11-23T08:05:00Z');
    const asked = { project: 'APOLLO', asked: 'period' };
    const told = (await makeHere(stage, 'explanation', { ...asked, asOf: null })) as PeriodExplanation;
    expect(told).toMatchObject({ kind: 'period-explanation', asOf: monday });
    expect(told).toEqual(await makeHere(stage, 'explanation', { ...asked, asOf: monday }));
  });
});
