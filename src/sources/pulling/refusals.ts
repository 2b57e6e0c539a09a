import { RemoteError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';

export function hasStatus(error: unknown, ...statuses: readonly number[]): error is RemoteError {
  return error instanceof RemoteError && error.status !== null && statuses.includes(error.status);
}

/** Statuses of what is not there for us; none where it was there before, as a right that was lost is an error. */
export const closedIf = (neverRead: boolean): readonly number[] => (neverRead ? [403, 404] : []);

/** What a licence, a switched-off feature or a missing right keeps from us is not there: null. */
export async function ifThere<T>(read: () => Promise<T>, statuses = closedIf(true)): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!hasStatus(error, ...statuses)) throw error;
    return null;
  }
}

/** Statuses of what may be gone, and of what is not granted as long as it never was: a right that was lost is an error. */
export function goneOr(wasRead: boolean, ...gone: readonly number[]): readonly number[] {
  return wasRead ? gone : [403, ...gone];
}

/**
 * The parts of what may be switched off or not granted: then there is nothing to pull. What was read before and is closed
 * now is an error, or a right that was lost would look like weeks without deployments.
 */
export async function* unlessClosed<T>(parts: AsyncGenerator<T>, wasRead: boolean): AsyncGenerator<T> {
  for (;;) {
    const next = await ifThere(() => parts.next(), closedIf(!wasRead));
    if (next === null || next.done) return;
    yield next.value;
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

/** Throws what several parts of a pull were refused, as one error; nothing where none was. */
export function throwIfAny(failures: readonly RemoteError[]): void {
  const [first] = failures;
  if (first === undefined) return;
  const { service, status, retryAt, todo } = first;
  if (failures.length === 1) throw first;
  throw new RemoteError(service, failures.map((error) => error.message).join('\n'), { status, retryAt, todo });
}
