import { endOfPeriod, passedBy, plannedPart } from '../metrics/value/plan-axis.ts';
import type { PassedTime } from '../metrics/value/plan-axis.ts';
import { placeOf } from '../metrics/value/earned-schedule.ts';
import type { EarnedSchedule, Place } from '../metrics/value/earned-schedule.ts';
import { planStandingOf } from '../metrics/value/plan-standing.ts';
import type { PlanStanding } from '../metrics/value/plan-standing.ts';
import { paidPartOf } from '../metrics/value/cost-basis.ts';
import { planOf } from '../metrics/value/plan.ts';
import type { Plan, PlannedItem } from '../metrics/value/plan.ts';
import type { PlanUnit } from '../metrics/value/plan-weights.ts';
import type { Part } from '../metrics/figure.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import { promisesOf } from '../metrics/milestones/promised.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import { compareKeys, keysOf } from '../view/item-key.ts';
import type { ItemView, ProjectView } from '../view/view.ts';

/** A plan with the time passed on it, so that each figure against first promises can be counted again by hand. */
export interface PlanProof {
  readonly startOn: Day;
  readonly weeks: number;
  readonly unit: 'week' | 'sprint';
  /** What the items weigh. */
  readonly weighedBy: PlanUnit;
  /** The points of each item when it was promised; empty where items weigh 1. */
  readonly estimates: readonly Estimate[];
  /** How many of them had none. */
  readonly imputed: number;
  /** Last day that counts as passed. */
  readonly passedOn: Day;
  /** Day on which all of it was delivered. */
  readonly endedOn: Day | null;
  readonly passed: PassedTime;
  readonly at: number;
  /** Weight of the plan, and of what is delivered. */
  readonly planned: number;
  readonly delivered: number;
  /** Between which periods as much was planned as is delivered; null when all is. */
  readonly place: (Place & { readonly beforeOn: Day; readonly afterOn: Day }) | null;
  readonly schedule: EarnedSchedule;
  readonly ieacOn: Day | null;
  readonly ieacPf1On: Day | null;
  /** Items that were promised on one day for one day, the earliest promised day first; the columns sum to the totals. */
  readonly rows: readonly PlanRow[];
  readonly totals: PlanColumns;
}

/** What one item of a plan in points weighs. */
export interface Estimate {
  readonly key: ItemKey;
  readonly points: number;
  /** It had no estimate: the median of its type stands in. */
  readonly isImputed: boolean;
}

/** By weight; an item that is planned evenly brings a part of itself. */
export interface PlanColumns {
  readonly plannedBefore: number;
  readonly plannedAfter: number;
  readonly plannedNow: number;
  readonly plannedAtEs: number;
  /** Of what was planned by the earned schedule, what those very items have earned. */
  readonly keptAtEs: number;
}

export interface PlanRow extends PlanColumns {
  readonly promisedOn: Day;
  readonly finishOn: Day;
  /** Planned evenly between the two days; otherwise all of it on the second. */
  readonly isEven: boolean;
  readonly delivered: readonly ItemKey[];
  readonly open: readonly ItemKey[];
  readonly deliveredWeight: number;
  readonly openWeight: number;
}

/** What becomes of the plan of a project when somebody asks for it; `proof` is null without anything planned. */
export interface ProvenPlan {
  readonly plan: Plan;
  readonly proof: PlanProof | null;
}

/** The plan of earned value and how the figures follow from it (metrics.md 1.3); no proof without anything planned. */
export function provePlan(view: ProjectView): ProvenPlan {
  return proven(view, planOf(view, promisesOf(view, milestonesOf(view))));
}

/** The same of the part that the budget pays; null without a budget. */
export function provePaidPlan(view: ProjectView): ProvenPlan | null {
  const { budget } = view.settings;
  if (!budget) return null;
  return proven(view, paidPartOf(view, budget, planOf(view, promisesOf(view, milestonesOf(view)))));
}

function proven(view: ProjectView, plan: Plan): ProvenPlan {
  const standing = planStandingOf(view, plan);
  return { plan, proof: standing && proofOf(view, plan, standing) };
}

