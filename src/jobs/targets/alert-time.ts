import type { Config } from '../../config/load.ts';
import { newsEvaluations, usualMinute } from '../../core/backtest/replay-alerts.ts';
import type { Calendar } from '../../core/time/calendar.ts';
import { addDays } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import { targetFor } from './digest-target.ts';

/**
 * The minute of the day at which the alerts of a project are evaluated: that of its digest, so that the two agree, unless
 * that lies in the quiet hours, in which nothing could be told.
 */
export function alertMinuteOf(config: Config, project: string): number {
  const { schedule } = targetFor(config, 'project-digest', project);
  const { quietFromHour, quietToHour } = config.thresholds.alerts;
  const [hour] = schedule?.hours ?? [];
  const [minute] = schedule?.minutes ?? [];
  const wanted = hour === undefined || minute === undefined ? usualMinute : hour * 60 + minute;
  const from = quietFromHour * 60;
  const to = quietToHour * 60;
  const isQuiet = from < to ? wanted >= from && wanted < to : from !== to && (wanted >= from || wanted < to);
  return isQuiet ? to : wanted;
}

/** The day from which on a change is news on a day: so many evaluations before it. */
export function newsSince(calendar: Calendar, today: Day): Day {
  let day = today;
  for (let left = newsEvaluations; left > 0;) {
    day = addDays(day, -1);
    if (calendar.fraction(day) > 0) left -= 1;
  }
  return day;
}
