import type { PlainTextElement } from '@slack/types';
import type { JobContext } from '../context.ts';

/** Words of a button, a field or a title of a form: `templates/<locale>/partials/labels/<code>.hbs`. */
export function label({ templates }: JobContext, code: string, locale: string, data: object = {}): string {
  return templates.write('label', locale, { ...data, code }).trim();
}

export function plain(text: string): PlainTextElement {
  return { type: 'plain_text', text };
}
