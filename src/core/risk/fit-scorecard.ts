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

/** Judgements with one row and one offset: to the weights they are one, of the sum of their weights. */
interface Group {
  readonly row: Judgement['row'];
  readonly offset: Judgement['offset'];
  weight: number;
  lateWeight: number;
}

/**
 * Ridge logistic regression by coordinate steps, weights 0 or more (metrics.md 4.3): held to `prior`, so that few data
 * move little. The same judgements in the same order give the same weights. Judgements that share a row (the same array)
 * are summed first: of a hundred thousand there are a few hundred.
 */
export function fitScorecard(judgements: readonly Judgement[], prior: Scorecard): Scorecard {
  const priors = toList(prior);
  const weights = [...priors];
  const groups = groupsOf(judgements);
  const rowsOf = priors.map((_, level) => groups.flatMap(({ row }, index) => (row[level] ? [index] : [])));
  let base = startOf(judgements, prior.base);
  const sums = Float64Array.from(groups, ({ row, offset }) => {
    return (offset ?? base) + row.reduce((sum, holds, level) => sum + (holds ? weights[level]! : 0), 0);
  });
  const free = groups.flatMap(({ offset }, index) => (offset === null ? [index] : []));
  for (let sweep = 0; sweep < sweeps; sweep += 1) {
    let moved = move(
      groups,
      sums,
      { rows: free, pull: 0, stiffness: 1e-6, value: base, least: -Infinity },
      (by) => (base += by),
    );
    priors.forEach((mean, level) => {
      const value = weights[level]!;
      const step = { rows: rowsOf[level]!, pull: ridge * (mean - value), stiffness: ridge, value, least: 0 };
      moved = Math.max(
        moved,
        move(groups, sums, step, (by) => (weights[level] = value + by)),
      );
    });
    if (moved < enough) break;
  }
  return fromList(base, weights);
}

function groupsOf(judgements: readonly Judgement[]): readonly Group[] {
  const groups: Group[] = [];
  const known = new Map<Judgement['row'], Map<number | null, Group>>();
  for (const { row, offset, weight, isLate } of judgements) {
    let ofRow = known.get(row);
    if (!ofRow) known.set(row, (ofRow = new Map()));
    let group = ofRow.get(offset);
    if (!group) {
      group = { row, offset, weight: 0, lateWeight: 0 };
      ofRow.set(offset, group);
      groups.push(group);
    }
    group.weight += weight;
    if (isLate) group.lateWeight += weight;
  }
  return groups;
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
  groups: readonly Group[],
  sums: Float64Array,
  { rows, pull, stiffness, value, least }: Coordinate,
  take: (by: number) => void,
): number {
  let slope = pull;
  let curve = stiffness;
  for (const index of rows) {
    const { lateWeight, weight } = groups[index]!;
    const probability = logistic(sums[index]!);
    slope += lateWeight - weight * probability;
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
