import type { Clock } from '../../src/lib/clock.ts';

/** A clock that jumps over every wait instead of waiting, and keeps how long each was meant to be. */
export function jumpingClock(start: number): Clock & { readonly waits: number[]; advance(ms: number): void } {
  const origin = performance.now();
  const waits: number[] = [];
  let jumped = 0;
  return {
    waits,
    now: () => Math.floor(start + jumped + performance.now() - origin),
    advance(ms) {
      jumped += ms;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      waits.push(ms);
      jumped += ms;
    },
  };
}
