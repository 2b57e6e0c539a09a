import type { Message, Part } from './message.ts';
import { costOf, slackLimits } from './slack-limits.ts';

/** A message and its replies in fewer posts, for where there is no thread: neighbours share one as far as Slack takes it. */
export function inFewPosts({ replies, ...root }: Message): Message {
  const parts: Part[] = [];
  for (const part of replies) {
    const last = parts.at(-1);
    if (last && fits(last, part)) parts[parts.length - 1] = { ...last, blocks: [...last.blocks, ...part.blocks] };
    else parts.push(part);
  }
  return { ...root, replies: parts };
}

/** One table a message is all that Slack takes, and a picture stands alone. */
function fits(first: Part, second: Part): boolean {
  const blocks = [...first.blocks, ...second.blocks];
  if (first.picture || second.picture || blocks.length > slackLimits.blocks) return false;
  return blocks.filter(({ type }) => type === 'table').length < 2 && costOf(blocks) <= slackLimits.budget;
}
