import { z } from 'zod';
import type { Cursor } from '../source.ts';
import { startStream, streamOf } from '../pulling/stream.ts';

/** One walk through a list from the newest down: where it goes on, and where it ends. */
const walk = z.object({
  /** Our clock, and GitHub's, when it began. */
  startedAt: z.number(),
  serverAt: z.number(),
  isFull: z.boolean(),
  /** Down to what changed then; null for all. */
  until: z.number().nullable(),
  after: z.string().nullable(),
  done: z.number(),
});
export type Walk = z.infer<typeof walk>;

const stream = streamOf(walk);
export type Stream = z.infer<typeof stream>;

/** What is live in an environment, and what was before, oldest first. */
const live = z.object({ shas: z.array(z.string()) });

const code = z.object({
  pulls: stream,
  /** By time of birth; `first` is where the first reading goes on, from the oldest up. */
  deployments: z.object({
    watermark: z.number().nullable(),
    recent: z.record(z.string(), z.number()),
    first: z.object({ after: z.string().nullable(), serverAt: z.number() }).nullable(),
  }),
  /** Deployments that had no end yet. */
  pending: z.array(z.string()),
  live: z.record(z.string(), live),
  /** Head of the default branch up to which commits are told. */
  head: z.string().nullable(),
  listing: z.object({ ref: z.string(), since: z.number(), page: z.number() }).nullable(),
  releases: z.object({ watermark: z.number().nullable(), recent: z.record(z.string(), z.number()) }),
  /** From when on runs of workflows are read. */
  runsFrom: z.number().nullable(),
  /** Runs that are told and that the next reading meets again: id to time of its end. */
  recentRuns: z.record(z.string(), z.number()),
});
export type CodePlace = z.infer<typeof code>;

const repository = z.object({
  id: z.number(),
  path: z.string(),
  /** Its path when it was first seen: names of pull requests stay the same after a move. */
  firstPath: z.string(),
  code,
});
export type RepositoryPlace = z.infer<typeof repository>;

/** Fields of a board that GitHub keeps no history of, as they were seen last on an open issue. */
const seen = z.object({
  sprint: z.string().optional(),
  points: z.string().optional(),
  dueOn: z.string().optional(),
  startOn: z.string().optional(),
});
export type Seen = z.infer<typeof seen>;

const scope = z.object({
  /** What the config asks for; another makes the scope start anew. */
  query: z.string(),
  /** The id of each repository by the name it was asked for with. */
  targets: z.record(z.string(), z.number()),
  /** Issues by id of the repository. */
  issues: z.record(z.string(), stream),
  /** What moved on the board without its issue being touched. */
  board: z.object({ watermark: z.number().nullable(), recent: z.record(z.string(), z.number()) }),
  seen: z.record(z.string(), seen),
  /** A reading of everything under way: its repositories that are read to the end. */
  full: z.object({ startedAt: z.number(), done: z.array(z.number()), found: z.number() }).nullable(),
  census: z
    .object({ startedAt: z.number(), repository: z.number(), after: z.string().nullable(), found: z.number() })
    .nullable(),
  censusAt: z.number().nullable(),
  size: z.number(),
});
export type ScopePlace = z.infer<typeof scope>;

const place = z.object({
  version: z.literal(1),
  scopes: z.record(z.string(), scope),
  /** The id of each repository that the settings name. */
  targets: z.record(z.string(), z.number()),
  repositories: z.record(z.string(), repository),
});
export type Place = z.infer<typeof place>;

/** Where the last pull stood; null when there is none, or none that this version can read. */
export function readPlace(cursor: Cursor | null): Place | null {
  return place.safeParse(cursor).data ?? null;
}

export function startCode(): CodePlace {
  return {
    pulls: startStream(),
    deployments: { watermark: null, recent: {}, first: null },
    pending: [],
    live: {},
    head: null,
    listing: null,
    releases: { watermark: null, recent: {} },
    runsFrom: null,
    recentRuns: {},
  };
}

export function startScope(query: string): ScopePlace {
  return {
    query,
    targets: {},
    issues: {},
    board: { watermark: null, recent: {} },
    seen: {},
    full: null,
    census: null,
    censusAt: null,
    size: 0,
  };
}
