import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { SetAside } from '../jira/set-aside.ts';
import type { Page, PullOptions } from '../source.ts';
import type { GitlabClient } from './client.ts';
import type { Place } from './cursor.ts';
import type { Names } from './names.ts';
import type { Services } from './services.ts';
import type { GitlabSettings } from './settings.ts';

/** One GitLab during one pull. */
export interface Run {
  readonly client: GitlabClient;
  readonly settings: GitlabSettings;
  readonly names: Names;
  readonly services: Services;
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: PullOptions;
  /** GitLab's clock, by its first answer. */
  serverNow(): number;
  /** Where the pull stands; changed on the way, and handed out as a copy with every page. */
  readonly place: Place;
  /** The cursor of the page that was handed out last. */
  lastCursor: Place;
}

/** A change that GitLab had not yet shown when a walk began comes again in the next; what is known is not told twice. */
export const overlapMs = 120_000;

/** A page of records with the place reached. */
export function pageOf(run: Run, records: readonly SourceRecord[], progress: Page['progress']): Page {
  const cursor = structuredClone(run.place);
  run.lastCursor = cursor;
  return { records, cursor, progress };
}

export function setAsideRecords(scope: string | null, setAside: readonly SetAside[]): SourceRecord[] {
  return setAside.map((one) => ({ kind: 'set-aside', scope, ...one }));
}

export function hasStatus(error: unknown, ...statuses: readonly number[]): error is RemoteError {
  return error instanceof RemoteError && error.status !== null && statuses.includes(error.status);
}

/** What a licence, a switched-off feature or a missing right keeps from us is not there: null. */
export async function ifThere<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!hasStatus(error, 403, 404)) throw error;
    return null;
  }
}
