import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import type { Services } from '../gitlab/services.ts';
import type { Page, PullOptions } from '../source.ts';
import type { GithubClient } from './client.ts';
import type { Place } from './cursor.ts';
import type { Names } from './names.ts';
import type { GithubSettings } from './settings.ts';

/** One GitHub during one pull. */
export interface Run {
  readonly client: GithubClient;
  readonly settings: GithubSettings;
  readonly names: Names;
  readonly services: Services;
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: PullOptions;
  /** GitHub's clock, by its first answer. */
  serverNow(): number;
  /** Where the pull stands; changed on the way, and handed out as a copy with every page. */
  readonly place: Place;
  /** The cursor of the page that was handed out last. */
  lastCursor: Place;
  /** What this GitHub turned out not to know is asked for no more. */
  isOld: boolean;
}

/** A page of records with the place reached. */
export function pageOf(run: Run, records: readonly SourceRecord[], progress: Page['progress']): Page {
  const cursor = structuredClone(run.place);
  run.lastCursor = cursor;
  return { records, cursor, progress };
}
