import { describe, expect, it } from 'vitest';
import { createSmallHeap } from '../../src/lib/small-heap.ts';

function watched() {
  const growths: number[] = [];
  const markings: string[] = [];
  const setFlag = (flag: string) => {
    const [name, percent] = flag.split('=');
    if (name === '--heap-growing-percent') growths.push(Number(percent));
    else markings.push(flag);
  };
  return { growths, markings, ...createSmallHeap(setFlag) };
}

describe('a heap that is collected early', () => {
  it('is so until the last of the works that want it is over, at the least that is wanted', async () => {
    const { growths, withSmallHeap, withHeapByCount } = watched();
    const pull = Promise.withResolvers<void>();
    const figures = Promise.withResolvers<void>();
    const pulling = withSmallHeap(() => pull.promise);
    const measuring = withHeapByCount(async (count) => {
      count(100_000);
      await figures.promise;
    });
    expect(growths).toEqual([4, 4]);
    pull.resolve();
    await pulling;
    expect(growths).toEqual([4, 4, 30]);
    figures.resolve();
    await measuring;
    expect(growths).toEqual([4, 4, 30, 0]);
  });

  it('is so from many items on, once for all of them', async () => {
    const { growths, markings, withHeapByCount } = watched();
    await withHeapByCount(async (count) => {
      for (let item = 0; item < 19_999; item += 1) count(1);
      expect(growths).toEqual([]);
      count(1);
      count(100_000);
      await Promise.resolve();
    });
    expect(growths).toEqual([30, 0]);
    expect(markings).toEqual(['--no-incremental-marking', '--incremental-marking']);
  });

  it('is V8’s own again when the work fails', async () => {
    const { growths, withSmallHeap } = watched();
    await expect(withSmallHeap(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(growths).toEqual([4, 0]);
  });
});
