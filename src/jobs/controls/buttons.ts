import type { ActionsBlock, Button } from '@slack/types';
import { writeWords } from '../../render/write-words.ts';
import type { Message } from '../../render/message.ts';
import type { Question } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { questionValue } from './question-value.ts';
import type { Named } from '../targets/visible-projects.ts';

/** Answers that lead to one another. */
const related = ['status', 'milestones', 'risks', 'forecast'] as const;

/** Under an answer about a project: to show it to the channel, and to ask further. */
export function followUps(
  context: JobContext,
  message: Message,
  { question, project }: { readonly question: Question; readonly project: Named },
): Message {
  const { name, asOf, locale } = question;
  const others = related.filter((other) => other !== name);
  return withButtons(
    context,
    message,
    [
      { code: 'share', action: 'answer-share', value: questionValue(question) },
      ...others.map((other) => ({
        code: other,
        action: `answer-ask:${other}`,
        value: questionValue({ name: other, words: [project.id], asOf, by: null, items: null, isJson: false }),
      })),
    ],
    locale,
  );
}

export interface ButtonSpec {
  /** Names its words. */
  readonly code: string;
  readonly action: string;
  readonly value: string;
  readonly style?: 'primary' | 'danger';
}

export function withButtons(
  context: JobContext,
  message: Message,
  buttons: readonly ButtonSpec[],
  locale: string,
): Message {
  const actions: ActionsBlock = { type: 'actions', elements: buttons.map((one) => buttonOf(context, one, locale)) };
  return { ...message, blocks: [...message.blocks, actions] };
}

export function buttonOf(
  { templates }: JobContext,
  { code, action, value, style }: ButtonSpec,
  locale: string,
): Button {
  return {
    type: 'button',
    action_id: action,
    text: { type: 'plain_text', text: writeWords(templates, 'label', { code }, locale) },
    value,
    ...(style ? { style } : {}),
  };
}
