import type { Published } from '../core/backtest/honesty.ts';
import type { PaceRecord } from '../core/backtest/pace-forecasts.ts';
import type { ForecastRecord, PublishedForecast } from '../core/backtest/published.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { Day } from '../core/time/day.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Db } from './tables.ts';

/**
 * Keeps the forecasts of a message that is in the outbox. Call it in the transaction that puts the message there: they
 * count as published once it is posted, and never when it is not.
 */
export async function logForecasts(db: Db, deliveryId: number, records: readonly ForecastRecord[]): Promise<void> {
  if (records.length === 0) return;
  await db
    .insertInto('forecast')
    .values(
      records.map(({ project, asOf, milestone, need, days, shadow, levels }) => ({
        project,
        as_of: asOf,
        milestone,
        delivery_id: deliveryId,
        need,
        days: JSON.stringify(days),
        shadow: JSON.stringify(shadow),
        levels: JSON.stringify(levels),
      })),
    )
    .onConflict((conflict) => conflict.columns(['project', 'as_of', 'milestone', 'delivery_id']).doNothing())
    .execute();
}

/** Keeps what somebody was told at `at`; told again from the same figures, it is the answer of the first time. */
export async function logAnswered(
  db: Db,
  records: readonly (ForecastRecord | PaceRecord)[],
  at: Instant,
): Promise<void> {
  if (records.length === 0) return;
  await db
    .insertInto('answered_forecast')
    .values(records.map((record) => ({ ...answerRow(record), told_at: at })))
    .onConflict((conflict) => conflict.columns(['project', 'as_of', 'question', 'asked']).doNothing())
    .execute();
}

function answerRow(record: ForecastRecord | PaceRecord) {
  const about = { project: record.project, as_of: record.asOf, levels: JSON.stringify(record.levels) };
  const dated = (days: readonly (Day | null)[], shadow: readonly (Day | null)[]) => ({
    grid: JSON.stringify(days),
    shadow: JSON.stringify(shadow),
  });
  if (!('question' in record)) {
    const { milestone: asked, need, days, shadow } = record;
    return { ...about, question: 'milestone' as const, asked, need, ...dated(days, shadow) };
  }
  const { question } = record;
  if (question === 'day')
    return { ...about, question, asked: record.on, need: 0, grid: JSON.stringify(record.counts), shadow: '[]' };
  const { items, days, shadow } = record;
  return { ...about, question, asked: String(items), need: items, ...dated(days, shadow) };
}

/** Everything about a project's future that had reached somebody by `until`: what was posted, and what was answered. */
export async function listPublished(db: Db, project: ProjectId, until: Instant): Promise<readonly Published[]> {
  return [...(await listPosted(db, project, until)), ...(await listAnswered(db, project, until))];
}

async function listAnswered(db: Db, project: ProjectId, until: Instant): Promise<readonly Published[]> {
  const rows = await db
    .selectFrom('answered_forecast')
    .selectAll()
    .where('project', '=', project)
    .where('told_at', '<=', until)
    .orderBy('as_of')
    .orderBy('question')
    .orderBy('asked')
    .execute();
  return rows.map(({ as_of: asOf, told_at: publishedAt, question, asked, need, grid, shadow, levels }): Published => {
    const about = { project, asOf, publishedAt, levels: JSON.parse(levels) as number[] };
    if (question === 'day') return { ...about, question, on: asked as Day, counts: JSON.parse(grid) as number[] };
    const dated = { days: JSON.parse(grid) as (Day | null)[], shadow: JSON.parse(shadow) as (Day | null)[] };
    return question === 'milestone'
      ? { ...about, ...dated, milestone: asked, need }
      : { ...about, ...dated, question, items: need };
  });
}

/**
 * The forecasts of a project in messages that had reached their readers by `until`, oldest first: one for each milestone
 * and as-of, however many channels were told it.
 */
async function listPosted(db: Db, project: ProjectId, until: Instant): Promise<readonly PublishedForecast[]> {
  const rows = await db
    .selectFrom('forecast')
    .innerJoin('delivery', 'delivery.id', 'forecast.delivery_id')
    .select(['forecast.as_of', 'forecast.milestone', 'need', 'days', 'shadow', 'levels', 'sent_at'])
    .where('forecast.project', '=', project)
    .where('delivery.state', '=', 'sent')
    .where('delivery.sent_at', '<=', until)
    .orderBy('forecast.as_of')
    .orderBy('forecast.milestone')
    .orderBy('delivery.sent_at')
    .execute();
  const first = new Map<string, PublishedForecast>();
  for (const row of rows) {
    const key = `${row.as_of} ${row.milestone}`;
    if (first.has(key)) continue;
    first.set(key, {
      project,
      asOf: row.as_of,
      publishedAt: row.sent_at!,
      milestone: row.milestone,
      need: row.need,
      days: JSON.parse(row.days) as (Day | null)[],
      shadow: JSON.parse(row.shadow) as (Day | null)[],
      levels: JSON.parse(row.levels) as number[],
    });
  }
  return [...first.values()];
}
