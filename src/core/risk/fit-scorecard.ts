import { logistic, logit } from './item-risk.ts';
import { fromList, toList } from './scorecard.ts';
import type { Scorecard } from './scorecard.ts';

/** One judgement of the past: which levels held, what came, and how much it counts. */
export interface Judgement {
  readonly row: readonly boolean[];
  readonly isLate: boolean;
  readonly weight: number;
  /** Log odds that are known without the scorecard; null: its base stands for them. */
  readonly offset: number | null;
}

/** How strongly the weights are held to those that they start from (ridge). */
const ridge = 1;
const sweeps = 200;
const enough = 1e-4;

/**
 * Ridge logistic regression by coordinate steps, weights 0 or more (metrics.md 4.3): held to `prior`, so that few data
 * move little. The same judgements in the same order give the same weights.
 */
export function fitScorecard(judgements: readonly Judgement[], prior: Scorecard): Scorecard {
  const priors = toList(prior);
  const weights = [...priors];
  const rowsOf = priors.map((_, level) => judgements.flatMap(({ row }, index) => (row[level] ? [index] : [])));
  let base = startOf(judgements, prior.base);
  const sums = Float64Array.from(judgements, ({ row, offset }) => {
    return (offset ?? base) + row.reduce((sum, holds, level) => sum + (holds ? weights[level]! : 0), 0);
  });
  const free = judgements.flatMap(({ offset }, index) => (offset === null ? [index] : []));
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    let moved = move(
      judgements,
      sums,
      { rows: free, pull: 0, stiffness: 1e-6, value: base, least: -Infinity },
      (by) => (base += by),
    );
    priors.forEach((mean, level) => {
      const value = weights[level]!;
      const step = { rows: rowsOf[level]!, pull: ridge * (mean - value), stiffness: ridge, value, least: 0 };
      moved = Math.max(
        moved,
        move(judgements, sums, step, (by) => (weights[level] = value + by)),
      );
    });
    if (moved < enough) break;
  }
  return fromList(base, weights);
}

interface Coordinate {
  readonly rows: readonly number[];
  readonly pull: number;
  readonly stiffness: number;
  readonly value: number;
  readonly least: number;
}

/** One Newton step of one weight, not below its least; gives how far it went. */
function move(
  judgements: readonly Judgement[],
  sums: Float64Array,
  { rows, pull, stiffness, value, least }: Coordinate,
  take: (by: number) => void,
): number {
  let slope = pull;
  let curve = stiffness;
  for (const index of rows) {
    const { isLate, weight } = judgements[index]!;
    const probability = logistic(sums[index]!);
    slope += weight * (Number(isLate) - probability);
    curve += weight * probability * (1 - probability);
  }
  // A step of more than 1 in log odds is a guess far from where it was taken: smaller ones arrive as well.
  const step = Math.max(-1, Math.min(1, slope / curve));
  const by = Math.max(least, value + step) - value;
  if (by === 0) return 0;
  for (const index of rows) sums[index]! += by;
  take(by);
  return Math.abs(by);
}

function startOf(judgements: readonly Judgement[], otherwise: number): number {
  const late = judgements.filter(({ isLate }) => isLate).length;
  const share = judgements.length === 0 ? 0 : late / judgements.length;
  return share > 0 && share < 1 ? Math.min(otherwise, logit(share)) : otherwise;
}
