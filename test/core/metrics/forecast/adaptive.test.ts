import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { adaptLevel, bucketOf } from '../../../../src/core/metrics/forecast/adaptive.ts';

describe('the adaptive level', () => {
  it('follows T17', () => {
    const levels = [0.85];
    for (const hit of [1, 1, 0, 1, 0, 0, 1]) levels.push(adaptLevel(levels.at(-1)!, 0.85, hit === 1));
    const expected = [0.85, 0.8455, 0.841, 0.8665, 0.862, 0.8875, 0.913, 0.9085];
    levels.forEach((level, index) => expect(level).toBeCloseTo(expected[index]!, 12));
  });
  it('keeps the hit rate within the bound of Gibbs and Candès, whatever happens', () => {
    // The statement holds when the surprise is below the level; the surprises are the adversary's.
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 50, maxLength: 400 }),
        fc.constantFrom(0.5, 0.85, 0.95),
        (surprises, target) => {
          let level: number = target;
          let hits = 0;
          for (const surprise of surprises) {
            const hasHeld = level >= 1 || (level > 0 && surprise < level);
            hits += Number(hasHeld);
            level = adaptLevel(level, target, hasHeld);
          }
          const bound = (Math.max(target, 1 - target) + 0.03) / (0.03 * surprises.length);
          expect(Math.abs(hits / surprises.length - target)).toBeLessThanOrEqual(bound + 1e-9);
        },
      ),
    );
  });
});

it.each([
  [0.2, 1],
  [1, 1],
  [1.2, 4],
  [4, 4],
  [8, 8],
  [8.2, 13],
  [26, 26],
  [26.2, null],
])('a horizon of %d weeks is in the bucket to %s', (weeks, bucket) => {
  expect(bucketOf(weeks)).toBe(bucket);
});
