import { dayMs } from '../../core/time/instant.ts';
import { inTransaction } from '../../store/dialect.ts';
import { forgetInbox } from '../../store/inbox.ts';
import { advanceSchedule, readSchedule } from '../../store/schedules.ts';
import type { JobContext } from '../context.ts';

/** Slack sends the same request again within minutes, when it is in doubt, and pipelines within days. */
const rememberedMs = 7 * dayMs;
const watermark = 'inbox:forget';

/** Once a day, by one process: lets go of requests that nobody sends again. Whether it was due. */
export async function forgetRequests({ db, clock }: JobContext): Promise<boolean> {
  const now = clock.now();
  const { lastSlot } = await readSchedule(db, watermark, now);
  if (now - lastSlot < dayMs) return false;
  return inTransaction(db, async (tx) => {
    const step = { scheduleId: watermark, from: lastSlot, toSlot: now, periodEnd: now };
    if (!(await advanceSchedule(tx, step))) return false;
    await forgetInbox(tx, now - rememberedMs);
    return true;
  });
}
