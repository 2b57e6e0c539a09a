import { assert as assertOnce, configureGlobal } from 'fast-check';
import type { IAsyncProperty, IProperty, IRawProperty, Parameters } from 'fast-check';

/**
 * fast-check, as every test of ours uses it: from one seed, so that a run of the tests today is the run of yesterday.
 * `npm run properties` draws another and looks further. VIGIE_PROPERTY_SEED is the seed, VIGIE_PROPERTY_RUNS how many
 * times as many runs as a test says.
 */
export * from 'fast-check';

function wholeNumber(name: string, fallback: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  if (!/^-?\d{1,10}$/.test(text)) throw new Error(`${name}: expected a whole number, found "${text}"`);
  return Number(text);
}

const times = wholeNumber('VIGIE_PROPERTY_RUNS', 1);
configureGlobal({ seed: wholeNumber('VIGIE_PROPERTY_SEED', 20_261_130) });

export function assert<T>(property: IAsyncProperty<T>, parameters?: Parameters<T>): Promise<void>;
export function assert<T>(property: IProperty<T>, parameters?: Parameters<T>): void;
export function assert<T>(property: IRawProperty<T>, parameters: Parameters<T> = {}): Promise<void> | void {
  return assertOnce(property, { ...parameters, numRuns: (parameters.numRuns ?? 100) * times });
}
