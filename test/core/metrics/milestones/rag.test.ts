import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { evaluateRag, ragSeries } from '../../../../src/core/metrics/milestones/rag.ts';
import type { RagEvidence, RagState } from '../../../../src/core/metrics/milestones/rag.ts';

const thresholds = { green: 0.8, red: 0.5, hysteresis: 0.05, confirm: 2 };
const letters = (probabilities: number[], options = {}) =>
  ragSeries(probabilities, { ...thresholds, ...options })
    .map((colour) => colour[0]!.toUpperCase())
    .join(' ');

describe('colours', () => {
  it.each([
    [
      'T25',
      [0.9, 0.82, 0.78, 0.76, 0.74, 0.73, 0.79, 0.86, 0.86, 0.44, 0.44, 0.52, 0.56, 0.57],
      'G G G G G A A A G G R R R A',
    ],
    ['nothing', [], ''],
    ['the first by the plain thresholds', [0.8], 'G'],
    ['the first, just below', [0.7999], 'A'],
    ['the first at the edge of red', [0.5], 'A'],
    ['the first red', [0.4999], 'R'],
    ['0.8 + 0.05 lets 0.85 through', [0.7, 0.85, 0.85], 'A A G'],
    ['0.5 - 0.05: 0.45 is not below', [0.7, 0.45, 0.45, 0.4499, 0.4499], 'A A A A R'],
    ['0.75 is not below g - h', [0.9, 0.75, 0.75], 'G G G'],
    ['0.55 leaves red', [0.1, 0.55, 0.55], 'R R A'],
    ['from green to amber only, above r - h', [0.9, 0.46, 0.46], 'G G A'],
    ['two different targets confirm neither', [0.9, 0.7, 0.3, 0.7, 0.3], 'G G G G G'],
    ['an evaluation in between breaks the row', [0.9, 0.7, 0.9, 0.7, 0.7], 'G G G G A'],
    ['from red to green', [0.1, 0.9, 0.9], 'R R G'],
    ['from red to amber below g + h', [0.1, 0.84, 0.84], 'R R A'],
  ])('%s', (_, probabilities, expected) => {
    expect(letters(probabilities)).toBe(expected);
  });
  it('need as many agreeing evaluations as they are told', () => {
    expect(letters([0.9, 0.1, 0.9], { confirm: 1 })).toBe('G R G');
    expect(letters([0.9, 0.1, 0.1, 0.1], { confirm: 3 })).toBe('G G G R');
    expect(letters([0.9, 0.79, 0.79], { hysteresis: 0 })).toBe('G G A');
  });
});

describe('one evaluation at a time', () => {
  const run = (evidence: RagEvidence[]) => {
    let state: RagState | null = null;
    return evidence.map((one) => (state = evaluateRag(state, one, thresholds)).colour);
  };
  it('turns red at once when overdue, and leaves it only confirmed', () => {
    expect(
      run([{ probability: 0.9 }, { probability: 0.9, isOverdue: true }, { probability: 0.9 }, { probability: 0.9 }]),
    ).toEqual(['green', 'red', 'red', 'green']);
    expect(run([{ probability: null, isOverdue: true }])).toEqual(['red']);
  });
  it('is unknown at once without a chance, and starts anew after it', () => {
    expect(run([{ probability: 0.9 }, { probability: null }, { probability: 0.6 }])).toEqual([
      'green',
      'unknown',
      'amber',
    ]);
  });
});

describe('for any series', () => {
  it('no colour changes twice within `confirm` evaluations, nor without `confirm` of them pointing to it', () =>
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        (probabilities, confirm) => {
          const colours = ragSeries(probabilities, { ...thresholds, confirm });
          const flips = colours.flatMap((colour, index) => (index > 0 && colour !== colours[index - 1] ? [index] : []));
          flips.forEach((flip, index) => expect(flip - (flips[index - 1] ?? 0)).toBeGreaterThanOrEqual(confirm));
          for (const flip of flips)
            for (const probability of probabilities.slice(flip - confirm + 1, flip + 1)) {
              expect(colours[flip] !== 'green' || probability > 0.85 - 1e-9).toBe(true);
              expect(colours[flip] !== 'red' || probability < 0.45).toBe(true);
            }
        },
      ),
    ));
  it('a chance that stays within the hysteresis changes nothing', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.751, max: 0.849, noNaN: true }), { minLength: 1 }), (probabilities) => {
        expect(new Set(ragSeries(probabilities, thresholds)).size).toBe(1);
      }),
    ));
});
