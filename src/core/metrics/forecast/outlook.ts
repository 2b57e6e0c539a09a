import type { Calendar } from '../../time/calendar.ts';
import { addDays } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import type { Grade } from '../figure.ts';
import { fitPace } from './pace.ts';
import { chanceByDay, whenDays } from './when.ts';
import type { Pace } from './pace.ts';
import type { DayGrid } from './when.ts';
import { gradeOfWeeks } from '../grade.ts';
import { completeWeeks, countByWeek, deliveriesAt, exposureByWeek } from '../flow/throughput.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';

/** Pace to believe in before a project has any of its own (metrics.md 3.3). */
const priorPace = 5;
const leastWeeks = 4;
/** When nothing was finished in so many weeks, the pace of before says nothing about the weeks to come. */
const silentWeeks = 12;
const recentWeeks = 4;
const usualWeeks = 12;
const noon = 12;
/** Recent pace under this part of the usual one has fallen. */
const fallenShare = 0.7;

/** What the past of a project says about its future, as known at an instant. */
export interface Outlook {
  /** Null when the history cannot carry a forecast. */
  readonly pace: Pace | null;
  /** Why there is none: `tooLittleHistory`, `nothingFinished`; null when there is one. */
  readonly noForecast: string | null;
  readonly grade: Grade;
  readonly weeks: number;
  /** The last four weeks went clearly slower than the twelve before them. */
  readonly hasPaceFallen: boolean;
  /** Chance that so many items are finished by the end of this day; 0 for a day that is over. Needs a pace. */
  chance(items: number, by: Day): number;
  /** First working days by which so many items are finished with each of these chances. Needs a pace. */
  when(items: number, probabilities: readonly number[]): readonly (Day | null)[];
}

/** `items` are all counted items that were ever in the project, so that the past is seen as it was. */
export function createOutlook(view: ProjectView, items: readonly ItemView[], at: Instant): Outlook {
  const { calendar } = view;
  const weeks = completeWeeks(items, calendar, at);
  const weekly = countByWeek(deliveriesAt(view, items, at), weeks, calendar);
  const exposure = exposureByWeek(weeks, calendar);
  const isSilent = weekly.slice(-silentWeeks).every((count) => count === 0);
  const noForecast = weeks.count < leastWeeks ? 'tooLittleHistory' : isSilent ? 'nothingFinished' : null;
  const pace = noForecast === null ? fitPace({ weekly, exposure, priorPace }) : null;
  return {
    pace,
    noForecast,
    grade: gradeOfWeeks(weeks.count),
    weeks: weeks.count,
    hasPaceFallen: hasFallen(weekly, exposure),
    ...askPace(pace, gridFrom(calendar, at)),
  };
}

/** Before noon the day of the report still counts as a day to work on; later it would count hours that are gone. */
export function gridFrom(calendar: Calendar, at: Instant): DayGrid {
  const { day, hour } = calendar.zone.localAt(at);
  return { from: hour < noon ? addDays(day, -1) : day, calendar };
}

/** Several milestones ask the same questions of one pace: each is answered once. */
function askPace(pace: Pace | null, grid: DayGrid): Pick<Outlook, 'chance' | 'when'> {
  const chances = new Map<string, number>();
  const dates = new Map<string, readonly (Day | null)[]>();
  const once = <T>(answers: Map<string, T>, question: string, answer: () => T): T => {
    const known = answers.get(question);
    if (known !== undefined) return known;
    const value = answer();
    answers.set(question, value);
    return value;
  };
  const known = (): Pace => {
    if (!pace) throw new Error('expected a pace to forecast from, found too little history');
    return pace;
  };
  return {
    chance: (items, by) => once(chances, `${items} ${by}`, () => chanceByDay(known(), items, by, grid)),
    when: (items, probabilities) =>
      once(dates, `${items} ${probabilities.join()}`, () => whenDays(known(), items, probabilities, grid)),
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

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
