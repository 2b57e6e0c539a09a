import { placeOf } from '../../config/place.ts';
import type { Day } from '../../core/time/day.ts';
import { hourMs } from '../../core/time/instant.ts';
import { inTransaction } from '../../store/dialect.ts';
import { listOpenActions, noteChase } from '../../store/minutes.ts';
import type { Action } from '../../store/minutes.ts';
import { enqueue, enqueueFollowUp } from '../../store/outbox.ts';
import { saveDirect } from '../../store/people.ts';
import { alertMinuteOf } from '../targets/alert-time.ts';
import { calendarOf } from '../calendar-of.ts';
import type { JobContext } from '../context.ts';
import { chaseMessage } from './minutes-message.ts';
import { reachOf } from './tell-absent.ts';

/** After the day that was agreed, once in so many working days. */
const againWorkingDays = 5;

/** Reminds the owners of what is due, in the thread of its minutes, and alone who does not read there: on the day, then once a week until it is closed. */
export async function chaseActions(context: JobContext): Promise<number> {
  let chased = 0;
  for (const project of Object.keys(context.config.projects)) {
    const calendar = calendarOf(context.config, project);
    const now = context.clock.now();
    const today = calendar.zone.dayAt(now);
    const isTime =
      calendar.fraction(today) > 0 && calendar.zone.firstAt(today, alertMinuteOf(context.config, project)) <= now;
    if (!isTime) continue;
    for (const action of await listOpenActions(context.db, [project])) {
      const isDue = action.dueOn <= today;
      const isAgain = action.chasedOn === null || calendar.distance(action.chasedOn, today) >= againWorkingDays;
      if (isDue && isAgain && (await chase(context, action, today))) chased += 1;
    }
  }
  return chased;
}

async function chase(context: JobContext, action: Action, today: Day): Promise<boolean> {
  const { db, config, clock } = context;
  const { zone, locale } = placeOf(config, config.projects[action.project]);
  const at = clock.now();
  const payload = chaseMessage(context, action, { asOf: at, zone, locale });
  const { channel, project, owner: person } = action;
  const reach = await reachOf(context, { channel, project, person });
  return inTransaction(db, async (tx) => {
    if (!(await noteChase(tx, action.id, today))) return false;
    const key = `action:${action.id}:${today}`;
    const line = { key, kind: 'reminder', partNo: 1, payload, dueAt: at, expiresAt: at + 24 * hourMs };
    const isTold = (await enqueueFollowUp(tx, action.deliveryId, line, at)) !== null;
    if (!isTold || reach.kind !== 'absent') return isTold;
    const { dueAt, expiresAt } = line;
    const when = { scheduleId: null, slot: null, asOf: at, dueAt, expiresAt };
    const about = { key: `${key}:alone`, kind: 'reminder', channel: reach.place, report: 'minutes', project };
    await saveDirect(tx, reach.place, person);
    await enqueue(tx, { ...about, ...when, message: { root: payload, replies: [] } }, at);
    return isTold;
  });
}
