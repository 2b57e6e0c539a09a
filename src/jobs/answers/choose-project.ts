import type { ActionsBlock } from '@slack/types';
import type { Question, Reply } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { reply, say } from './answer.ts';
import { label, plainName } from '../controls/labels.ts';
import { choiceAction } from '../controls/question-value.ts';
import { findNamed, suggestionsFor, visibleProjects } from '../targets/visible-projects.ts';
import type { Named } from '../targets/visible-projects.ts';

export interface Chosen {
  readonly kind: 'chosen';
  readonly project: Named;
  /** What was asked about it: the words after its name. */
  readonly rest: readonly string[];
}

export interface ChooseOptions {
  /** The command asks about something in a project; without a name, it is in the only one. */
  readonly hasSubject?: boolean;
}

/** Slack takes a hundred options, of 75 characters each. */
const mostOptions = 100;
const longestOption = 75;

/**
 * The project that a question is about, or what to answer instead: a menu when none was named, suggestions for a
 * misspelt one. One that the channel may not see is answered as one that does not exist, word for word.
 */
export function chooseProject(
  context: JobContext,
  question: Question,
  { hasSubject = false }: ChooseOptions = {},
): Chosen | Reply {
  const { words, channel, locale } = question;
  const visible = visibleProjects(context.config, channel);
  const found = findNamed(visible, words);
  if (found) {
    // "Apollo 2" is no project of ours because "Apollo" is one.
    if (hasSubject || found.rest.length === 0) return { kind: 'chosen', ...found };
  } else if (visible.length === 1 && (words.length === 0 || hasSubject))
    return { kind: 'chosen', project: visible[0]!, rest: words };
  if (words.length > 0) {
    const asked = hasSubject ? words[0]! : words.join(' ');
    const data = { asked, name: question.name, suggestions: suggestionsFor(visible, asked) };
    return reply(say(context, 'unknown-project', data, locale));
  }
  if (visible.length === 0) return reply(say(context, 'no-project', {}, locale));
  return askWhich(context, question, visible);
}

function askWhich(context: JobContext, question: Question, visible: readonly Named[]): Reply {
  const { locale } = question;
  const message = say(context, 'which-project', { name: question.name, suggestions: visible }, locale);
  const menu: ActionsBlock = {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: choiceAction(question),
        placeholder: {
          type: 'plain_text',
          text: label(context, 'project', locale),
        },
        options: visible.slice(0, mostOptions).map(({ id, name }) => ({
          text: plainName(name, longestOption),
          value: id.slice(0, longestOption),
        })),
      },
    ],
  };
  return reply({ ...message, blocks: [...message.blocks, menu] });
}
