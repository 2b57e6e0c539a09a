import type { Colour } from '../metrics/milestone-figures.ts';

/** How many of each. */
export type ColourCounts = Readonly<Record<Colour, number>>;

const badness: Readonly<Record<Colour, number>> = { red: 3, amber: 2, unknown: 1, green: 0 };

interface TwoClocks {
  readonly baseline: Colour;
  readonly current: Colour;
}

/** Worst first: by the current date, then by the first promise. What is not known is worse than what is well. */
export function byBadness(a: TwoClocks, b: TwoClocks): number {
  return badness[b.current] - badness[a.current] || badness[b.baseline] - badness[a.baseline];
}

/** How many of each, those without any too. */
export function countColours(colours: readonly Colour[]): ColourCounts {
  const counts = { green: 0, amber: 0, red: 0, unknown: 0 };
  for (const colour of colours) counts[colour] += 1;
  return counts;
}
