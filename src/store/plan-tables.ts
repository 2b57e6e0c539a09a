import type { Generated } from 'kysely';
import type { Json } from './column-types.ts';

export type SnapshotKind = 'sprint' | 'version' | 'board';

/** A row only when the value differs from the last one seen. */
export interface SnapshotTable {
  project: string;
  source: string;
  kind: SnapshotKind;
  id: string;
  seen_at: number;
  value: Json;
}

export interface MilestoneTable {
  project: string;
  id: string;
  name: string;
  scope: Json;
  /** When it was no longer in the config; null while it is. */
  removed_at: number | null;
}

export interface MilestoneDateTable {
  project: string;
  milestone_id: string;
  at: number;
  on_day: string | null;
  author: string | null;
}

export interface RebaselineTable {
  id: Generated<number>;
  project: string;
  milestone: string;
  at: number;
  on_day: string;
  actor: string;
  by_name: string;
  reason: string;
}
