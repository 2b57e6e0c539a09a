import { dayMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { SourceProblem } from '../source.ts';

const expiryNoticeDays = 14;

/** A token that ends within two weeks is told; `endsOn` is how people read that day. */
export function checkTokenEnd(endsAt: Instant, endsOn: string, now: Instant): SourceProblem[] {
  const daysLeft = Math.ceil((endsAt - now) / dayMs);
  if (daysLeft > expiryNoticeDays) return [];
  return [
    {
      severity: 'warning',
      what: 'end of the token',
      expected: `more than ${expiryNoticeDays} days from now`,
      found: `${endsOn}, in ${daysLeft} days`,
      todo: 'create the next token now and put it where the config names it',
    },
  ];
}
