import { z } from 'zod';
import { foundFields } from './fields.ts';
import type { FieldOverrides } from './fields.ts';

const fieldIds = z.union([
  z
    .string()
    .min(1)
    .transform((id) => [id]),
  z.array(z.string().min(1)).min(1),
]);

const address = 'an address such as https://acme.atlassian.net or http://jira.acme.local:8080/jira';

/** Scheme, host, port and path prefix; no user, query or fragment, which would end in requests and logs. */
function isAddress(text: string): boolean {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { username, password, search, hash, hostname } = new URL(text);
  return hostname !== '' && !username && !password && !search && !hash;
}

/** What the config says about one Jira. Whether it is Cloud or Data Center, the server says itself. */
export const jiraSettings = z.strictObject({
  host: z
    .string()
    .trim()
    .refine(isAddress, address)
    .transform((text) => text.replace(/\/+$/, '')),
  /** With it the token is an API token and goes as Basic; without it as Bearer (personal access token, OAuth). */
  email: z.string().trim().min(1).optional(),
  // Pasted tokens come with blanks and line ends; a header with them would be refused in words that say nothing.
  token: z
    .string()
    .trim()
    .min(1)
    .refine((text) => !/[^\x21-\x7e]/.test(text), 'a token without blanks, line ends or accents'),
  /** Which field holds what, by id or name, where Vigie finds the wrong one. */
  fields: z.partialRecord(z.enum(foundFields), fieldIds).default({}),
  /** `auto`: pages of thousands where the server serves them; `small`: never more than 100 issues at once. */
  pages: z.enum(['auto', 'small']).default('auto'),
  /** Ask for descriptions, to see which items have none (H26); the texts make pages several times as large and are not kept. */
  descriptions: z.boolean().default(false),
  /** Read the time that people log, for the cost of projects and H18: who, when and how long, not what they wrote. */
  worklogs: z.boolean().default(false),
  /** Seconds to wait for an answer. */
  timeout: z.number().positive().max(600).default(60),
  /** Requests under way at once. */
  concurrency: z.number().int().min(1).max(10).default(5),
});

export interface JiraSettings {
  readonly host: string;
  readonly email?: string | undefined;
  readonly token: string;
  readonly fields: FieldOverrides;
  readonly pages: 'auto' | 'small';
  readonly descriptions: boolean;
  readonly worklogs: boolean;
  readonly timeout: number;
  readonly concurrency: number;
}
