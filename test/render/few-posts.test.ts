import { expect, it } from 'vitest';
import { validateMessage } from '../../src/demo/slack/validate-blocks.ts';
import { inFewPosts } from '../../src/render/few-posts.ts';
import { parseMarkdown } from '../../src/render/markdown.ts';
import { toSlack } from '../../src/render/slack.ts';

const table = '| a | b |\n|---|---|\n| 1 | 2 |';
const thread = (text: string) => `:::thread\n${text}\n:::`;
const posts = (...texts: string[]) => {
  const message = toSlack(parseMarkdown(['root', ...texts.map(thread)].join('\n\n'), 'en'));
  expect(message.replies).toHaveLength(texts.length);
  const few = inFewPosts(message);
  const before = [message, ...message.replies].flatMap(({ blocks }) => blocks);
  expect([few, ...few.replies].flatMap(({ blocks }) => blocks)).toEqual(before);
  for (const { text, blocks } of [few, ...few.replies]) expect(validateMessage({ text, blocks }).error).toBeNull();
  return few.replies.length;
};

it.each([
  ['short ones are one', ['one', 'two', 'three'], 1],
  ['one table a post', ['one', table, 'two', table, 'three'], 2],
  ['no longer than Slack takes', ['x'.repeat(7000), 'y'.repeat(7000), 'z'], 2],
  ['none stays none', [], 0],
] as const)('what stands in a thread, in fewer posts: %s', (_, texts, expected) => {
  expect(posts(...texts)).toBe(expected);
});
