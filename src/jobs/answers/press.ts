import { showsThere } from '../../config/access.ts';
import type { RestrictedField } from '../../config/access.ts';
import type { Press, Question, Reply } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { answerAlertPress } from './alert-press.ts';
import { reply, say } from './answer.ts';
import { answers } from './registry.ts';
import { answerHomePress } from './home-press.ts';
import { inSight } from './in-sight.ts';
import { misplacedOption } from './misplaced-option.ts';
import { answerDone } from './minutes.ts';
import { readChoice, readQuestion } from '../controls/question-value.ts';

/** What somebody asked for after the slash command. */
export async function ask(context: JobContext, question: Question): Promise<Reply> {
  return answerIn(await inSight(context, question), question);
}

/** What a command tells of that is not for every audience. */
const restricted: Partial<Readonly<Record<Question['name'], RestrictedField>>> = { budget: 'cost' };

async function answerIn(context: JobContext, question: Question): Promise<Reply> {
  const field = restricted[question.name];
  if (field !== undefined && !showsThere(context.config, question.channel, field))
    return reply(say(context, 'not-shown', {}, question.locale));
  const option = misplacedOption(question);
  if (option !== null) return reply(say(context, 'no-such-option', { name: question.name, option }, question.locale));
  return answers[question.name](context, question);
}

/** What a button or a menu of ours does; null when the message that it is in tells it. */
export async function press(everything: JobContext, pressed: Press): Promise<Reply | null> {
  const context = await inSight(everything, pressed);
  const { action, value, view: _, ...asker } = pressed;
  const { locale, userName } = asker;
  if (action.startsWith('alert-')) return answerAlertPress(context, pressed);
  if (action === 'answer-done') return answerDone(context, pressed);
  if (action.startsWith('home-') || action === 'answer-unsubscribe') return answerHomePress(context, pressed);
  const asked = readChoice(action, value) ?? readQuestion(value);
  if (asked === null) return reply(say(context, 'no-alert', {}, locale));
  const answer = await answerIn(context, { ...asked, ...asker });
  if (action !== 'answer-share' || answer.kind !== 'message') return answer;
  // Whoever reads it in the channel should know who brought it there, and has buttons of their own to ask with.
  const blocks = answer.message.blocks.filter(({ type }) => type !== 'actions');
  const by = say(context, 'shared', { by: userName }, locale);
  return { ...answer, message: { ...answer.message, blocks: [...blocks, ...by.blocks] }, isForAll: true };
}
