import { deliveriesAt } from '../metrics/flow/throughput.ts';
import { chanceGrid } from '../metrics/forecast/adaptive.ts';
import { howMany } from '../metrics/forecast/forecast.ts';
import { gridFrom } from '../metrics/forecast/outlook.ts';
import { horizonTo } from '../metrics/forecast/when.ts';
import type { Evaluation } from '../metrics/milestones/health.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { ProjectView } from '../view/view.ts';
import { daysOnGrid, shadowOf } from './published.ts';

/** What somebody was told about the pace of a whole project (metrics.md 3.1, 3.7): of a number of items, or of a day. */
export type PaceRecord = {
  readonly project: ProjectId;
  readonly asOf: Instant;
  /** The level that each chance of `chanceGrid` was asked at (metrics.md 3.5). */
  readonly levels: readonly number[];
} & (
  | {
      readonly question: 'items';
      readonly items: number;
      /** The days by which they are done with the chances of `chanceGrid`; null beyond the horizon. */
      readonly days: readonly (Day | null)[];
      readonly shadow: readonly (Day | null)[];
    }
  | {
      readonly question: 'day';
      readonly on: Day;
      /** So many at least are done by then, with the chances of `chanceGrid`. */
      readonly counts: readonly number[];
    }
);

/** One that has reached who asked. */
export type PublishedPace = PaceRecord & { readonly publishedAt: Instant };

/** What an answer about the pace told, for the log; nothing where there is no forecast, or the day is over. */
export function paceRecords(
  view: ProjectView,
  { outlook }: Pick<Evaluation, 'outlook'>,
  { items, by }: { readonly items: number | null; readonly by: Day | null },
): readonly PaceRecord[] {
  const { supply } = outlook;
  if (supply === null) return [];
  const about = { project: view.settings.id, asOf: view.asOf };
  const records: PaceRecord[] = [];
  if (items !== null)
    records.push({
      ...about,
      question: 'items',
      items,
      ...daysOnGrid(outlook, (chances) => outlook.when(items, chances)),
      shadow: shadowOf(view)(items),
    });
  if (by !== null) {
    const horizon = horizonTo(by, gridFrom(view.calendar, view.asOf));
    const levels = chanceGrid.map((chance) => outlook.levelOf(chance, by));
    const counts = levels.map((level) => howMany(supply, level, horizon));
    if (horizon.weeks > 0) records.push({ ...about, question: 'day', on: by, counts, levels });
  }
  return records;
}

/** One statement out of a record: over with its day, and held or not by what was finished until then. */
export interface PaceStatement {
  readonly on: Day;
  readonly items: number;
}

/** What was said with a chance of the grid; null where it was a day beyond the horizon, or no more than "none". */
export function paceStatement(record: PaceRecord, chanceIndex: number): PaceStatement | null {
  if (record.question === 'items') {
    const on = record.days[chanceIndex] ?? null;
    return on === null ? null : { on, items: record.items };
  }
  const items = record.counts[chanceIndex]!;
  return items === 0 ? null : { on: record.on, items };
}

/** When items were finished after an instant, as known at the view's as-of: what statements are held against. */
export function finishesOf(view: ProjectView): (after: Instant) => readonly Instant[] {
  const items = [...view.counted, ...view.gone];
  let all: readonly Instant[] | null = null;
  return (after) => {
    all ??= deliveriesAt(view, items, view.asOf);
    return all.filter((at) => at > after);
  };
}
