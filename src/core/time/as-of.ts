import { parseDay } from './day.ts';
import { parseInstant } from './instant.ts';
import type { Instant } from './instant.ts';
import type { Zone } from './zone.ts';

/**
 * What people write for an instant: `2026-11-24` is the end of that day in the zone (its last millisecond: what happens
 * at midnight belongs to the next day), anything else is ISO 8601 with its offset. Null when it is neither.
 */
export function readAsOf(text: string, zone: Zone): Instant | null {
  const day = parseDay(text);
  return day ? zone.endOf(day) - 1 : parseInstant(text);
}
