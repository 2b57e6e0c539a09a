import { z } from 'zod';
import type { Cursor } from '../source.ts';
import { streamOf } from '../pulling/stream.ts';

/** One walk through the issues of a target, in order of birth. */
const walk = z.object({
  startedAt: z.number(),
  /** Linear's clock when it began. */
  serverAt: z.number(),
  isFull: z.boolean(),
  /** Only what changed since; null for everything. */
  since: z.number().nullable(),
  after: z.string().nullable(),
  done: z.number(),
});
export type Walk = z.infer<typeof walk>;

const stream = streamOf(walk);
export type Stream = z.infer<typeof stream>;

const targetId = z.object({ kind: z.enum(['team', 'project']), id: z.string() });
export type TargetId = z.infer<typeof targetId>;

const scope = z.object({
  /** What the config asks for; another makes the scope start anew. */
  query: z.string(),
  /** What each name of the config was when it was last resolved, so that a new name does not lose it. */
  targets: z.record(z.string(), targetId),
  /** Keys of teams by id: a new one changes the key of every issue. */
  keys: z.record(z.string(), z.string()),
  /** By id of the target. */
  issues: z.record(z.string(), stream),
  /** A reading of everything under way: its targets that are read to the end. */
  full: z.object({ startedAt: z.number(), done: z.array(z.string()), found: z.number() }).nullable(),
  census: z
    .object({ startedAt: z.number(), target: z.string(), after: z.string().nullable(), found: z.number() })
    .nullable(),
  censusAt: z.number().nullable(),
  size: z.number(),
});
export type ScopePlace = z.infer<typeof scope>;

const place = z.object({ version: z.literal(1), scopes: z.record(z.string(), scope) });
export type Place = z.infer<typeof place>;

/** Where the last pull stood; null when there is none, or none that this version can read. */
export function readPlace(cursor: Cursor | null): Place | null {
  return place.safeParse(cursor).data ?? null;
}

export function startScope(query: string): ScopePlace {
  return { query, targets: {}, keys: {}, issues: {}, full: null, census: null, censusAt: null, size: 0 };
}
