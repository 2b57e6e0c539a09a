import type { Calendar } from '../../time/calendar.ts';
import { addDays, dayNumber } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { dayMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import { doneAtOf, existsAt } from '../../view/item-clock.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import type { Grade } from '../figure.ts';
import { createDeliveries } from '../flow/deliveries.ts';
import type { DeliveredWeeks } from '../flow/deliveries.ts';
import { recentDays } from '../flow/flow-base.ts';
import { littlesLaw } from '../flow/littles-law.ts';
import type { LittlesLaw, Stay } from '../flow/littles-law.ts';
import { exposureByWeek, weekIndexOf } from '../flow/throughput.ts';
import { isThroughputUntrusted } from '../flow/trust-check.ts';
import { gradeOfWeeks, lower } from '../grade.ts';
import { paceOf, usualPace } from './team-paces.ts';
import { createPools } from './team-pool.ts';
import type { TeamPool } from './team-pool.ts';
import { learnCalibration } from './learned-levels.ts';
import type { Calibration, PastWeeks } from './learned-levels.ts';
import type { Pace } from './pace.ts';
import type { Supply } from './mixture.ts';
import { reformedIn } from './regime.ts';
import { leastWeeks, silenceOf } from './silence.ts';
import { horizonTo } from './when.ts';
import type { DayGrid } from './when.ts';
import { chanceOfPlan, daysOfPlan } from './work-plan.ts';
import type { Asked } from './work-plan.ts';
import { sum } from '../statistics.ts';

const recentWeeks = 4;
const usualWeeks = 12;
const noon = 12;
/** Recent pace under this part of the usual one has fallen. */
const fallenShare = 0.7;

/** What the past of a project says about its future, as known at an instant. */
export interface Outlook {
  /** Null when the history cannot carry a forecast. */
  readonly pace: Pace | null;
  /** Who does the work: that pace, or those of teams that share it. Null with the pace. */
  readonly supply: Supply | null;
  /** Why there is none: `tooLittleHistory`, `nothingFinished`; null when there is one. */
  readonly noForecast: string | null;
  readonly grade: Grade;
  readonly weeks: number;
  /** Work in progress does not come out as it goes in, so that the pace says little about it (metrics.md 2.3). */
  readonly isPaceUntrusted: boolean;
  /** Monday of the week in which another team took over; its past weighs a quarter (3.3). Null when none did. */
  readonly reformedOn: Day | null;
  /** The last four weeks went clearly slower than the twelve before them. */
  readonly hasPaceFallen: boolean;
  /** Chance that so many items, or all of a plan, are finished by the end of this day; 0 for a day that is over. Needs a pace. */
  chance(asked: Asked, by: Day): number;
  /** First working days by which so many items, or all of a plan, are finished with each of these chances. Needs a pace. */
  when(asked: Asked, probabilities: readonly number[]): readonly (Day | null)[];
  /** The plain chance that a told one asks for on a day (metrics.md 3.5, p_t); itself while too little was learned. */
  levelOf(chance: number, on: Day): number;
  /**
   * How many items were finished from the start of one week on until an instant, in proportion within its week; null when
   * that instant is not before the end of the last whole week, or the first one before the first of them.
   */
  finishedBetween(monday: Day, until: Instant): number | null;
}

/** What makes several outlooks of one project cheaper. */
export interface OutlookParts {
  /** Past weeks are mostly the same from one instant to the next. */
  readonly learn?: (past: PastWeeks) => Calibration;
  /** The items that can have been in progress in the 90 days before the instant (`onceInProgress`); all when left out. */
  readonly inProgress?: readonly ItemView[];
}

/** `items` are all counted items that were ever in the project, so that the past is seen as it was. */
export function createOutlook(
  view: ProjectView,
  items: readonly ItemView[],
  at: Instant,
  parts?: OutlookParts,
): Outlook {
  return createOutlooks(view, items)(at, parts);
}

/** The same for those who ask at several instants. */
export function createOutlooks(
  view: ProjectView,
  items: readonly ItemView[],
): (at: Instant, parts?: OutlookParts) => Outlook {
  const deliveredAt = createDeliveries(view, items);
  const poolAt = createPools(view);
  return (at, { learn = learnCalibration, inProgress = items } = {}) =>
    outlookFrom(view.calendar, at, { delivered: deliveredAt(at), learn, inProgress, pool: poolAt?.(at) ?? null });
}

interface OutlookFrom extends Required<OutlookParts> {
  readonly delivered: DeliveredWeeks;
  /** Items a normal week to believe in where nothing is known; null: then there is no forecast. */
  readonly priorPace?: number | null;
  /** Teams that share the work; null where one does it all. */
  readonly pool: TeamPool | null;
}

/** The outlook of those who delivered these weeks. */
export function outlookFrom(
  calendar: Calendar,
  at: Instant,
  { delivered, learn, inProgress, priorPace: given = null, pool }: OutlookFrom,
): Outlook {
  const { weeks, weekly, finishers } = delivered;
  const exposure = exposureByWeek(weeks, calendar);
  const priorPace = given ?? usualPace;
  const noForecast = given !== null && weeks.count < leastWeeks ? null : silenceOf(delivered);
  const reformed = reformedIn(finishers);
  const pace = noForecast === null ? paceOf(delivered, priorPace, calendar) : null;
  const supply = pace === null || pool === null ? pace : pool.supply;
  const isPaceUntrusted = pace !== null && isThroughputUntrusted(lawAt(inProgress, at));
  const grade = gradeOfWeeks(pool === null ? weeks.count : pool.leastWeeks);
  return {
    pace,
    supply,
    noForecast,
    grade: isPaceUntrusted ? lower(grade) : grade,
    weeks: weeks.count,
    isPaceUntrusted,
    reformedOn: reformed === null || weeks.firstOn === null ? null : addDays(weeks.firstOn, 7 * reformed),
    hasPaceFallen: hasFallen(weekly, exposure),
    ...askSupply(supply, {
      ...gridFrom(calendar, at),
      calibration: learn({ weekly, exposure, priorPace, ...(pool === null ? {} : { pool: pool.past }) }),
    }),
    finishedBetween: (monday, until) => {
      const to = weekIndexOf(until, weeks, calendar);
      if (to === null || monday < weeks.firstOn!) return null;
      const from = (dayNumber(monday) - dayNumber(weeks.firstOn!)) / 7;
      const weekStart = calendar.zone.startOf(addDays(weeks.firstOn!, 7 * to));
      return sum(weekly.slice(from, to)) + (weekly[to]! * (until - weekStart)) / (7 * dayMs);
    },
  };
}

/** Little's law over the last 90 days, as known then. */
function lawAt(items: readonly ItemView[], at: Instant): LittlesLaw {
  const from = at - recentDays * dayMs;
  return littlesLaw(staysAt(items, at, from), from / dayMs, at / dayMs);
}

/** Items that were in progress at some time in the 90 days before `at` or since: of a long past a small part. */
export function onceInProgress(items: readonly ItemView[], at: Instant): readonly ItemView[] {
  const from = at - recentDays * dayMs;
  return items.filter(({ startedAt, doneSpans, isDoneTimeKnown }) => {
    if (startedAt === null) return false;
    const last = doneSpans.at(-1);
    return !isDoneTimeKnown || last === undefined || last.until !== null || last.from > from;
  });
}

function* staysAt(items: readonly ItemView[], at: Instant, from: Instant): Generator<Stay> {
  for (const item of items) {
    const { startedAt } = item;
    if (startedAt === null || startedAt >= at || !existsAt(item, at)) continue;
    const doneAt = doneAtOf(item, at);
    // Done at a time that nobody knows is neither in progress nor finished in the window.
    if (doneAt === null ? item.isDone && !item.isDoneTimeKnown : doneAt <= from) continue;
    yield { start: startedAt / dayMs, end: doneAt === null ? null : doneAt / dayMs };
  }
}

/** Before noon the day of the report still counts as a day to work on; later it would count hours that are gone. */
export function gridFrom(calendar: Calendar, at: Instant): DayGrid {
  const { day, hour } = calendar.zone.localAt(at);
  return { from: hour < noon ? addDays(day, -1) : day, calendar };
}

/** Several milestones ask the same questions of one pace: each is answered once. */
function askSupply(
  supply: Supply | null,
  grid: DayGrid & { readonly calibration: Calibration },
): Pick<Outlook, 'chance' | 'when' | 'levelOf'> {
  const chances = new Map<Asked, Map<string, number>>();
  const dates = new Map<Asked, Map<string, readonly (Day | null)[]>>();
  const once = <T>(answers: Map<Asked, Map<string, T>>, asked: Asked, question: string, answer: () => T): T => {
    let known = answers.get(asked);
    if (!known) answers.set(asked, (known = new Map()));
    const before = known.get(question);
    if (before !== undefined) return before;
    const value = answer();
    known.set(question, value);
    return value;
  };
  const known = (): Supply => {
    if (!supply) throw new Error('expected a pace to forecast from, found too little history');
    return supply;
  };
  return {
    when: (asked, probabilities) =>
      once(dates, asked, probabilities.join(), () => daysOfPlan(known(), asked, probabilities, grid)),
    levelOf: (chance, on) => grid.calibration.levelOf(chance, horizonTo(on, grid).weeks),
    chance: (asked, by) => once(chances, asked, by, () => chanceOfPlan(known(), asked, by, grid)),
  };
}

function hasFallen(weekly: readonly number[], exposure: readonly number[]): boolean {
  if (weekly.length < recentWeeks + usualWeeks) return false;
  const paceOf = (from: number, to?: number) => {
    const capacity = sum(exposure.slice(from, to));
    return capacity > 0 ? sum(weekly.slice(from, to)) / capacity : null;
  };
  const recent = paceOf(-recentWeeks);
  const usual = paceOf(-recentWeeks - usualWeeks, -recentWeeks);
  return recent !== null && usual !== null && usual >= 1 && recent < fallenShare * usual;
}
