import { z } from 'zod';
import type { Cursor } from '../source.ts';
import { streamOf } from '../pulling/stream.ts';

/** One walk through the work items of a target, in order of id. */
const walk = z.object({
  startedAt: z.number(),
  /** The server's clock when it began. */
  serverAt: z.number(),
  isFull: z.boolean(),
  /** Only what changed since; null for everything. */
  since: z.number().nullable(),
  /** The last id that is told. */
  after: z.number(),
  done: z.number(),
});
export type Walk = z.infer<typeof walk>;

const stream = streamOf(walk);
export type Stream = z.infer<typeof stream>;

const scope = z.object({
  /** What the config asks for; another makes the scope start anew. */
  query: z.string(),
  /** Ids of projects by their name in the config, so that a new name does not lose them. */
  targets: z.record(z.string(), z.string()),
  /** By name of the target in the config. */
  items: z.record(z.string(), stream),
  /** A reading of everything under way: its targets that are read to the end. */
  full: z.object({ startedAt: z.number(), done: z.array(z.string()), found: z.number() }).nullable(),
  census: z.object({ startedAt: z.number(), target: z.string(), after: z.number(), found: z.number() }).nullable(),
  censusAt: z.number().nullable(),
  size: z.number(),
});
export type ScopePlace = z.infer<typeof scope>;

const repository = z.object({
  /** Head of the default branch up to which commits are told. */
  head: z.string().nullable(),
  /** How many commits of a reading from `ref` are told. */
  listing: z.object({ ref: z.string(), since: z.number(), skip: z.number() }).nullable(),
});
export type RepositoryPlace = z.infer<typeof repository>;

/** What is live in an environment, and the newest run that was ever deployed to it. */
const live = z.object({ sha: z.string(), run: z.number() });

const code = z.object({
  /** The newest pull request that is told, and those that were open, with what would show a change. */
  newest: z.number(),
  open: z.record(z.string(), z.string()),
  /** A reading of the list, from the newest down to `until`: how many are told, and the newest it has. */
  listing: z.object({ skip: z.number(), newest: z.number(), until: z.number() }).nullable(),
  repositories: z.record(z.string(), repository),
  /** By environment, the last record of a deployment before which all have ended. */
  records: z.record(z.string(), z.number()),
  live: z.record(z.string(), live),
  /** The newest deployments that are told, with their ends. */
  told: z.record(z.string(), z.number()),
  /** Up to when runs of pipelines or releases are told. */
  deployedAt: z.number().nullable(),
});
export type CodePlace = z.infer<typeof code>;

const project = z.object({
  name: z.string(),
  /** Where the streams of revisions and of links of work items go on; null for their beginning. */
  revisions: z.string().nullable(),
  links: z.string().nullable(),
  /** Revisions were read, and the links that go with them were not. */
  linksLag: z.boolean(),
  code,
});
export type ProjectPlace = z.infer<typeof project>;

const place = z.object({
  version: z.literal(1),
  scopes: z.record(z.string(), scope),
  projects: z.record(z.string(), project),
});
export type Place = z.infer<typeof place>;

/** Where the last pull stood; null when there is none, or none that this version can read. */
export function readPlace(cursor: Cursor | null): Place | null {
  return place.safeParse(cursor).data ?? null;
}

export function startScope(query: string): ScopePlace {
  return { query, targets: {}, items: {}, full: null, census: null, censusAt: null, size: 0 };
}

export const startCode = (): CodePlace => ({
  newest: 0,
  open: {},
  listing: null,
  repositories: {},
  records: {},
  live: {},
  told: {},
  deployedAt: null,
});

export const startProject = (name: string): ProjectPlace => ({
  name,
  revisions: null,
  links: null,
  linksLag: false,
  code: startCode(),
});
