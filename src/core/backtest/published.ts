import { chanceGrid } from '../metrics/forecast/adaptive.ts';
import { drawOne } from '../metrics/forecast/distribution.ts';
import { gridFrom } from '../metrics/forecast/outlook.ts';
import { completeWeeks, countByWeek, deliveriesAt } from '../metrics/flow/throughput.ts';
import { evaluationAt } from '../metrics/milestones/health.ts';
import type { Evaluation } from '../metrics/milestones/health.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import { isOutgrown } from '../metrics/milestones/prospect.ts';
import type { Prospect } from '../metrics/milestones/prospect.ts';
import type { ProjectId } from '../model/ids.ts';
import { addDays } from '../time/day.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import { horizonWeeks } from '../metrics/forecast/when.ts';

/** A date that readers were told, with all that is needed to say later whether it was right (metrics.md 3.7). */
export interface ForecastRecord {
  readonly project: ProjectId;
  readonly asOf: Instant;
  /** Id of the milestone that it speaks of. */
  readonly milestone: string;
  /** Items that were to be finished, those of milestones that come first included. */
  readonly need: number;
  /** The days by which it is done with the chances of `chanceGrid`; null beyond the horizon. */
  readonly days: readonly (Day | null)[];
  /** What a bootstrap of the last 26 weeks would have said, in its shadow. */
  readonly shadow: readonly (Day | null)[];
  /** The level that each chance was asked at (metrics.md 3.5): the chance itself without the adaptive layer. */
  readonly levels: readonly number[];
}

/** A forecast that has reached its readers. */
export interface PublishedForecast extends ForecastRecord {
  readonly publishedAt: Instant;
}

const bootstrapWeeks = 26;

/**
 * The forecasts of these milestones at as-of, for the log. Those that have none (nothing open, no history) are left out.
 * `evaluation` is given by who has made that of as-of already.
 */
export function forecastRecords(
  view: ProjectView,
  milestoneIds: ReadonlySet<string>,
  evaluation: Evaluation | null = null,
): readonly ForecastRecord[] {
  if (milestoneIds.size === 0) return [];
  const { standings, prospectOf } = evaluation ?? evaluationAt(view, milestonesOf(view), view.asOf);
  const shadow = shadowOf(view);
  return standings
    .filter((standing) => milestoneIds.has(standing.milestone.id) && standing.open.length > 0)
    .map((standing) => ({ standing, prospect: prospectOf(standing) }))
    .filter(({ prospect }) => prospect.noForecast === null && !isOutgrown(prospect))
    .map(({ standing, prospect }) => ({
      project: view.settings.id,
      asOf: view.asOf,
      milestone: standing.milestone.id,
      need: standing.need.current,
      ...daysOnGrid(prospect, (chances) => prospect.when({ clock: 'current' }, chances)),
      shadow: shadow(standing.need.current),
    }));
}

/** What a bootstrap of the last 26 weeks says of a number of items at as-of. */
export function shadowOf(view: ProjectView): (items: number) => readonly (Day | null)[] {
  const items: readonly ItemView[] = [...view.counted, ...view.gone];
  const weeks = completeWeeks(items, view.calendar, view.asOf);
  const weekly = countByWeek(deliveriesAt(view, items, view.asOf), weeks, view.calendar).slice(-bootstrapWeeks);
  const { from } = gridFrom(view.calendar, view.asOf);
  return (need) => bootstrapDays(weekly, need, from);
}

/** The days along the grid, and the plain chance that each asked for. */
export function daysOnGrid(
  asked: Pick<Prospect, 'levelOf'>,
  when: (chances: readonly number[]) => readonly (Day | null)[],
): Pick<ForecastRecord, 'days' | 'levels'> {
  const days = when(chanceGrid);
  return {
    days,
    levels: days.map((on, index) => (on === null ? chanceGrid[index]! : asked.levelOf(chanceGrid[index]!, on))),
  };
}

/** Days by which `items` are done when each week to come is drawn from those of the past; within a week in proportion. */
function bootstrapDays(weekly: readonly number[], items: number, from: Day): readonly (Day | null)[] {
  const week = drawOne(weekly);
  let open = new Float64Array(items);
  open[0] = 1;
  const days: (Day | null)[] = [];
  let before = 0;
  for (let weeks = 1; weeks <= horizonWeeks && days.length < chanceGrid.length; weeks++) {
    open = addBelow(open, week);
    const done = 1 - open.reduce((sum, chance) => sum + chance, 0);
    for (let chance = chanceGrid[days.length]; chance !== undefined && done >= chance; chance = chanceGrid[days.length])
      days.push(addDays(from, Math.ceil(7 * (weeks - 1 + (chance - before) / (done - before)))));
    before = done;
  }
  return chanceGrid.map((_, index) => days[index] ?? null);
}

/** One more week, of which only what stays below the number of items is kept. */
function addBelow(open: Float64Array, week: Float64Array): Float64Array<ArrayBuffer> {
  const next = new Float64Array(open.length);
  week.forEach((chance, count) => {
    if (chance === 0) return;
    for (let done = 0; done + count < open.length; done++) next[done + count]! += chance * open[done]!;
  });
  return next;
}
