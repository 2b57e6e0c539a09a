import { decidersOf } from '../../config/deciders.ts';
import type { Press, Reply } from '../../slack/answers.ts';
import { findTold } from '../../store/alerts.ts';
import { buttonOfAction, readAlertValue } from '../alerts/alert-message.ts';
import type { JobContext } from '../context.ts';
import { tellWhy } from './alerts.ts';
import { reply, say } from './answer.ts';
import { answerTold, isWhereTold } from './answer-told.ts';
import { rebaselineForm } from './forms/rebaseline.ts';
import { visibleProjects } from '../targets/visible-projects.ts';
import { disputeForm } from './forms/dispute.ts';

/**
 * What a button of an alert does: an answer changes the alert and its message; a question is answered to the person
 * alone. Null when the message tells it. An alert of another channel is none here.
 */
export async function answerAlertPress(context: JobContext, press: Press): Promise<Reply | null> {
  const button = buttonOfAction(press.action);
  const name = readAlertValue(press.value);
  const told = name === null ? null : await findTold(context.db, name);
  const tell = (code: string, data: object = {}) => reply(say(context, code, data, press.locale));
  if (button === null || name === null || told === null) return tell('no-alert');
  const isSeen = visibleProjects(context.config, press.channel).some(({ id }) => id === name.project);
  if (!isSeen) return tell('no-alert');
  if (button === 'why') return tellWhy(context, told.card, press);
  if (!(await isWhereTold(told, press))) return tell('no-alert');
  if (button === 'dispute') {
    if (told.card.state === 'resolved') return tell('alert-over');
    return { kind: 'form', view: disputeForm(context, name, press) };
  }
  if (button === 're-baseline') {
    if (told.card.state === 'resolved') return tell('alert-over');
    if (!(await press.isOneOf(decidersOf(context.config, name.project)))) return tell('not-entitled');
    return { kind: 'form', view: rebaselineForm(context, { told, name }, press) };
  }
  const kind = button === 'snooze' ? 'snoozed' : 'acknowledged';
  const message = await answerTold(context, name, { asker: press, kind, reason: null });
  return message && reply(message);
}
