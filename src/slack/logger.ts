import type { Logger as SlackLogger } from '@slack/bolt';
import { LogLevel } from '@slack/bolt';
import type { Logger } from '../lib/logger.ts';

/**
 * Our log behind the interface that Slack's packages write to. Their `debug` lines hold whole requests and go nowhere;
 * their `info` is our `debug`.
 */
export function slackLogger(log: Logger): SlackLogger {
  const say = (words: readonly unknown[]) =>
    words.map((word) => (word instanceof Error ? word.message : String(word))).join(' ');
  return {
    debug() {},
    info: (...words: unknown[]) => log.debug({ from: 'slack-sdk' }, say(words)),
    warn: (...words: unknown[]) => log.warn({ from: 'slack-sdk' }, say(words)),
    error: (...words: unknown[]) => log.error({ from: 'slack-sdk' }, say(words)),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
