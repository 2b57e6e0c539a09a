import type { PlainTextElement } from '@slack/types';
import { cleanText } from '../../render/clean-text.ts';
import { truncate } from '../../render/truncate.ts';
import { writeWords } from '../../render/write-words.ts';
import type { JobContext } from '../context.ts';

/** Words of a button, a field or a title of a form: `templates/<locale>/partials/labels/<code>.hbs`. */
export function label(
  { templates }: Pick<JobContext, 'templates'>,
  code: string,
  locale: string,
  data: object = {},
): string {
  return writeWords(templates, 'label', { ...data, code }, locale);
}

export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text };
}

/** A name of others in an element that takes so many characters; `:bomb:` in it stays what was typed. */
export function plainName(name: string, longest: number): PlainTextElement {
  return { type: 'plain_text', text: truncate(cleanText(name), longest), emoji: false };
}
