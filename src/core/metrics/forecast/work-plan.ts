import type { Day } from '../../time/day.ts';
import type { Work } from './forecast.ts';
import type { Supply } from './mixture.ts';
import { chanceByDay, whenDays } from './when.ts';
import type { DayGrid } from './when.ts';

/** What stands between today and the end of a milestone (metrics.md 3.4). */
export interface WorkPlan {
  /** What is finished by then, other people's items that come first included. */
  readonly work: Work;
  /** Part of the team's capacity that goes into it, above 0 and up to 1. */
  readonly share: number;
  /** The part of the work that cannot start before a day; null when all of it can start at once. */
  readonly later: { readonly work: Work; readonly startsOn: Day } | null;
}

/** A number of items is worked on at once and by the whole team. */
export type Asked = number | WorkPlan;

/**
 * Chance that the plan is done by the end of a day. Work that starts later and what comes before it are done by one team,
 * whose pace decides on both: the less likely of the two stands for both.
 */
export function chanceOfPlan(supply: Supply, asked: Asked, by: Day, grid: DayGrid): number {
  if (typeof asked === 'number') return chanceByDay(supply, asked, by, grid);
  const { work, share, later } = asked;
  const shared = sharedGrid(grid, share);
  const chance = chanceByDay(supply, work, by, shared);
  if (later === null) return chance;
  return Math.min(chance, chanceByDay(supply, later.work, by, { ...shared, startsOn: later.startsOn }));
}

/** The first working days by which the plan is done with each of the chances; null beyond 260 weeks. */
export function daysOfPlan(
  supply: Supply,
  asked: Asked,
  probabilities: readonly number[],
  grid: DayGrid,
): readonly (Day | null)[] {
  if (typeof asked === 'number') return whenDays(supply, asked, probabilities, grid);
  const { work, share, later } = asked;
  const shared = sharedGrid(grid, share);
  const days = whenDays(supply, work, probabilities, shared);
  if (later === null) return days;
  const own = whenDays(supply, later.work, probabilities, { ...shared, startsOn: later.startsOn });
  return days.map((day, index) => {
    const other = own[index]!;
    return day === null || other === null ? null : day > other ? day : other;
  });
}

/** Absences and a share of the team both make a day smaller. */
function sharedGrid(grid: DayGrid, share: number): DayGrid {
  if (share === 1) return grid;
  const { capacity } = grid;
  return { ...grid, capacity: (day) => share * (capacity?.(day) ?? 1) };
}
