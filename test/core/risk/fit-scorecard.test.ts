import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { fitScorecard } from '../../../src/core/risk/fit-scorecard.ts';
import type { Judgement } from '../../../src/core/risk/fit-scorecard.ts';
import { fromList, riskCodes, levels, toList } from '../../../src/core/risk/scorecard.ts';
import { aucInterval, aucOf, brierOf, liftOf } from '../../../src/core/risk/scores.ts';

const count = riskCodes.flatMap((code) => levels[code]).length;
const zero = fromList(
  0,
  Array.from({ length: count }, () => 0),
);
const row = (...holding: readonly number[]) => Array.from({ length: count }, (_, index) => holding.includes(index));
const judged = (isLate: boolean, times: number, holding: readonly number[] = [], offset: number | null = null) =>
  Array.from({ length: times }, (): Judgement => ({ row: row(...holding), isLate, weight: 1, offset }));

describe('fitScorecard', () => {
  it('finds the log odds of the plain case, and of a level, less what the ridge holds back', () => {
    const fitted = fitScorecard(
      [...judged(true, 1000), ...judged(false, 3000), ...judged(true, 2000, [4]), ...judged(false, 2000, [4])],
      zero,
    );
    expect(fitted.base).toBeCloseTo(Math.log(1 / 3), 2);
    expect(toList(fitted)[4]).toBeCloseTo(Math.log(3), 2);
  });

  it('does not let a level lower a risk', () => {
    const fitted = fitScorecard([...judged(true, 300), ...judged(false, 100), ...judged(false, 200, [2])], zero);
    expect(toList(fitted)[2]).toBe(0);
  });

  it('stays with what it is held to where nothing was seen', () => {
    const prior = fromList(
      -1,
      Array.from({ length: count }, (_, index) => index / 10),
    );
    expect(toList(fitScorecard(judged(true, 5, [], -1), prior))).toEqual(toList(prior));
  });

  it('gives weights of 0 or more, whatever it is shown', () => {
    const judgement = fc.record({
      row: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
      isLate: fc.boolean(),
      weight: fc.double({ min: 0.1, max: 1, noNaN: true }),
      offset: fc.option(fc.double({ min: -4, max: 4, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(judgement, { maxLength: 40 }), (judgements) => {
        const { base, weights } = fitScorecard(judgements, zero);
        expect(Number.isFinite(base)).toBe(true);
        expect(
          Object.values(weights)
            .flat()
            .every((weight) => weight >= 0),
        ).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('scores', () => {
  const given = (...pairs: readonly (readonly [number, boolean])[]) =>
    pairs.map(([probability, isLate]) => ({ probability, isLate }));
  it.each([
    ['all in order', given([0.1, false], [0.2, false], [0.9, true]), 1],
    ['all the wrong way', given([0.9, false], [0.1, true]), 0],
    ['a tie counts half', given([0.5, false], [0.5, true]), 0.5],
    ['one of two pairs', given([0.1, false], [0.9, false], [0.5, true]), 0.5],
    ['nothing late', given([0.1, false]), null],
    ['nothing', [], null],
  ])('AUC: %s', (_, list, auc) => expect(aucOf(list)).toBe(auc));

  it('AUC: an interval as wide as the number of items makes it', () => {
    // The example of Hanley and McNeil (1982): area 0.893 on 51 and 58, standard error 0.032.
    const [low, high] = aucInterval(0.893, 51, 58)!;
    expect((high - low) / 2 / 1.96).toBeCloseTo(0.0325, 3);
    expect(aucInterval(0.5, 10, 10)![0]).toBeCloseTo(0.5 - 1.959964 * Math.sqrt(0.0175), 6);
    expect(aucInterval(1, 3, 4)).toEqual([1, 1]);
    expect(aucInterval(0.9, 0, 4)).toBeNull();
    expect(aucInterval(null, 3, 4)).toBeNull();
  });

  it('Brier score and lift', () => {
    expect(brierOf(given([0.8, true], [0.4, false]))).toBeCloseTo((0.04 + 0.16) / 2, 12);
    expect(brierOf([])).toBeNull();
    const ten = given([0.9, true], ...Array.from({ length: 9 }, () => [0.1, false] as const));
    expect(liftOf(ten)).toBe(10);
    expect(liftOf(given([0.9, false]))).toBeNull();
  });
});
