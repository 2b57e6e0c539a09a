import { validateMessage } from '../../src/demo/slack/validate-blocks.ts';
import type { Document } from '../../src/render/document.ts';
import { toSlack } from '../../src/render/slack.ts';

/** What Slack says to the parts of a document as a message with its thread that it refuses; none where it takes all. */
export function refusedBySlack(document: Document): readonly ReturnType<typeof validateMessage>[] {
  const { replies, ...first } = toSlack(document);
  return [first, ...replies].map(validateMessage).filter(({ error, errors }) => error !== null || errors.length > 0);
}
