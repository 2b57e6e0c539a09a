import { parseDay } from '../core/time/day.ts';
import { parseInstant } from '../core/time/instant.ts';
import type { Instant } from '../core/time/instant.ts';
import { openZone } from '../core/time/zone.ts';
import { ConfigError } from '../lib/errors.ts';

/** `2026-11-24` is the end of that day in the zone; an instant needs its offset. Null stands for now. */
export function parseAsOf(text: string | null, zone: string, now: Instant): Instant {
  if (text === null) return now;
  const day = parseDay(text);
  // The last millisecond of the day: what happens at midnight belongs to the next one.
  if (day) return openZone(zone).endOf(day) - 1;
  const at = parseInstant(text);
  if (at !== null) return at;
  throw new ConfigError([
    {
      where: '--as-of',
      path: '',
      expected: 'a day that exists such as 2026-11-24, or an instant such as 2026-11-24T08:30:00+01:00',
      found: JSON.stringify(text),
    },
  ]);
}