function proofOf(view: ProjectView, { planned, unit, imputed }: Plan, standing: PlanStanding): PlanProof {
  const { axis, byPeriod, ev, bac, at, passedOn, endedOn, schedule, ieacOn, ieacPf1On } = standing;
  const place = placeOf(byPeriod, ev);
  const rows = rowsOf(view, planned, { standing, period: place?.period ?? null });
  const total = (column: keyof PlanColumns) => rows.reduce((sum, row) => sum + row[column], 0);
  return {
    ...axis,
    weighedBy: unit,
    imputed: imputed.length,
    estimates: unit === 'point' ? estimatesOf(planned, imputed) : [],
    passedOn,
    endedOn,
    passed: passedBy(axis, passedOn, view.calendar),
    at,
    planned: bac,
    delivered: ev,
    place: place && {
      ...place,
      beforeOn: endOfPeriod(axis, place.period),
      afterOn: endOfPeriod(axis, place.period + 1),
    },
    schedule,
    ieacOn,
    ieacPf1On,
    rows,
    totals: {
      plannedBefore: total('plannedBefore'),
      plannedAfter: total('plannedAfter'),
      plannedNow: total('plannedNow'),
      plannedAtEs: total('plannedAtEs'),
      keptAtEs: total('keptAtEs'),
    },
  };
}

function estimatesOf(planned: Plan['planned'], imputed: Plan['imputed']): readonly Estimate[] {
  const without = new Set(imputed);
  return planned
    .map(({ item, weight }) => ({ key: item.key, points: weight, isImputed: without.has(item) }))
    .sort((a, b) => compareKeys(a.key, b.key));
}

interface Ruler {
  readonly standing: PlanStanding;
  readonly period: number | null;
}

function rowsOf({ calendar }: ProjectView, planned: Plan['planned'], { standing, period }: Ruler): PlanRow[] {
  const groups = new Map<string, { readonly first: number; readonly items: PlannedItem[] }>();
  for (const [index, one] of planned.entries()) {
    // Items of one group have one profile: it follows from the two days, and from whose date it is.
    const key = `${one.finishOn} ${calendar.zone.dayAt(one.promisedAt)} ${one.isOwn}`;
    const group = groups.get(key);
    if (group) group.items.push(one);
    else groups.set(key, { first: index, items: [one] });
  }
  const inOrder = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return inOrder.map(([, { first, items }]) => {
    const profile = standing.profiles[first]!;
    // Before the first period nothing is planned, whatever was promised for a day that was over.
    const all = weightOf(items);
    const by = (periods: number) => (periods <= 0 ? 0 : plannedPart(profile, periods)) * all;
    const delivered = items.filter(({ item }) => item.isDelivered);
    const deliveredWeight = weightOf(delivered);
    const atEs = plannedPart(profile, standing.schedule.es);
    return {
      promisedOn: calendar.zone.dayAt(items[0]!.promisedAt),
      finishOn: items[0]!.finishOn,
      isEven: profile.from !== profile.to,
      delivered: keysOf(delivered.map(({ item }) => item)),
      deliveredWeight,
      openWeight: all - deliveredWeight,
      open: keysOf(items.filter(({ item }) => !item.isDelivered).map(({ item }) => item)),
      plannedBefore: period === null ? all : by(period),
      plannedAfter: period === null ? all : by(period + 1),
      plannedNow: plannedPart(profile, standing.at) * all,
      plannedAtEs: atEs * all,
      keptAtEs: atEs * deliveredWeight,
    };
  });
}

function weightOf(items: readonly PlannedItem[]): number {
  return items.reduce((sum, { weight }) => sum + weight, 0);
}

/** What each item of the plan brought: its weight when it is delivered, else 0; from its promise to its end. */
export function plannedParts({ planned }: Plan): readonly Part[] {
  return planned.map(({ item, promisedAt, weight }) => ({
    key: item.key,
    value: item.isDelivered ? weight : 0,
    from: promisedAt,
    to: item.doneAt,
  }));
}

/** Why promised items count as removed. */
export interface Removed {
  readonly reason: 'closed' | 'gone' | 'left';
  readonly keys: readonly ItemKey[];
}

/** Why items are no longer in a plan; reasons without items are left out. */
export function removedFrom({ removed }: Plan): readonly Removed[] {
  const reasonOf = (item: ItemView): Removed['reason'] =>
    item.isDone ? 'closed' : item.goneAt === null ? 'left' : 'gone';
  return (['closed', 'gone', 'left'] as const).flatMap((reason) => {
    const items = removed.filter((item) => reasonOf(item) === reason);
    return items.length === 0 ? [] : [{ reason, keys: keysOf(items) }];
  });
}
