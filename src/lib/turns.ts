import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Whoever waits for their turn begins after those that asked before, each in an iteration of the event loop of its own: what
 * arrives meanwhile is heard (and acknowledged) in between, and not after all of the work.
 */
export function createTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => nextTurn());
    return last;
  };
}
