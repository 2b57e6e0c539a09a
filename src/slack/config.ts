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

/** How several workspaces install the app; its secrets stand in the app's basic information. */
const oauth = z.strictObject({
  clientId: z.string().trim().min(3),
  clientSecret: z.string().trim().min(8),
  /** Signs what comes back from Slack's page of consent: any long text of one's own. */
  stateSecret: z.string().trim().min(16),
  /** Seals the tokens in the database; without one they stand there as they are. */
  encryptionSecret: z.string().trim().min(16).optional(),
  /** Who may install it, by id; every workspace when left out. */
  workspaces: z
    .array(z.string().regex(/^[TE][A-Z0-9]{2,}$/, 'the id of a workspace (T…)'))
    .min(1)
    .optional(),
});
export type OauthConfig = z.infer<typeof oauth>;

/** The `slack` part of the configuration. */
const shape = z.strictObject({
  /** Of the one workspace; several install by `oauth`. */
  botToken: secret(['xoxb-', 'xoxe.xoxb-'], 'a bot token').optional(),
  oauth: oauth.optional(),
  signingSecret: z.string().trim().min(8),
  /** Socket Mode when there is one, else HTTP. */
  appToken: secret(['xapp-'], 'an app-level token').optional(),
  /** Elsewhere than slack.com: simulators, proxies. */
  apiUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** Seconds before a post whose fate is not known is looked up; more than a request may take (reliability.md 3.3). */
  settle: z.number().min(0).max(3600).default(60),
  /** Seconds between two messages in a channel: Slack takes about one a second. */
  pace: z.number().min(0).max(60).default(1.1),
  command: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'expected a slash command of small letters, digits, - and _ such as /pmo')
    .default('/pmo'),
});

/** Either one workspace by its token, or those that install by OAuth. */
export const slackConfig = shape.superRefine(({ botToken, appToken, oauth: install }, context) => {
  const add = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (install === undefined && botToken === undefined)
    add('botToken', 'a bot token, or `oauth` for several workspaces');
  if (install !== undefined && botToken !== undefined) add('botToken', 'either `botToken` or `oauth`, not both');
  if (install !== undefined && appToken !== undefined)
    add('appToken', 'no `appToken` with `oauth`: workspaces install over HTTP');
});

export type SlackConfig = z.infer<typeof slackConfig>;

/**
 * How long one request may take: well under the settle time, or a request of ours could still be under way when we look
 * whether it arrived, and the message would come twice.
 */
export function requestTimeoutMs({ settle }: Pick<SlackConfig, 'settle'>): number {
  return Math.min(10_000, Math.max(500, settle * 500));
}
