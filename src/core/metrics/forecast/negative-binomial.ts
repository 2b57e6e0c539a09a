import { incompleteBeta } from './incomplete-beta.ts';

/** The running sum of one negative binomial distribution. */
export interface Part {
  readonly mean: number;
  readonly variance: number;
  /** P(S <= last); may be asked with growing `last` only. `isEnough` is asked now and then whether to stop early. */
  sumThrough(last: number, isEnough?: (sum: number) => boolean): number;
  /**
   * The same for any `last`, but not to the last digit: good for a comparison, in hundreds of steps where the walk takes
   * hundreds of thousands. NaN when it cannot be had.
   */
  sumNear(last: number): number;
}

const nothing: Part = { mean: 0, variance: 0, sumThrough: () => 1, sumNear: () => 1 };

/** Below this logarithm a chance is 0 as a number: the walk starts in logarithms and leaves them when it can. */
const leastLog = -700;
const askEvery = 16;

/**
 * Negative binomial of metrics.md 3.3 step 3: variance = noise * mean + mean^2 / shape, for a noise of at least 1 and a
 * shape above 0. A mean of 0 is surely 0.
 */
export function createPart(mean: number, noise: number, shape: number): Part {
  if (mean === 0) return nothing;
  // mean^2 / (variance - mean), written so that a tiny mean does not become 0 / 0.
  const size = mean / (noise - 1 + mean / shape);
  const success = size / (size + mean);
  const failure = mean / (size + mean);
  const logFailure = Math.log(failure);
  const firstLog = size * Math.log(success);
  const firstMass = firstLog <= leastLog ? 0 : Math.exp(firstLog);
  const reached = {
    at: 0,
    log: firstLog,
    isInLogs: firstLog <= leastLog,
    mass: firstMass,
    sum: firstMass,
    isWhole: false,
  };
  return {
    mean,
    variance: noise * mean + mean ** 2 / shape,
    sumThrough: (last, isEnough) => {
      // In names of its own: what outlives the call is put on the heap with every step.
      let { at, log, isInLogs, mass, sum, isWhole } = reached;
      while (at < last && !isWhole) {
        at++;
        if (isInLogs) {
          log += Math.log(at - 1 + size) - Math.log(at) + logFailure;
          isInLogs = log <= leastLog;
          mass = isInLogs ? 0 : Math.exp(log);
        } else mass *= ((at - 1 + size) / at) * failure;
        const before = sum;
        sum += mass;
        // Beyond its mean each chance is below the one before: what no longer counts now never will.
        isWhole = sum === before && at > mean && !isInLogs;
        if (isEnough && at % askEvery === 0 && isEnough(sum)) break;
      }
      Object.assign(reached, { at, log, isInLogs, mass, sum, isWhole });
      return Math.min(sum, 1);
    },
    sumNear: (last) => incompleteBeta(success, size, last + 1),
  };
}
