import type { ForecastSettings } from '../model/forecast-settings.ts';
import { chanceGrid } from '../metrics/forecast/adaptive.ts';
import { createLearner } from '../metrics/forecast/learned-levels.ts';
import { createOutlooks } from '../metrics/forecast/outlook.ts';
import { completeWeeks } from '../metrics/flow/throughput.ts';
import type { Milestone } from '../metrics/milestones/milestones.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import { isOutgrown } from '../metrics/milestones/prospect.ts';
import { createProspects } from '../metrics/milestones/prospects.ts';
import { standingsAt } from '../metrics/milestones/standing.ts';
import { addDays } from '../time/day.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { isDoneAt } from '../view/item-clock.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import type { MilestoneDatesTest } from './backtest.ts';
import { sum } from '../metrics/statistics.ts';

const originWeeks = 2;
const firstOrigin = 8;
const horizonWeeks = 52;

/**
 * Rolling origin on a project's own milestones: on every other Monday the date of each open one is asked as the settings
 * want it, from what was known then, and held against the day on which it was released or all of it was done. What is
 * still open counts in the weeks that are over, up to the last sign of life of the project; what was emptied counts until
 * then. One pass for several settings.
 */
export function testMilestoneDates(
  view: ProjectView,
  settings: readonly ForecastSettings[],
): readonly MilestoneDatesTest[] {
  const items: readonly ItemView[] = [...view.counted, ...view.gone];
  const milestones = milestonesOf(view);
  const until = view.calendar.zone.dayAt(items.reduce((last, { activeAt }) => Math.max(last, activeAt), 0));
  const learn = createLearner();
  const outlookAt = createOutlooks(view, items);
  const prospectsAt = settings.map((one) => createProspects(view, milestones, one));
  const tallies = settings.map(() => new Map<Milestone, Tally>());
  const { firstOn, count } = completeWeeks(items, view.calendar, view.asOf);
  if (firstOn === null) return tallies.map(summarise);
  for (let week = firstOrigin; week < count; week += originWeeks) {
    const monday = addDays(firstOn, 7 * week);
    const at = view.calendar.zone.startOf(monday) - 1;
    if (monday > until) break;
    const outlook = outlookAt(at, { learn, inProgress: [] });
    if (outlook.pace === null) continue;
    const standings = standingsAt(view, milestones, at);
    const open = standings.filter((standing) => standing.open.length > 0 && standing.milestone.kind !== 'item');
    const outcomes = open.map(({ milestone }) => outcomeOf(view, milestone, { monday, until }));
    prospectsAt.forEach((make, index) => {
      const prospectOf = make({ at, outlook, standings, learn, inProgress: [] });
      open.forEach((standing, which) => {
        const outcome = outcomes[which]!;
        const prospect = prospectOf(standing);
        if (outcome.known < 1 || prospect.noForecast !== null) return;
        const days = isOutgrown(prospect)
          ? chanceGrid.map(() => null)
          : prospect.when({ clock: 'current' }, chanceGrid);
        score(tallyOf(tallies[index]!, standing.milestone), days, { monday, outcome });
      });
    });
  }
  return tallies.map(summarise);
}

/** Weeks from the origin to the end of the week in which it was done; and how many weeks are known. */
interface Outcome {
  readonly took: number | null;
  readonly known: number;
}

interface Span {
  readonly monday: Day;
  readonly until: Day;
}

function outcomeOf({ calendar }: ProjectView, milestone: Milestone, { monday, until }: Span): Outcome {
  const { finishedOn } = milestone;
  for (let week = 1; week <= 2 * horizonWeeks; week += 1) {
    const next = addDays(monday, 7 * week);
    if (next > until) return { took: null, known: week - 1 };
    if (finishedOn !== null && finishedOn < next) return { took: week, known: Infinity };
    const at: Instant = calendar.zone.startOf(next) - 1;
    const scope = milestone.scopeAt(at);
    if (scope.length === 0) return { took: null, known: week - 1 };
    if (scope.every((item) => isDoneAt(item, at))) return { took: week, known: Infinity };
  }
  return { took: null, known: 2 * horizonWeeks };
}

interface Tally {
  forecasts: number;
  undated: number;
  crps: number;
  readonly held: { p50: number; p85: number };
  readonly over: { p50: number; p85: number };
}

function tallyOf(tallies: Map<Milestone, Tally>, milestone: Milestone): Tally {
  let tally = tallies.get(milestone);
  if (!tally)
    tallies.set(
      milestone,
      (tally = { forecasts: 0, undated: 0, crps: 0, held: { p50: 0, p85: 0 }, over: { p50: 0, p85: 0 } }),
    );
  return tally;
}

interface Asking {
  readonly monday: Day;
  readonly outcome: Outcome;
}

function score(tally: Tally, days: readonly (Day | null)[], { monday, outcome }: Asking): void {
  const { took, known } = outcome;
  tally.forecasts += 1;
  for (const [name, chance] of [
    ['p50', 0.5],
    ['p85', 0.85],
  ] as const) {
    const on = days[chanceGrid.indexOf(chance)] ?? null;
    if (on === null) {
      if (name === 'p85') tally.undated += 1;
      continue;
    }
    const weeks = weeksTo(on, monday);
    // A date within what is known, or of a milestone that was done: else nobody knows yet.
    if (took === null && weeks > known) continue;
    tally.over[name] += 1;
    tally.held[name] += Number(took !== null && took <= weeks);
  }
  for (let week = 1; week <= Math.min(horizonWeeks, known); week += 1)
    tally.crps += (chanceBy(addDays(monday, 7 * week), days) - Number(took !== null && took <= week)) ** 2;
}

/** The week, from 1, in which a day lies; 0 for one before. */
function weeksTo(on: Day, monday: Day): number {
  let week = 0;
  while (addDays(monday, 7 * week) <= on) week += 1;
  return week;
}

/** The chance of being done before a day, from the days along the grid: halfway between the last one and the next. */
function chanceBy(day: Day, days: readonly (Day | null)[]): number {
  const step = chanceGrid[1]! - chanceGrid[0]!;
  const passed = days.filter((on) => on !== null && on < day).length;
  return passed === 0 ? 0 : passed * step + (passed === days.length ? 0 : step / 2) - step / 2;
}

function summarise(tallies: ReadonlyMap<Milestone, Tally>): MilestoneDatesTest {
  const all = [...tallies.values()];
  const shares = (name: 'p50' | 'p85') =>
    all.filter(({ over }) => over[name] > 0).map(({ held, over }) => held[name] / over[name]);
  return {
    milestones: all.length,
    forecasts: sum(all.map(({ forecasts }) => forecasts)),
    p50Hit: mean(shares('p50')),
    p85Hit: mean(shares('p85')),
    p85Milestones: shares('p85').length,
    crps: mean(all.map(({ crps, forecasts }) => crps / forecasts)),
    undated: sum(all.map(({ undated }) => undated)),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values) / values.length;
}
