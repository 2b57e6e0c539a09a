import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { SprintId, StatusId, VersionId } from './ids.ts';

export type SprintState = 'future' | 'active' | 'closed';

export interface Sprint {
  readonly id: SprintId;
  readonly name: string;
  readonly goal: string | null;
  readonly state: SprintState;
  readonly startAt: Instant | null;
  /** When it was really started; tools that do not say leave it null and `startAt` stands in. */
  readonly activatedAt: Instant | null;
  /** Planned end. */
  readonly endAt: Instant | null;
  /** Real end. */
  readonly completedAt: Instant | null;
  readonly boardId: string | null;
}

/** A Jira version, or what another tool calls a milestone: a named date that items are planned for. */
export interface Version {
  readonly id: VersionId;
  readonly name: string;
  readonly projectKey: string;
  readonly startOn: Day | null;
  readonly releaseOn: Day | null;
  readonly isReleased: boolean;
  readonly isArchived: boolean;
}

export interface Board {
  readonly id: string;
  readonly name: string;
  /** Left to right; the last one is "done" for the board. */
  readonly columns: readonly { readonly name: string; readonly statusIds: readonly StatusId[] }[];
}

/** What a pull saw at a given moment. Tools keep no history of these, so every pull keeps what it sees. */
export interface Seen<T> {
  readonly at: Instant;
  readonly value: T;
}
