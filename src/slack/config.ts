import { z } from 'zod';

/**
 * What a channel may be, several at once: `shared` with another organisation, with `guests` in it, a `direct`
 * conversation of one person with the bot.
 */
export const channelTraits = ['public', 'private', 'shared', 'guests', 'direct'] as const;
export type ChannelTrait = (typeof channelTraits)[number];

const secret = (prefixes: readonly string[], what: string) =>
  z
    .string()
    .trim()
    .refine((value) => prefixes.some((prefix) => value.startsWith(prefix)), {
      error: `expected ${what} (${prefixes.map((prefix) => `${prefix}…`).join(' or ')})`,
    });

/** The `slack` part of the configuration. */
export const slackConfig = z.strictObject({
  botToken: secret(['xoxb-', 'xoxe.xoxb-'], 'a bot token'),
  signingSecret: z.string().trim().min(8),
  /** Socket Mode when there is one, else HTTP. */
  appToken: secret(['xapp-'], 'an app-level token').optional(),
  /** Elsewhere than slack.com: simulators, proxies. */
  apiUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Seconds before a post whose fate is not known is looked up; more than a request may take (reliability.md 3.3). */
  settle: z.number().min(0).max(3600).default(60),
  command: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'expected a slash command of small letters, digits, - and _ such as /pmo')
    .default('/pmo'),
});

export type SlackConfig = z.infer<typeof slackConfig>;

/**
 * How long one request may take: well under the settle time, or a request of ours could still be under way when we look
 * whether it arrived, and the message would come twice.
 */
export function requestTimeoutMs({ settle }: Pick<SlackConfig, 'settle'>): number {
  return Math.min(10_000, Math.max(500, settle * 500));
}
