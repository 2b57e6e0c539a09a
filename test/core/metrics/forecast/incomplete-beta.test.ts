import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { incompleteBeta } from '../../../../src/core/metrics/forecast/incomplete-beta.ts';
import { createPart } from '../../../../src/core/metrics/forecast/negative-binomial.ts';

describe('incompleteBeta', () => {
  it.each([
    // Closed forms: x^a for b = 1, 1 - (1 - x)^b for a = 1, sums of binomials for whole numbers, an arc sine for halves.
    [0.3, 2.5, 1, 0.3 ** 2.5],
    [0.3, 1, 4, 1 - 0.7 ** 4],
    [0.5, 2, 3, 11 / 16],
    [0.25, 0.5, 0.5, 1 / 3],
    [0.75, 0.5, 0.5, 2 / 3],
  ])('at %d with %d and %d', (x, a, b, expected) => {
    expect(incompleteBeta(x, a, b)).toBeCloseTo(expected, 10);
  });
  it('is 0 at 0 and 1 at 1', () => {
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  });
});

describe('near sums', () => {
  it('are those of the walk to eight digits, for few items and for hundreds of thousands', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 5, noNaN: true }),
        fc.double({ min: 1, max: 60, noNaN: true }),
        fc.double({ min: 0.5, max: 300, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (logMean, noise, shape, timesMean) => {
          const part = createPart(10 ** logMean, noise, shape);
          const last = Math.floor(timesMean * part.mean);
          expect(part.sumNear(last)).toBeCloseTo(part.sumThrough(last), 8);
        },
      ),
    );
  });
  it('say that nothing is surely there without a mean', () => {
    expect(createPart(0, 1, 2).sumNear(5)).toBe(1);
  });
});
