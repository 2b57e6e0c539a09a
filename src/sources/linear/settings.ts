import { z } from 'zod';
import { isAddress } from '../setting-parts.ts';

/** What the config says about one Linear workspace. */
export const linearSettings = z.strictObject({
  /** A personal API key (`lin_api_…`) or the access token of an OAuth application, with the right to read. */
  token: z
    .string()
    .trim()
    .min(1)
    .refine((text) => !/[^\x21-\x7e]/.test(text), 'a key without blanks, line ends, accents or `Bearer`'),
  /** The name of the workspace in its addresses, `acme` of linear.app/acme: without it keys in messages are no links. */
  workspace: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]+$/, 'the name of the workspace as it stands in its addresses, such as acme')
    .optional(),
  /** The group of labels that says what an issue is; without one, a label Bug does. */
  typeGroup: z.string().trim().min(1).default('Type'),
  /** Where the API answers: only for a proxy of your own. */
  host: z
    .string()
    .trim()
    .refine(isAddress, 'an address such as https://api.linear.app')
    .transform((text) => text.replace(/\/+$/, ''))
    .default('https://api.linear.app'),
  /** Seconds to wait for an answer. */
  timeout: z.number().positive().max(600).default(60),
  /** Requests under way at once. */
  concurrency: z.number().int().min(1).max(10).default(4),
});

export type LinearSettings = z.infer<typeof linearSettings>;

/** Where people look at an issue; null for a key that is none of Linear's. */
export function issueUrl({ workspace }: Pick<LinearSettings, 'workspace'>, key: string): string | null {
  return workspace && /^[A-Z][A-Z0-9]*-[1-9]\d*$/.test(key) ? `https://linear.app/${workspace}/issue/${key}` : null;
}
