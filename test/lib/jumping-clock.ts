import type { Clock } from '../../src/lib/clock.ts';

/**
 * A clock that jumps over every wait instead of waiting, and keeps how long each was meant to be. It stands still
 * between: what a test does in one moment is done in one moment, however busy the machine is.
 */
export function jumpingClock(start: number): Clock & { readonly waits: number[]; advance(ms: number): void } {
  const waits: number[] = [];
  let now = start;
  return {
    waits,
    now: () => now,
    advance(ms) {
      now += ms;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      waits.push(ms);
      now += ms;
    },
  };
}
