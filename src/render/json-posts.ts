import type { SlackBlock } from './slack-limits.ts';
import { countCharacters } from './truncate.ts';

/** What one post holds of it: below `slackLimits.budget`, with room for the frame and a line of words. */
const longestPost = 10_000;
/** Nobody copies more than this out of Slack. */
export const mostJsonCharacters = 40_000;

/**
 * Data as JSON in preformatted blocks, one a post: their texts in order, with or without line breaks between, parse as
 * the data. Where it is too long for Slack, only how long it is, in characters.
 */
export function jsonPosts(data: object): readonly SlackBlock[] | number {
  const indented = JSON.stringify(data, null, 1);
  if (countCharacters(indented) <= longestPost) return [preformatted(indented)];
  // What has to be put together again is read by programs: they need the lines, not the indents.
  const text = indented.replace(/\n +/g, '\n');
  const length = countCharacters(text);
  return length > mostJsonCharacters ? length : cut(text).map(preformatted);
}

/** At the ends of lines, which stand between two values; only one that is longer than a post is cut inside. */
function cut(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let room = longestPost;
  for (const line of text.split('\n')) {
    const characters = Array.from(line);
    if (piece !== '' && characters.length >= room) {
      pieces.push(piece);
      piece = '';
      room = longestPost;
    }
    let start = 0;
    for (; characters.length - start > longestPost; start += longestPost)
      pieces.push(characters.slice(start, start + longestPost).join(''));
    const rest = characters.slice(start);
    piece += piece === '' ? rest.join('') : `\n${rest.join('')}`;
    room -= rest.length + 1;
  }
  return piece === '' ? pieces : [...pieces, piece];
}

function preformatted(text: string): SlackBlock {
  return {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }],
  };
}
