import type { Day } from '../time/day.ts';
import type { PersonId } from './ids.ts';

/** What an hour costs while the rate holds, both days included; null for "since ever" and "for good". */
export interface Rate {
  /** Whose: one person's, a role's, or everybody's when both are null. */
  readonly person: PersonId | null;
  readonly role: string | null;
  /** In minor units of the currency of the budget, overhead and the fixed rate of exchange included. */
  readonly perHour: number;
  /** What it would be by the exchange of now, as a part on top, such as 0.03; left out where nobody says. */
  readonly drift?: number;
  readonly from: Day | null;
  readonly to: Day | null;
}

/** A team, or a part of one, that the budget pays. */
export interface TeamStretch {
  readonly people: number;
  /** What a person costs a day, in minor units; null where only hours are told of it. */
  readonly perDay: number | null;
  /** Part of their time that the project has, above 0 and up to 1. */
  readonly allocation: number;
  readonly from: Day | null;
  readonly to: Day | null;
}

/** What a project may cost, and what its work costs (metrics.md 6.3). Money is in whole minor units, such as cents. */
export interface BudgetSettings {
  readonly amount: number;
  /** ISO 4217, such as `EUR`. */
  readonly currency: string;
  /** First day of work that it pays for. */
  readonly from: Day;
  /** Where the actual cost comes from: one source for all of it, never both. */
  readonly actuals: 'worklogs' | 'capacity';
  readonly rates: readonly Rate[];
  readonly roles: Readonly<Record<string, readonly PersonId[]>>;
  readonly team: readonly TeamStretch[];
  readonly hoursPerDay: number;
  /** Part of the day that goes into planned work, such as 0.8. */
  readonly focus: number;
}

/** Digits of the minor unit of a currency: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
