import type { Http } from '../../lib/http.ts';
import type { SourceProblem } from '../source.ts';

/** More than this, and "changed since" means another time to the tool than to us. */
const maxSkewMs = 120_000;

/** Whether the clock of a tool agrees with ours, by its answers so far; nothing where it gives no time. */
export function checkClock(http: Http, tool: string): SourceProblem[] {
  const skewMs = http.skewMs();
  if (skewMs === null || Math.abs(skewMs) <= maxSkewMs) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return [
    {
      severity: 'warning',
      what: 'clock',
      expected: `this machine within ${maxSkewMs / 1000} s of ${tool}`,
      found: `${tool} is ${seconds} s ${skewMs > 0 ? 'ahead' : 'behind'}`,
      todo: 'set the clock of this machine by NTP',
    },
  ];
}
