/** A chance that was given, and what came. */
export interface Given {
  readonly probability: number;
  readonly isLate: boolean;
}

/** Chance that a late one was given a higher probability than one in time, ties half (AUC); null without both kinds. */
export function aucOf(given: readonly Given[]): number | null {
  const sorted = given.toSorted((a, b) => a.probability - b.probability);
  const late = sorted.filter(({ isLate }) => isLate).length;
  const kept = sorted.length - late;
  if (late === 0 || kept === 0) return null;
  let ranks = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from + 1;
    while (to < sorted.length && sorted[to]!.probability === sorted[from]!.probability) to += 1;
    const middle = (from + to + 1) / 2;
    for (let index = from; index < to; index += 1) if (sorted[index]!.isLate) ranks += middle;
    from = to;
  }
  return (ranks - (late * (late + 1)) / 2) / (late * kept);
}

const z95 = 1.959964;

/**
 * 95 % interval of an AUC that was measured on so many late and so many kept items, within 0 to 1 (Hanley and McNeil, 1982);
 * null without both kinds. Judgements of one item are much alike, so items are to be counted, not judgements.
 */
export function aucInterval(auc: number | null, late: number, kept: number): readonly [number, number] | null {
  if (auc === null || late === 0 || kept === 0) return null;
  const square = auc ** 2;
  const variance =
    (auc * (1 - auc) + (late - 1) * (auc / (2 - auc) - square) + (kept - 1) * ((2 * square) / (1 + auc) - square)) /
    (late * kept);
  const reach = z95 * Math.sqrt(Math.max(0, variance));
  return [Math.max(0, auc - reach), Math.min(1, auc + reach)];
}

/** Mean squared distance between the chance and what came; 0 is perfect, null without any. */
export function brierOf(given: readonly Given[]): number | null {
  if (given.length === 0) return null;
  return given.reduce((sum, { probability, isLate }) => sum + (probability - Number(isLate)) ** 2, 0) / given.length;
}

/** Share that was late; null without any. */
export function lateShare(given: readonly Given[]): number | null {
  return given.length === 0 ? null : given.filter(({ isLate }) => isLate).length / given.length;
}

/** How many times as often as all those of the tenth with the highest chances were late; null without a late one. */
export function liftOf(given: readonly Given[]): number | null {
  const base = lateShare(given);
  if (base === null || base === 0) return null;
  const top = given.toSorted((a, b) => b.probability - a.probability).slice(0, Math.ceil(given.length / 10));
  return lateShare(top)! / base;
}
