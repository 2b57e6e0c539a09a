import type { Reply } from '../../slack/answers.ts';
import type { JobContext } from '../context.ts';
import { say } from './answer.ts';

/** What one block of text can bear, with room for its frame. */
const longest = 2_900;

/** The data of an answer as it is, for those who paste it into something else. */
export function asJson(context: JobContext, data: object, locale: string): Reply {
  const whole = JSON.stringify(data, null, 1);
  const text = whole.length <= longest ? whole : JSON.stringify(data);
  const message = say(context, 'json', { isCut: text.length > longest }, locale);
  const json = Array.from(text).slice(0, longest).join('');
  const block = {
    type: 'rich_text' as const,
    elements: [{ type: 'rich_text_preformatted' as const, elements: [{ type: 'text' as const, text: json }] }],
  };
  return { kind: 'message', message: { ...message, blocks: [block, ...message.blocks] } };
}
