import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { AlertRule, AlertSignal, SubjectState } from './alert.ts';
import type { AlertPolicy } from './policy.ts';

/** What is known at one evaluation of a project: once a working day, at the same hour. */
export interface Evaluation {
  readonly at: Instant;
  /** Of the project: its zone for quiet hours, its working days for everything that is counted in days. */
  readonly calendar: Calendar;
  readonly signals: readonly AlertSignal[];
  /** Whether nothing can be said of a rule and a subject now, such as a milestone without a forecast: no news is no recovery. */
  readonly isUnknown: (rule: AlertRule, subject: string) => boolean;
  readonly subjectState: (rule: AlertRule, subject: string) => SubjectState;
  /** False while a source fails or the data is old: nothing opens and nothing closes on missing data. */
  readonly isFresh: boolean;
  /** New alerts that other projects have posted in the same channel today. */
  readonly spentToday: number;
}

/** An evaluation with what it is judged by. */
export interface Round extends Evaluation {
  readonly policy: AlertPolicy;
  readonly today: Day;
  readonly isQuiet: boolean;
}

/** Working days from a day to the day of the evaluation; endless when there was none. */
export function since(day: Day | null, { calendar, today }: Round): number {
  return day === null ? Infinity : calendar.distance(day, today);
}

/** What all decisions of one evaluation share: the team's day, and whether it is a quiet hour. */
export function openRound(evaluation: Evaluation, policy: AlertPolicy): Round {
  const { at, calendar } = evaluation;
  return { ...evaluation, policy, today: calendar.zone.dayAt(at), isQuiet: isQuietAt(at, calendar, policy) };
}

/** Whether nothing is to be said to a team at an instant. */
export function isQuietAt(at: Instant, calendar: Calendar, policy: AlertPolicy): boolean {
  const { day, hour, minute } = calendar.zone.localAt(at);
  return isQuiet(hour + minute / 60, calendar.fraction(day), policy);
}

/** The night, and every day on which nobody works. */
function isQuiet(hour: number, fraction: number, { quietHours }: AlertPolicy): boolean {
  if (fraction === 0) return true;
  if (quietHours === null) return false;
  const { from, to } = quietHours;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}
