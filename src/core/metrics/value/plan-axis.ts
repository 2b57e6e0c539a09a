import type { Calendar } from '../../time/calendar.ts';
import { addDays, dayNumber, startOfWeek } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { dayMs } from '../../time/instant.ts';
import type { ProjectView } from '../../view/view.ts';
import { median } from '../statistics.ts';
import type { PlannedItem } from './plan.ts';

/** The time axis of a plan, in periods of whole weeks from its first Monday on. */
export interface PlanAxis {
  readonly startOn: Day;
  readonly weeks: number;
  readonly unit: 'week' | 'sprint';
}

/** Sprints give the period when so many were finished in the last half year. */
const leastSprints = 3;
const sprintDays = 182;
/** Longest axis; what is promised for later stands in the last period. */
const mostPeriods = 1_000;
/** An item promised over more periods than this is planned evenly over them (metrics.md 1.3, linear profile). */
const stepPeriods = 2;

/**
 * The periods of a plan: weeks from the first promise on, or sprints of their usual length where there are enough of them
 * (metrics.md 1.3).
 */
export function axisOf({ calendar, sprints, asOf }: ProjectView, planned: readonly PlannedItem[]): PlanAxis {
  const firstAt = planned.reduce((first, { promisedAt }) => Math.min(first, promisedAt), asOf);
  const days = sprints.flatMap(({ startedAt, completedAt }) =>
    startedAt !== null && completedAt !== null && completedAt > asOf - sprintDays * dayMs
      ? (completedAt - startedAt) / dayMs
      : [],
  );
  const weeks = days.length < leastSprints ? null : Math.max(1, Math.round(median(days)! / 7));
  return {
    startOn: startOfWeek(calendar.zone.dayAt(firstAt)),
    weeks: weeks ?? 1,
    unit: weeks === null ? 'week' : 'sprint',
  };
}

/** Time passed on the axis: whole periods, and the working days of the running one. */
export interface PassedTime {
  readonly whole: number;
  readonly worked: number;
  /** Working days of the running period; 0 when it has none. */
  readonly length: number;
}

/** What has passed at the end of a day; nothing before the start. */
export function passedBy({ startOn, weeks }: PlanAxis, on: Day, calendar: Calendar): PassedTime {
  const days = dayNumber(on) - dayNumber(startOn) + 1;
  if (days <= 0) return { whole: 0, worked: 0, length: 0 };
  const whole = Math.floor(days / (7 * weeks));
  const before = addDays(startOn, 7 * weeks * whole - 1);
  const length = calendar.distance(before, addDays(before, 7 * weeks));
  return { whole, worked: length === 0 ? 0 : calendar.distance(before, on), length };
}

/** Periods that have passed at the end of a day, the running one by its working days; 0 before the start. */
export function periodsAt(axis: PlanAxis, on: Day, calendar: Calendar): number {
  const { whole, worked, length } = passedBy(axis, on, calendar);
  return whole + (length === 0 ? 0 : worked / length);
}

/** The last day of the period of this number, from 1 on; 0 is the day before the plan. */
export function endOfPeriod({ startOn, weeks }: PlanAxis, period: number): Day {
  return addDays(startOn, 7 * weeks * period - 1);
}

/** The day by whose end so many periods have passed; null beyond the axis. */
export function dayAtPeriods({ startOn, weeks }: PlanAxis, periods: number, calendar: Calendar): Day | null {
  if (!(periods < mostPeriods)) return null;
  const whole = Math.floor(periods);
  const before = addDays(startOn, 7 * weeks * whole - 1);
  if (periods === whole) return before;
  const length = calendar.distance(before, addDays(before, 7 * weeks));
  return calendar.add(before, (periods - whole) * length - 1e-9);
}

/** When an item is planned to earn its value: at once on a day, or evenly over the time since its promise. */
export interface Profile {
  readonly from: number;
  readonly to: number;
}

/** In periods; `from` equals `to` for all or nothing at the end of a day. */
export function profileOf(planned: PlannedItem, axis: PlanAxis, calendar: Calendar): Profile {
  const to = Math.min(mostPeriods, periodsAt(axis, planned.finishOn, calendar));
  if (planned.isOwn) return { from: to, to };
  const from = periodsAt(axis, addDays(calendar.zone.dayAt(planned.promisedAt), -1), calendar);
  return to - from > stepPeriods ? { from, to } : { from: to, to };
}

/** Part of an item, 0 to 1, that should be earned when so many periods have passed. */
export function plannedPart({ from, to }: Profile, periods: number): number {
  if (periods >= to) return 1;
  return periods <= from ? 0 : (periods - from) / (to - from);
}

/** Planned value at the end of each period, up to the one in which the last item is planned; each weighs 1 when left out. */
export function plannedByPeriod(profiles: readonly Profile[], weights?: readonly number[]): readonly number[] {
  const count = Math.max(1, Math.ceil(profiles.reduce((last, { to }) => Math.max(last, to), 0)));
  // Two running sums instead of a pass over all items a period: what is whole by then, and what grows.
  const whole = new Float64Array(count + 2);
  const slope = new Float64Array(count + 2);
  const part = new Float64Array(count + 2);
  let total = 0;
  for (const [index, { from, to }] of profiles.entries()) {
    const weight = weights?.[index] ?? 1;
    total += weight;
    const last = Math.max(1, Math.ceil(to));
    whole[last]! += weight;
    if (from === to) continue;
    const first = Math.floor(from) + 1;
    if (first < last) {
      slope[first]! += weight / (to - from);
      slope[last]! -= weight / (to - from);
      part[first]! += (-from * weight) / (to - from);
      part[last]! -= (-from * weight) / (to - from);
    }
  }
  const values: number[] = [];
  let [done, rate, offset] = [0, 0, 0];
  for (let k = 1; k <= count; k += 1) {
    done += whole[k]!;
    rate += slope[k]!;
    offset += part[k]!;
    // Rounding must not let a plan fall; its last period holds all of it exactly.
    values.push(k === count ? total : Math.max(values.at(-1) ?? 0, done + rate * k + offset));
  }
  return values;
}
