import { placeOf } from '../../config/place.ts';
import { answerAlert } from '../../core/alerts/answer-alert.ts';
import type { AlertAnswer } from '../../core/alerts/answer-alert.ts';
import { answerCard } from '../../core/reports/alert-card.ts';
import type { AlertAnswerKind, AlertCard, AlertLine } from '../../core/reports/alert-card.ts';
import type { Day } from '../../core/time/day.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Message } from '../../render/message.ts';
import type { Asker } from '../../slack/answers.ts';
import { findTold, noteDecision, readAlerts, saveAlerts, saveTold } from '../../store/alerts.ts';
import type { AlertName, ToldAlert } from '../../store/alerts.ts';
import { inTransaction } from '../../store/dialect.ts';
import { dropSheet } from '../../store/sheets.ts';
import { saveRebaseline } from '../../store/rebaselines.ts';
import { enqueueFollowUp } from '../../store/outbox.ts';
import { alertMessage } from '../alerts/alert-message.ts';
import { alertMinuteOf } from '../targets/alert-time.ts';
import { calendarOf } from '../calendar-of.ts';
import type { JobContext } from '../context.ts';
import { deliverDue } from '../posting/deliver.ts';
import { say } from './answer.ts';

const snoozeWorkingDays = 3;
/** Another answer or an evaluation came between so often: something is wrong. */
const mostTries = 5;

/** What a person answers to an alert. */
export interface AnswerOf {
  readonly asker: Asker;
  readonly kind: AlertAnswerKind;
  /** In their own words; null where none is asked for. */
  readonly reason: string | null;
  /** The new promise, when that is the answer. */
  readonly rebaselinedOn?: Day;
}

/** Whether somebody is where an alert was told: there, or alone on their page and in that channel. */
export async function isWhereTold({ channel }: ToldAlert, asker: Asker): Promise<boolean> {
  if (asker.channel !== '') return asker.channel === channel;
  return (await asker.channels()).includes(channel);
}

/**
 * Takes an answer into the state of an alert, the decision log and its message, in one transaction. Null when the
 * message tells it; else what the person is told.
 */
export async function answerTold(context: JobContext, name: AlertName, answer: AnswerOf): Promise<Message | null> {
  const { locale } = answer.asker;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const outcome = await answerOnce(context, name, answer);
    if (outcome === 'over') return say(context, 'alert-over', {}, locale);
    if (typeof outcome === 'object') return say(context, 'alert-answered', outcome, locale);
    if (outcome === 'answered') return null;
  }
  throw new Error(`the alert ${name.key} was changed by others ${mostTries} times`);
}

/** A card when somebody has said so already. */
type Outcome = 'over' | 'answered' | 'again' | AlertCard;

async function answerOnce(context: JobContext, name: AlertName, answer: AnswerOf): Promise<Outcome> {
  const { asker, kind, reason, rebaselinedOn: on } = answer;
  const { db, clock } = context;
  const at = clock.now();
  const kept = await readAlerts(db, name.project, at);
  const told = await findTold(db, name);
  const incident = kept.state.incidents[name.key];
  if (told === null || incident?.state !== 'open' || incident.episode !== name.episode) return 'over';
  if (told.card.state === kind) return told.card;
  const until = kind === 'snoozed' ? snoozeEnd(context, name, at) : null;
  const line: AlertLine & { readonly kind: AlertAnswerKind } = {
    kind,
    at,
    reason: null,
    by: asker.userName,
    until,
    ...(on === undefined ? {} : { on }),
  };
  const card = answerCard(told.card, line);
  const part = alertMessage(context, card, localeOf(context, told));
  const isKept = await inTransaction(db, async (tx) => {
    const state = answerAlert(kept.state, name.key, stateAnswer(kind, { at, until }));
    if (!(await saveAlerts(tx, { ...kept, state }))) return false;
    const detail = { by: asker.userName, until, reason, ...(on === undefined ? {} : { on }) };
    await noteDecision(tx, { ...name, at, actor: asker.user, kind, detail });
    if (on !== undefined) {
      const agreed = { milestone: told.card.line.subject, at, on, by: asker.userName, reason: reason ?? '' };
      await saveRebaseline(tx, name.project, { ...agreed, actor: asker.user });
      // Who agreed on a date, and asks for the status next, should find it there.
      await dropSheet(tx, name.project);
    }
    // The version names the change: an edit a change, whoever makes it.
    const key = `answer:${name.project}:${name.key}:${name.episode}:${kept.version}`;
    const edit = { key, kind: 'edit', partNo: 1, payload: part, dueAt: at, expiresAt: null };
    await enqueueFollowUp(tx, told.deliveryId, edit, at);
    await saveTold(tx, { ...told, card });
    return true;
  });
  if (!isKept) return 'again';
  await postSoon(context, told.channel);
  return 'answered';
}

function stateAnswer(
  kind: AlertAnswerKind,
  { at, until }: { readonly at: Instant; readonly until: Instant | null },
): AlertAnswer {
  if (kind === 'disputed') return { kind: 'wrong' };
  return until === null ? { kind: 'acknowledge', at } : { kind: 'snooze', until };
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
