import { normalCdf } from '../metrics/normal.ts';

/** The even grid of the normal scale that draws are looked up on: from `-reach` to `reach`. */
export const reach = 4;
export const stepsPerUnit = 20;
export const normalChances: readonly number[] = Array.from({ length: 2 * reach * stepsPerUnit + 1 }, (_, index) =>
  normalCdf(index / stepsPerUnit - reach),
);

/** Precise enough for a share that is told in whole per cent. */
const evenSteps = 100;
export const evenChances: readonly number[] = Array.from({ length: evenSteps }, (_, step) => (step + 0.5) / evenSteps);

/** As likely as not. */
export const evenOdds = 0.5;
/** As sure as a date is told. */
export const sureOdds = 0.85;

/** Every chance that the odds of a plan are asked at. */
export const askedChances: readonly number[] = [...new Set([evenOdds, sureOdds, ...evenChances, ...normalChances])];
