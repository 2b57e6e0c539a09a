import type { SourceRecord } from '../../core/model/record.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Names } from '../gitlab/names.ts';
import type { Services } from '../gitlab/services.ts';
import type { Page, PullOptions } from '../source.ts';
import type { BoardsClient } from './client.ts';
import type { Place } from './cursor.ts';
import type { AzureDevopsSettings } from './settings.ts';

/** One organization during one pull. */
export interface Run {
  readonly client: BoardsClient;
  readonly settings: AzureDevopsSettings;
  readonly names: Names;
  readonly services: Services;
  /** Services of an incident, by its tags. */
  servicesOfIncident(tags: readonly string[]): readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: PullOptions;
  /** The server's clock, by its first answer. */
  serverNow(): number;
  /** Where the pull stands; changed on the way, and handed out as a copy with every page. */
  readonly place: Place;
  /** The cursor of the page that was handed out last. */
  lastCursor: Place;
}

/** A change that the server had not yet shown when a walk began comes again in the next; what is known is not told twice. */
export const overlapMs = 120_000;

/** A page of records with the place reached. */
export function pageOf(run: Run, records: readonly SourceRecord[], progress: Page['progress']): Page {
  const cursor = structuredClone(run.place);
  run.lastCursor = cursor;
  return { records, cursor, progress };
}
