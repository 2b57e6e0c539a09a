import { addUpTimes, drawOne } from '../metrics/forecast/distribution.ts';
import type { Chances } from '../metrics/forecast/distribution.ts';

/** Past weeks that the weekly rival draws from, and days of the daily one. */
const weeklyMemory = 26;
const dailyMemoryDays = 84;
const daysAWeek = 7;
const workingDaysAWeek = 5;

/**
 * What the bootstraps of other tools would forecast (metrics.md 3.2): each week to come is one of the last 26, drawn
 * with replacement. Their simulation is a sum of independent draws, so its exact distribution is had by convolution: no
 * dice, no noise of a few hundred trials, the same bytes every time.
 */
export function weeklyBootstrap(weekly: readonly number[], weeks: number): Chances {
  return addUpTimes(drawOne(weekly.slice(-weeklyMemory)), weeks);
}

/** The same by the day: each day to come, weekends too, is one of the last 84. `daily` are whole counts, oldest first. */
export function dailyBootstrap(daily: readonly number[], weeks: number): Chances {
  return addUpTimes(drawOne(daily.slice(-dailyMemoryDays)), weeks * daysAWeek);
}

/**
 * The daily rival where only weeks are known: one of the last 84 days is one of 12 weeks, with two chances in seven a day
 * off, and else a day on which each item of that week fell with a chance of one in five.
 */
export function dailyBootstrapOfWeeks(weekly: readonly number[], weeks: number): Chances {
  return addUpTimes(drawDay(weekly.slice(-dailyMemoryDays / daysAWeek)), weeks * daysAWeek);
}

function drawDay(weekly: readonly number[]): Chances {
  const chances = new Float64Array(Math.max(0, ...weekly) + 1);
  const share = 1 / workingDaysAWeek;
  chances[0] = weekly.length === 0 ? 1 : 1 - workingDaysAWeek / daysAWeek;
  for (const count of weekly) {
    let chance = (workingDaysAWeek / daysAWeek / weekly.length) * (1 - share) ** count;
    for (let done = 0; done <= count; done++) {
      chances[done]! += chance;
      chance *= ((count - done) / (done + 1)) * (share / (1 - share));
    }
  }
  return chances;
}
