import { toldChances } from '../metrics/forecast/adaptive.ts';
import type { Pace } from '../metrics/forecast/pace.ts';
import { completeWeeks, exposureByWeek, forEachDelivery, weekIndexOf } from '../metrics/flow/throughput.ts';
import type { Weeks } from '../metrics/flow/throughput.ts';
import type { ForecastDates } from '../metrics/milestone-figures.ts';
import { forecastWorkOf } from '../metrics/milestones/forecast-work.ts';
import type { PlanBasis } from '../metrics/milestones/milestone-plans.ts';
import { askedOf } from '../metrics/milestones/prospect.ts';
import type { Portion } from '../metrics/milestones/prospect.ts';
import { membershipOf } from '../metrics/teams/membership.ts';
import { createPools } from '../metrics/forecast/team-pool.ts';
import { teamWeeksOf } from '../metrics/teams/team-weeks.ts';
import type { ItemKey } from '../model/ids.ts';
import { addDays } from '../time/day.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { keysOf } from '../view/item-key.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import type { ForecastProof, GrowthProof } from './milestone-explanation.ts';
import { workingDayBefore } from './working-day-before.ts';

interface Proved {
  readonly portion: Portion;
  readonly dates: ForecastDates;
}

/** What the forecast of a portion was made from, and the chance on both sides of each of its dates; null without a pace. */
export function provePortion(view: ProjectView, at: Instant, { portion, dates }: Proved): ForecastProof | null {
  const { outlook, plans, standing, team } = portion;
  if (outlook.pace === null) return null;
  const chanceAt = (on: Day) => outlook.chance(askedOf(portion, { clock: 'current' }), on);
  const told = ([0.5, 0.85, 0.95] as const).map((level, index) => ({
    level,
    on: [dates.p50, dates.p85, dates.p95][index]!,
  }));
  return {
    need: standing.need.current,
    own: standing.open.length,
    ahead: keysOf(standing.itemsFirst('current')),
    growth: proveGrowth(view, plans.basisOf(standing)),
    weeks: weeksOf(view, at, team === null || team.isByAll ? null : placeOf(view, team.name)),
    ...paceProof(outlook.pace),
    ...poolOf(view, at),
    dates: told.flatMap(({ level, on }) => {
      if (on === null) return [];
      const before = workingDayBefore(view, on);
      return [{ level, on, chance: chanceAt(on), before: { on: before, chance: chanceAt(before) } }];
    }),
    ...(team === null ? {} : { team: team.name, ...levelsOf(portion, dates) }),
  };
}

function paceProof({ noise, speeds }: Pace): Pick<ForecastProof, 'noise' | 'paces'> {
  return { noise, paces: speeds.map(({ alpha, beta }) => alpha / beta) };
}

/** The teams that share the work; nothing where one does it. */
function poolOf(view: ProjectView, at: Instant): Pick<ForecastProof, 'pool'> {
  const pool = createPools(view)?.(at) ?? null;
  if (pool === null) return {};
  const { supply, names } = pool;
  const teams = supply.teams.map((pace, index) => ({ team: names[index]!, ...paceProof(pace) }));
  return { pool: { correlation: supply.correlation, teams } };
}

function levelsOf({ outlook }: Portion, { p50, p85, p95 }: ForecastDates): Pick<ForecastProof, 'levels'> {
  const levels = [p50, p85, p95].map((on, index) =>
    on === null ? toldChances[index]! : outlook.levelOf(toldChances[index]!, on),
  );
  return levels.some((level, index) => level !== toldChances[index]) ? { levels } : {};
}

function proveGrowth({ calendar }: ProjectView, basis: PlanBasis): GrowthProof {
  return {
    ...forecastWorkOf(basis),
    learnedFrom: basis.learnedFrom.map(({ milestone, endedAt, needs }) => ({
      name: milestone.name,
      endedOn: calendar.zone.dayAt(endedAt),
      weeks: needs.toReversed(),
    })),
    arrivals: basis.arrivals,
  };
}

function placeOf(view: ProjectView, name: string | null): number {
  return membershipOf(view)!.names.indexOf(name);
}

/** The whole weeks of one team, or of the project, with what was finished in them. */
function weeksOf(view: ProjectView, at: Instant, team: number | null): ForecastProof['weeks'] {
  const { calendar } = view;
  const items = [...view.counted, ...view.gone];
  const weeks: Weeks = team === null ? completeWeeks(items, calendar, at) : teamWeeksOf(view)!(at)[team]!.weeks;
  const isOf = (item: ItemView) => team === null || membershipOf(view)!.teamAt(item, at) === team;
  const finished: { readonly key: ItemKey }[][] = Array.from({ length: weeks.count }, () => []);
  forEachDelivery(view, { items, at }, (item, doneAt) => {
    const index = weekIndexOf(doneAt, weeks, calendar);
    if (index !== null && isOf(item)) finished[index]!.push({ key: item.key });
  });
  const exposures = exposureByWeek(weeks, calendar);
  return finished.map((done, index) => ({
    on: addDays(weeks.firstOn!, 7 * index),
    keys: keysOf(done),
    exposure: exposures[index]!,
  }));
}
