import type { SourceRecord } from '../../core/model/record.ts';
import type { Cursor, Page } from '../source.ts';

/** A change that a tool had not yet shown when a walk began comes again in the next; what is known is not told twice. */
export const overlapMs = 120_000;

export interface Reached<Place extends Cursor> {
  /** Where the pull stands; changed on the way, and handed out as a copy with every page. */
  readonly place: Place;
  /** The cursor of the page that was handed out last. */
  lastCursor: Place;
}

/** A page of records with the place reached. */
export function pageOf<Place extends Cursor>(
  run: Reached<Place>,
  records: readonly SourceRecord[],
  progress: Page['progress'],
): Page {
  const cursor = structuredClone(run.place);
  run.lastCursor = cursor;
  return { records, cursor, progress };
}
