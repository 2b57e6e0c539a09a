import type { ZodType } from 'zod';
import type { ItemKey, ProjectId, SourceId } from '../core/model/ids.ts';
import type { SourceRecord } from '../core/model/record.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';

/** Where a pull stands, in the source's own words: plain JSON that only this source reads. */
export type Cursor = { readonly [key: string]: unknown };

/** How far a pull is, for the progress bar; `total` is null while it is not known. */
export interface Progress {
  readonly step: string;
  readonly done: number;
  readonly total: number | null;
}

/** One portion of a pull. It and its cursor are stored in one transaction; a later pull goes on from the cursor. */
export interface Page {
  readonly records: readonly SourceRecord[];
  readonly cursor: Cursor;
  readonly progress: Progress;
}

/** What to pull for one project of the config. */
export interface Scope {
  readonly id: ProjectId;
  /** The tool's own project key, when the scope is a whole project. */
  readonly project: string | null;
  readonly jql: string | null;
  readonly board: string | null;
}

export interface PullOptions {
  /** Ask for everything again and take a census of what is gone. */
  readonly isFull: boolean;
}

/** A connection to one tool: three members, no more. */
export interface Source {
  readonly id: SourceId;
  /** Can it be reached, with these rights? Problems in words that say what to do; none when all is well. */
  check(): Promise<readonly SourceProblem[]>;
  /** From a cursor (null: from nothing) to now. Throws RemoteError when the tool fails for good. */
  pull(cursor: Cursor | null, options: PullOptions, signal: AbortSignal): AsyncIterable<Page>;
}

export interface SourceProblem {
  readonly severity: 'error' | 'warning';
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly todo: string;
}

export interface SourceDeps {
  readonly id: SourceId;
  readonly scopes: readonly Scope[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** A kind of source: the name it has in the config, the shape of its settings, and how to open one. */
export interface SourceKind<Config = unknown> {
  readonly kind: string;
  readonly config: ZodType<Config>;
  open(config: Config, deps: SourceDeps): Source;
  /** Where people look at an item, from the host of the settings alone; null for a key that is none of its own. */
  itemUrl?(config: Config, key: ItemKey): string | null;
}

export function defineSource<Config>(spec: SourceKind<Config>): SourceKind<Config> {
  return spec;
}
