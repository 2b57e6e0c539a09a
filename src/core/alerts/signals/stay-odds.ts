import { kaplanMeier } from '../../metrics/flow/kaplan-meier.ts';
import type { Duration } from '../../metrics/flow/kaplan-meier.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';

/** How far ahead is asked: a week in which nothing moves is a week lost. */
export const stayWorkingDays = 5;

/** Stays that are left at an age before it is trusted; older ones are taken for as old as that. */
const leastAtRisk = 8;

/**
 * How likely an item that stands in a started status is to stay there for five more working days, from all stays of the
 * project in started statuses so far, the present ones included (Kaplan-Meier, metrics.md 2.9), in working days. Null for
 * items that were not started and while fewer than `sample` stays have ended.
 */
export function createStayOdds(view: ProjectView, sample: number): (item: ItemView) => number | null {
  const { calendar, today } = view;
  const stays: Duration[] = [];
  let ended = 0;
  for (const { past, isComplete } of view.counted) {
    if (!isComplete) continue;
    for (const [index, { at, value }] of past.status.entries()) {
      if (value.phase !== 'started') continue;
      const next = past.status[index + 1];
      const days = calendar.distance(calendar.zone.dayAt(at), next ? calendar.zone.dayAt(next.at) : today);
      if (next) ended += 1;
      stays.push({ days, isFinished: next !== undefined });
    }
  }
  if (ended < sample) return () => null;
  const survival = kaplanMeier(stays);
  const longestFirst = stays.map(({ days }) => days).sort((a, b) => b - a);
  const longest = longestFirst[Math.min(leastAtRisk, stays.length) - 1]!;
  return ({ status, statusSince }) => {
    if (status.phase !== 'started') return null;
    const age = Math.min(longest, calendar.distance(calendar.zone.dayAt(statusSince), today));
    const odds = survival.unfinishedBy(age, age + stayWorkingDays)!;
    const atRisk = longestFirst.findLastIndex((days) => days >= age) + 1;
    // Eight that all stayed do not make it certain: one stay of either kind is added, half and half.
    return (odds * atRisk + 0.5) / (atRisk + 1);
  };
}
