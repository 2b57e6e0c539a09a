import { RemoteError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';

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

interface Refused {
  readonly log: Logger;
  readonly place: object;
  readonly lastCursor: object;
}

/**
 * What one part of a pull was refused, so that the others go on; any other error is thrown. What the part did after its
 * last page was never handed out: the pages of others must not carry it.
 */
export function refusal(run: Refused, part: string, error: unknown): RemoteError {
  if (!hasStatus(error, 400, 403, 404)) throw error;
  run.log.error({ part, error: error.message }, 'could not be pulled');
  Object.assign(run.place, structuredClone(run.lastCursor));
  return error;
}
