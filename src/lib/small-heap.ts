import { setFlagsFromString } from 'node:v8';

/**
 * Runs work that makes much garbage and keeps little, such as a pull, with a heap that is collected early: V8 lets it
 * grow to several times its content otherwise. Costs about a fifth more processor time, so it is not for figures.
 */
export async function withSmallHeap<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString('--heap-growing-percent=4');
  try {
    return await work();
  } finally {
    // 0 is V8's own choice.
    setFlagsFromString('--heap-growing-percent=0');
  }
}

/** From here on so many items are kept that a heap of twice its content would be hundreds of megabytes. */
const manyItems = 20_000;

/**
 * The same for work that keeps what it reads, item by item: `count` is told of each. Small projects pay nothing; in large
 * ones the heap may grow by a third of what is kept before it is collected.
 */
export async function withHeapByCount<T>(work: (count: () => void) => Promise<T>): Promise<T> {
  let items = 0;
  try {
    return await work(() => {
      items += 1;
      if (items === manyItems) setFlagsFromString('--heap-growing-percent=30');
    });
  } finally {
    if (items >= manyItems) setFlagsFromString('--heap-growing-percent=0');
  }
}
