import { z } from 'zod';
import type { Cursor } from '../source.ts';

/**
 * One walk over the items of a scope. It is all that is needed to go on after a kill: what is still to be listed, which
 * ids wait for their items, and which items wait for their histories.
 */
const pass = z.object({
  /** Our clock: names the census that this walk is, and tells how old it is. */
  startedAt: z.number(),
  /** Jira's clock when it began: the next watermark. */
  serverAt: z.number(),
  /** Only what changed since; null for everything. */
  since: z.number().nullable(),
  /** Everything is listed: then it is a census as well. */
  isCensus: z.boolean(),
  isLarge: z.boolean(),
  isListed: z.boolean(),
  /** The page of the listing to ask for next: a token (Cloud) or an offset (Data Center). */
  token: z.string().nullable(),
  offset: z.number(),
  queue: z.array(z.string()),
  pending: z.array(z.string()),
  historyToken: z.string().nullable(),
  done: z.number(),
  total: z.number().nullable(),
  /** Items changed so near to `serverAt` that the next walk will be given them again: id to `updated`. */
  recent: z.record(z.string(), z.number()),
});
export type Pass = z.infer<typeof pass>;

const census = z.object({ startedAt: z.number(), token: z.string().nullable(), offset: z.number(), found: z.number() });

const scope = z.object({
  /** The scope's query; when the config changes it, the scope starts anew. */
  query: z.string(),
  watermark: z.number().nullable(),
  recent: z.record(z.string(), z.number()),
  censusAt: z.number().nullable(),
  /** How many items the last whole listing found. */
  size: z.number(),
  /** Project keys seen among the items. */
  projects: z.array(z.string()),
  /** Sprints that the board lists, and those, listed or named by items, that were not closed when last seen. */
  boardSprints: z.array(z.string()),
  openSprints: z.array(z.string()),
  pass: pass.nullable(),
  census: census.nullable(),
});
export type ScopePlace = z.infer<typeof scope>;

const worklogWalk = z.object({
  /** Entered or last edited from here on (0: everything) and before `to`, by Jira's clock. */
  from: z.number(),
  to: z.number(),
  oldBefore: z.number(),
  deletedFrom: z.number(),
  /** What is listed when the walk is over. */
  listed: z.array(z.string()),
  feed: z.enum(['updated', 'deleted']),
  /** Where the next page of the feed begins, and what of it the last page has told. */
  since: z.number(),
  told: z.array(z.number()),
  done: z.number(),
});
export type WorklogWalk = z.infer<typeof worklogWalk>;

const worklogs = z.object({
  /** Scopes, each with its query, whose worklogs are stored as far as `until`. */
  listed: z.array(z.string()),
  until: z.number().nullable(),
  walk: worklogWalk.nullable(),
});
export type WorklogPlace = z.infer<typeof worklogs>;

const place = z.object({
  version: z.literal(1),
  deployment: z.enum(['cloud', 'data-center']),
  /** When the server last refused large pages (our clock); null as long as it has not. */
  refusedAt: z.number().nullable(),
  bulkChangelogs: z.enum(['untried', 'refused']),
  scopes: z.record(z.string(), scope),
  worklogs: worklogs.nullable().default(null),
});
export type Place = z.infer<typeof place>;

/** Where the last pull stood; null when there is none, or none that this version can read. */
export function readPlace(cursor: Cursor | null): Place | null {
  return place.safeParse(cursor).data ?? null;
}

export function startPlace(deployment: Place['deployment']): Place {
  return { version: 1, deployment, refusedAt: null, bulkChangelogs: 'untried', scopes: {}, worklogs: null };
}

export function startScope(query: string): ScopePlace {
  return {
    query,
    watermark: null,
    recent: {},
    censusAt: null,
    size: 0,
    projects: [],
    boardSprints: [],
    openSprints: [],
    pass: null,
    census: null,
  };
}

export function startPass(
  now: { readonly startedAt: number; readonly serverAt: number },
  how: { readonly since: number | null; readonly isLarge: boolean; readonly total: number | null },
): Pass {
  return {
    ...now,
    ...how,
    isCensus: how.since === null,
    isListed: false,
    token: null,
    offset: 0,
    queue: [],
    pending: [],
    historyToken: null,
    done: 0,
    recent: {},
  };
}
