import type { Generated } from 'kysely';
import type { Json } from './column-types.ts';

export interface SetAsideTable {
  source: string;
  /** Empty when it belongs to no project in particular: a key cannot hold null. */
  project: string;
  entity: string;
  ref: string;
  reason: string;
  first_at: number;
  last_at: number;
  /** When the same ref came in well; null while it stands. */
  cleared_at: number | null;
}

export interface CursorTable {
  source: string;
  value: Json;
  saved_at: number;
}

export interface PullTable {
  id: Generated<number>;
  source: string;
  started_at: number;
  ended_at: number | null;
  outcome: string;
  error: string | null;
}

export interface PullProjectTable {
  pull_id: number;
  project: string;
}

export interface PipelineEventTable {
  id: Generated<number>;
  source: string;
  /** The deployment or incident that it is about. */
  ref: string;
  received_at: number;
  body: Json;
}

/** A request from outside that was taken: it is not taken again. */
export interface InboxTable {
  source: string;
  event_id: string;
  received_at: number;
}
