import { setFlagsFromString } from 'node:v8';

/** By how many percent the heap may grow until it is collected, as each work that runs now wants it. */
const wanted: number[] = [];

function want(percent: number): () => void {
  wanted.push(percent);
  apply();
  return () => {
    wanted.splice(wanted.indexOf(percent), 1);
    apply();
  };
}

/** The least that is wanted; 0 is V8's own choice. */
function apply(): void {
  setFlagsFromString(`--heap-growing-percent=${wanted.length === 0 ? 0 : Math.min(...wanted)}`);
}

/**
 * Runs work that makes much garbage and keeps little, such as a pull, with a heap that is collected early: V8 lets it
 * grow to several times its content otherwise. Costs about a fifth more processor time, so it is not for figures.
 */
export async function withSmallHeap<T>(work: () => Promise<T>): Promise<T> {
  const release = want(4);
  try {
    return await work();
  } finally {
    release();
  }
}

/** From here on so many items are kept that a heap of twice its content would be hundreds of megabytes. */
const manyItems = 20_000;

/**
 * The same for work that keeps what it reads: `count` is told of the items. Small projects pay nothing; in large ones the
 * heap may grow by a third of what is kept before it is collected.
 */
export async function withHeapByCount<T>(work: (count: (more: number) => void) => Promise<T>): Promise<T> {
  let items = 0;
  let release = () => {};
  try {
    return await work((more) => {
      if (items < manyItems && items + more >= manyItems) release = want(30);
      items += more;
    });
  } finally {
    release();
  }
}
