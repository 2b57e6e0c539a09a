import { placeOf } from '../config/place.ts';
import { answerAlert } from '../core/alerts/answer-alert.ts';
import type { AlertAnswer } from '../core/alerts/answer-alert.ts';
import { answerCard } from '../core/reports/alert-card.ts';
import type { AlertAnswerKind, AlertCard, AlertLine } from '../core/reports/alert-card.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Message } from '../render/message.ts';
import { toSlack } from '../render/slack.ts';
import { renderTemplate } from '../render/templates.ts';
import { findTold, noteDecision, readAlerts, saveAlerts, saveTold } from '../store/alerts.ts';
import type { AlertName, ToldAlert } from '../store/alerts.ts';
import { inTransaction } from '../store/dialect.ts';
import { enqueueFollowUp } from '../store/outbox.ts';
import { alertMessage, buttonOfAction, readAlertValue } from './alert-message.ts';
import { alertMinuteOf } from './alert-time.ts';
import { calendarOf } from './calendar-of.ts';
import type { JobContext } from './context.ts';
import { deliverDue } from './deliver.ts';

export interface Press {
  readonly action: string;
  readonly value: string;
  readonly channel: string;
  readonly user: string;
  readonly userName: string;
  readonly locale: string;
}

const snoozeWorkingDays = 3;
/** Another answer or an evaluation came between so often: something is wrong. */
const mostTries = 5;

/**
 * What a button of an alert does: an answer goes into the state, the decision log and the message, in one transaction; a
 * question is answered to the person alone. Null when the message tells it. An alert of another channel is none here.
 */
export async function answerPress(context: JobContext, press: Press): Promise<Message | null> {
  const { db, templates } = context;
  const button = buttonOfAction(press.action);
  const name = readAlertValue(press.value);
  const told = name === null ? null : await findTold(db, name);
  const say = (code: string, data: object = {}) =>
    toSlack(renderTemplate(templates, `answer-${code}`, data, press.locale));
  if (button === null || name === null || told === null || told.channel !== press.channel) return say('no-alert');
  if (button === 'why') return say('alert-why', told.card);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const outcome = await answerOnce(context, name, { press, kind: button === 'snooze' ? 'snoozed' : 'acknowledged' });
    if (outcome === 'over') return say('alert-over');
    if (outcome === 'answered') {
      await postSoon(context, press.channel);
      return null;
    }
    if (outcome !== 'again') return say('alert-answered', outcome);
  }
  throw new Error(`the alert ${name.key} was changed by others ${mostTries} times`);
}

interface Asked {
  readonly press: Press;
  readonly kind: AlertAnswerKind;
}

/** A card when somebody has said so already. */
type Outcome = 'over' | 'answered' | 'again' | AlertCard;

async function answerOnce(context: JobContext, name: AlertName, { press, kind }: Asked): Promise<Outcome> {
  const { db, clock } = context;
  const at = clock.now();
  const kept = await readAlerts(db, name.project, at);
  const told = await findTold(db, name);
  const incident = kept.state.incidents[name.key];
  if (told === null || incident?.state !== 'open' || incident.episode !== name.episode) return 'over';
  if (told.card.state === kind) return told.card;
  const until = kind === 'snoozed' ? snoozeEnd(context, name, at) : null;
  const answer: AlertAnswer = until === null ? { kind: 'acknowledge', at } : { kind: 'snooze', until };
  const line: AlertLine & { readonly kind: AlertAnswerKind } = { kind, at, reason: null, by: press.userName, until };
  const card = answerCard(told.card, line);
  const part = alertMessage(context.templates, card, localeOf(context, told));
  const isKept = await inTransaction(db, async (tx) => {
    if (!(await saveAlerts(tx, { ...kept, state: answerAlert(kept.state, name.key, answer) }))) return false;
    await noteDecision(tx, { ...name, at, actor: press.user, kind, detail: { by: press.userName, until } });
    // The version names the change: an edit a change, whoever makes it.
    const key = `answer:${name.project}:${name.key}:${name.episode}:${kept.version}`;
    const edit = { key, kind: 'edit', partNo: 1, payload: part, dueAt: at, expiresAt: null };
    await enqueueFollowUp(tx, told.deliveryId, edit, at);
    await saveTold(tx, { ...told, card });
    return true;
  });
  return isKept ? 'answered' : 'again';
}

/** To the evaluation of the third working day from now: then it is told again if it still holds. */
function snoozeEnd(context: JobContext, { project }: AlertName, at: Instant): Instant {
  const calendar = calendarOf(context.config, project);
  const on = calendar.add(calendar.zone.dayAt(at), snoozeWorkingDays);
  return calendar.zone.firstAt(on, alertMinuteOf(context.config, project));
}

function localeOf({ config }: JobContext, { channel, card }: ToldAlert): string {
  return placeOf(config, config.channels[channel], config.projects[card.project.id]).locale;
}

/** The answer is kept already; who pressed should see it at once, but what fails here the worker does later. */
async function postSoon(context: JobContext, channel: string): Promise<void> {
  try {
    await deliverDue(context, { channel, signal: new AbortController().signal });
  } catch (error) {
    context.log.warn({ channel, error: String(error) }, 'the message of an answered alert is left to the worker');
  }
}
