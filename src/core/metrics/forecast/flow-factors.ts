/** A milestone that is finished, as it was some weeks before: how many items stood before its end, and how many came. */
export interface PastNeed {
  /** Items that had to be finished: its own that were open, and those of milestones that came first. */
  readonly need: number;
  /** What the team then finished in all until it was done. */
  readonly finished: number;
}

/** One milestone from its first weeks to its last. */
export type FinishedMilestone = readonly PastNeed[];

/** Even a milestone with one open item waits for others: items added to each need, so that its ratio is no whim. */
const usualBesides = 20;
const told = [0.1, 0.3, 0.5, 0.7, 0.9];

/**
 * How much the team finishes for each item that a milestone needs until that milestone is done, as five ratios that are
 * equally likely: what comes in, what is split and what is done besides are all in it (metrics.md 3.4, split rate and
 * discovery, measured on the flow of the team). Each milestone weighs the same, however long it took. Null without any.
 */
export function learnFlowFactors(past: readonly FinishedMilestone[]): readonly number[] | null {
  const known = past.filter((needs) => needs.length > 0);
  if (known.length === 0) return null;
  const ratios = known
    .flatMap((needs) =>
      needs.map(({ need, finished }) => ({ ratio: finished / (need + usualBesides), weight: 1 / needs.length })),
    )
    .sort((a, b) => a.ratio - b.ratio);
  const total = known.length;
  return told.map((chance) => {
    let weight = 0;
    return ratios.find((one) => (weight += one.weight) >= chance * total - 1e-9)!.ratio;
  });
}

/** By what so many items multiply until they are done; never below 1, since all of them are finished. */
export function splitsOfFlow(factors: readonly number[], items: number): readonly number[] {
  if (items <= 0) return [1];
  return factors.map((factor) => Math.max(1, (factor * (items + usualBesides)) / items));
}
