import { readAsOf } from '../core/time/as-of.ts';
import type { Instant } from '../core/time/instant.ts';
import { openZone } from '../core/time/zone.ts';
import { ConfigError } from '../lib/errors.ts';

/** The instant that `--as-of` names; without it, now. */
export function parseAsOf(text: string | null, zone: string, now: Instant): Instant {
  if (text === null) return now;
  const at = readAsOf(text, openZone(zone));
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
