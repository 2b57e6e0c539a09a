import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Many who ask at one moment are heard within it, also by a program that has just started. */
const hearingMs = 40;

/**
 * Whoever waits for their turn begins a moment later, after those that asked before, each in an iteration of the event loop
 * of its own: what arrives meanwhile is heard (and acknowledged) in between, and not after all of the work.
 */
export function createTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    const heard = sleep(hearingMs);
    last = last.then(() => heard).then(() => nextTurn());
    return last;
  };
}
