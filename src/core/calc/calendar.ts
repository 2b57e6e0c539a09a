import { createCalendar } from '../time/calendar.ts';
import type { Day, Weekday } from '../time/day.ts';
import { openZone } from '../time/zone.ts';

export interface CalendarRules {
  readonly weekend: readonly Weekday[];
  readonly holidays: readonly Day[];
  readonly halfDays: readonly Day[];
}

export interface CalendarQuestion extends CalendarRules {
  readonly pairs: readonly (readonly [Day, Day])[];
}

/** `calc calendar`: signed working days of each pair (metrics.md 0.3). */
export function calcCalendar({ pairs, ...rules }: CalendarQuestion) {
  const calendar = createCalendar({ ...rules, zone: openZone('UTC') });
  return { workingDays: pairs.map(([from, to]) => calendar.distance(from, to)) };
}
