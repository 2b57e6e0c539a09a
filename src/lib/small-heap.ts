import { setFlagsFromString } from 'node:v8';

export interface SmallHeap {
  /**
   * Runs work that makes much garbage and keeps little, such as a pull, with a heap that is collected early: V8 lets it
   * grow to several times its content otherwise. Costs about a fifth more processor time, so it is not for figures.
   */
  readonly withSmallHeap: <T>(work: () => Promise<T>) => Promise<T>;
  /**
   * The same for work that keeps what it reads: `count` is told of the items. Small projects pay nothing; in large ones
   * the heap may grow by a third of what is kept before it is collected, and then at once: while it is marked in steps
   * beside fast work, it grows by as much again.
   */
  readonly withHeapByCount: <T>(work: (count: (more: number) => void) => Promise<T>) => Promise<T>;
}

/** From here on so many items are kept that a heap of twice its content would be hundreds of megabytes. */
const manyItems = 20_000;

/** In percent: how much garbage may gather beside what is read and dropped, and beside what is read and kept. */
const growth = { dropped: 4, kept: 30 };

/** Flags of V8, for the work that runs: the heap grows as the one wants that wants least; 0 is V8's own choice. */
export function createSmallHeap(setFlag: (flag: string) => void): SmallHeap {
  const wanted: number[] = [];
  const apply = () => {
    setFlag(`--heap-growing-percent=${wanted.length === 0 ? 0 : Math.min(...wanted)}`);
    setFlag(wanted.includes(growth.kept) ? '--no-incremental-marking' : '--incremental-marking');
  };
  const want = (percent: number) => {
    wanted.push(percent);
    apply();
    return () => {
      wanted.splice(wanted.indexOf(percent), 1);
      apply();
    };
  };
  return {
    async withSmallHeap(work) {
      const release = want(growth.dropped);
      try {
        return await work();
      } finally {
        release();
      }
    },
    async withHeapByCount(work) {
      let items = 0;
      let release = () => {};
      try {
        return await work((more) => {
          if (items < manyItems && items + more >= manyItems) release = want(growth.kept);
          items += more;
        });
      } finally {
        release();
      }
    },
  };
}

/** Of this process. */
export const { withSmallHeap, withHeapByCount } = createSmallHeap(setFlagsFromString);
