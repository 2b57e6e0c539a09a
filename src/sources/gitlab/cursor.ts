import { z } from 'zod';
import type { Cursor } from '../source.ts';
import { startStream, streamOf } from '../pulling/stream.ts';

/** One walk through a list in order of time: where the next page begins, and what of its begin is already told. */
const walk = z.object({
  /** Our clock, and GitLab's, when it began. */
  startedAt: z.number(),
  serverAt: z.number(),
  isFull: z.boolean(),
  after: z.number().nullable(),
  page: z.number(),
  done: z.number(),
  total: z.number().nullable(),
});
export type Walk = z.infer<typeof walk>;

const stream = streamOf(walk);
export type Stream = z.infer<typeof stream>;

/** The last deployment of an environment, and the newest pipeline that was deployed to it. */
const live = z.object({ id: z.number(), sha: z.string(), pipeline: z.number(), pipelineId: z.number() });

const code = z.object({
  mergeRequests: stream,
  deployments: stream,
  /** By environment id. */
  live: z.record(z.string(), live),
  /** Head of the default branch up to which commits are told. */
  head: z.string().nullable(),
  /** The page of the list of commits that comes next, of a reading from `ref`. */
  listing: z.object({ ref: z.string(), since: z.number(), page: z.number() }).nullable(),
  releasedAt: z.number().nullable(),
});
export type CodePlace = z.infer<typeof code>;

const project = z.object({
  id: z.number(),
  path: z.string(),
  /** Its path when it was first seen: names of merge requests stay the same after a move. */
  firstPath: z.string(),
  code,
});
export type ProjectPlace = z.infer<typeof project>;

const scope = z.object({
  /** What the config asks for; another makes the scope start anew. */
  query: z.string(),
  /** What each target was when it was last resolved: ids, so that a move does not lose them. */
  targets: z.record(z.string(), z.array(z.number())),
  /** Issues by id of the project. */
  issues: z.record(z.string(), stream),
  /** A reading of everything under way: its projects that are read to the end. */
  full: z.object({ startedAt: z.number(), done: z.array(z.number()), found: z.number() }).nullable(),
  census: z
    .object({
      startedAt: z.number(),
      project: z.number(),
      after: z.number().nullable(),
      page: z.number(),
      found: z.number(),
    })
    .nullable(),
  censusAt: z.number().nullable(),
  size: z.number(),
});
export type ScopePlace = z.infer<typeof scope>;

const place = z.object({
  version: z.literal(1),
  scopes: z.record(z.string(), scope),
  /** What each of the repositories of the settings was when it was last resolved. */
  targets: z.record(z.string(), z.array(z.number())).default({}),
  projects: z.record(z.string(), project),
});
export type Place = z.infer<typeof place>;

/** Where the last pull stood; null when there is none, or none that this version can read. */
export function readPlace(cursor: Cursor | null): Place | null {
  return place.safeParse(cursor).data ?? null;
}

export function startCode(): CodePlace {
  return {
    mergeRequests: startStream(),
    deployments: startStream(),
    live: {},
    head: null,
    listing: null,
    releasedAt: null,
  };
}

export function startScope(query: string): ScopePlace {
  return { query, targets: {}, issues: {}, full: null, census: null, censusAt: null, size: 0 };
}
