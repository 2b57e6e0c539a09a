import type { Press, Question, Reply } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { answerAlertPress } from './alert-press.ts';
import { reply, say } from './answer.ts';
import { answers } from './registry.ts';
import { answerHomePress } from './home-press.ts';
import { answerDone } from './minutes.ts';
import { readChoice, readQuestion } from './question-value.ts';

/** What somebody asked for after the slash command. */
export function ask(context: JobContext, question: Question): Promise<Reply> {
  return answers[question.name](context, question);
}

/** What a button or a menu of ours does; null when the message that it is in tells it. */
export async function press(context: JobContext, pressed: Press): Promise<Reply | null> {
  const { action, value, channel, user, userName, locale, zone, isOneOf } = pressed;
  if (action.startsWith('alert-')) return answerAlertPress(context, pressed);
  if (action === 'answer-done') return answerDone(context, pressed);
  if (action.startsWith('home-') || action === 'answer-unsubscribe') return answerHomePress(context, pressed);
  const asked = readChoice(action, value) ?? readQuestion(value);
  if (asked === null) return reply(say(context, 'no-alert', {}, locale));
  const answer = await ask(context, { ...asked, channel, user, userName, locale, zone, isOneOf });
  if (action !== 'answer-share' || answer.kind !== 'message') return answer;
  // Whoever reads it in the channel should know who brought it there, and has buttons of their own to ask with.
  const blocks = answer.message.blocks.filter(({ type }) => type !== 'actions');
  const by = say(context, 'shared', { by: userName }, locale);
  return { kind: 'message', message: { ...answer.message, blocks: [...blocks, ...by.blocks] }, isForAll: true };
}
