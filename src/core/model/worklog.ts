import type { Instant } from '../time/instant.ts';
import type { ItemId, ItemKey, PersonId, SourceId } from './ids.ts';

/** Time that somebody spent on an item, as its source tells it; what they wrote about it is not kept. */
export interface Worklog {
  readonly id: string;
  readonly itemId: ItemId;
  readonly by: PersonId | null;
  /** When it was entered. */
  readonly createdAt: Instant;
  /** When it was entered or last edited. */
  readonly updatedAt: Instant;
  /** When the work was done: decides the period that it costs. */
  readonly startedAt: Instant;
  readonly seconds: number;
}

/**
 * One state of a worklog, in force from the moment at which it was known to the next one of the same worklog: an edit or
 * a deletion changes no report of the time before it was known.
 */
export interface WorklogVersion {
  readonly source: SourceId;
  readonly id: string;
  readonly itemKey: ItemKey;
  readonly knownAt: Instant;
  readonly isDeleted: boolean;
  readonly by: PersonId | null;
  readonly createdAt: Instant;
  readonly startedAt: Instant;
  readonly seconds: number;
}
