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

/**
 * The forecasts of a project that had reached their readers by `until`, oldest first: one for each milestone and as-of,
 * however many channels were told it.
 */
export async function listPublished(db: Db, project: ProjectId, until: Instant): Promise<readonly PublishedForecast[]> {
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
