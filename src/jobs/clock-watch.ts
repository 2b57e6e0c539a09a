import { hourMs, minuteMs, secondMs } from '../core/time/instant.ts';
import { advanceSchedule, readSchedule } from '../store/schedules.ts';
import type { JobContext } from './context.ts';

/** Nobody plans for a longer leap (reliability.md 3.4); a weekend of rest is one, and Slack then says that it is true. */
const leapMs = 36 * hourMs;
const noteEveryMs = 15 * minuteMs;
/** Beyond this Slack's own requests are refused, too. */
const mostSkewMs = 5 * minuteMs;
const watermark = 'clock';

/**
 * Whether the time can be believed. After a leap Slack is asked for it: with a clock that is a year ahead a year of
 * digests would be planned, and none of them come when their day is there.
 */
export async function isClockBelieved(context: JobContext): Promise<boolean> {
  const { db, clock, log } = context;
  const now = clock.now();
  const { lastSlot } = await readSchedule(db, watermark, now);
  if (now - lastSlot > leapMs && context.slackSkewMs) {
    const skewMs = await context.slackSkewMs();
    if (skewMs === null || Math.abs(skewMs) > mostSkewMs) {
      const known = skewMs === null ? {} : { slackIsAheadSeconds: Math.round(skewMs / secondMs) };
      log.error(
        { leapHours: Math.round((now - lastSlot) / hourMs), ...known },
        'the clock is not believed: nothing is done',
      );
      return false;
    }
  }
  if (now - lastSlot >= noteEveryMs)
    await advanceSchedule(db, { scheduleId: watermark, from: lastSlot, toSlot: now, periodEnd: now });
  return true;
}
