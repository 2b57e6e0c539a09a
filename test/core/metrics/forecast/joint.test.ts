import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { jointProbability } from '../../../../src/core/metrics/forecast/joint.ts';
import { normalCdf, normalQuantile } from '../../../../src/core/metrics/normal.ts';

describe('joint probability', () => {
  it.each([
    [0, 0.612],
    [0.2, 0.6399],
    [0.3, 0.6548],
    [0.5, 0.6869],
    [1, 0.8],
  ])('of T24 at a correlation of %d', (correlation, expected) => {
    const joint = jointProbability([0.9, 0.85, 0.8], correlation);
    expect(joint.probability).toBeCloseTo(expected, 4);
    expect(joint.independent).toBeCloseTo(0.612, 12);
    expect(joint.weakest).toBe(0.8);
  });
  it('of two even chances is known in closed form', () => {
    // Sheppard: a quarter, and the arc sine of the correlation over a whole turn.
    for (const correlation of [0, 0.1, 0.3, 0.7, 0.95, 0.999, 0.99999])
      expect(jointProbability([0.5, 0.5], correlation).probability).toBeCloseTo(
        0.25 + Math.asin(correlation) / (2 * Math.PI),
        6,
      );
  });
  it.each([
    [[0.7], 0.7],
    [[0.7, 1, 1], 0.7],
    [[0.7, 0], 0],
    [[1, 1], 1],
  ])('of %j is %d whatever the correlation', (probabilities, expected) => {
    for (const correlation of [0, 0.3, 0.9999999, 1])
      expect(jointProbability(probabilities, correlation).probability).toBeCloseTo(expected, 12);
  });
  const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 });
  const correlations = fc.double({ min: 0, max: 0.99, noNaN: true });
  it('lies between independence and the weakest, and rises with the correlation', () => {
    fc.assert(
      fc.property(chances, correlations, correlations, (probabilities, one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const loose = jointProbability(probabilities, low);
        const tight = jointProbability(probabilities, high);
        expect(loose.probability).toBeGreaterThanOrEqual(loose.independent);
        expect(tight.probability).toBeLessThanOrEqual(tight.weakest);
        expect(tight.probability).toBeGreaterThanOrEqual(loose.probability - 1e-9);
      }),
      { numRuns: 60 },
    );
  });
  it.each([
    [[], 0.3],
    [[0.5, 1.1], 0.3],
    [[-0.1], 0.3],
    [[Number.NaN], 0.3],
    [[0.5], -0.1],
    [[0.5], 1.01],
    [[0.5], Number.NaN],
  ])('refuses %j at %d', (probabilities, correlation) => {
    expect(() => jointProbability(probabilities, correlation)).toThrow(RangeError);
  });
});

describe('the normal distribution', () => {
  it.each([
    [-1.959963984540054, 0.025],
    [0, 0.5],
    [0.841621233572914, 0.8],
    [1.036433389493789, 0.85],
    [3, 0.99865010196837],
  ])('has at %d the chance %d', (x, chance) => {
    expect(normalCdf(x)).toBeCloseTo(chance, 12);
    expect(normalQuantile(chance)).toBeCloseTo(x, 9);
  });
  it('keeps its precision far out', () => {
    expect(normalCdf(-6) / 9.865876450376946e-10).toBeCloseTo(1, 9);
    expect(normalQuantile(9.865876450376946e-10)).toBeCloseTo(-6, 9);
    expect([normalQuantile(0), normalQuantile(1)]).toEqual([-Infinity, Infinity]);
  });
  it('comes back from its quantiles', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (chance) => {
        expect(normalCdf(normalQuantile(chance))).toBeCloseTo(chance, 12);
      }),
    );
  });
});
