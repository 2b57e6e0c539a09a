import type { Colour } from '../milestone-figures.ts';

/** When a chance is green, amber or red, and how hard it is to change (metrics.md 4.6). */
export interface RagThresholds {
  /** Least chance for green, such as 0.80. */
  readonly green: number;
  /** Chance under which it is red, such as 0.50. */
  readonly red: number;
  /** How far beyond a threshold the chance has to go before the colour leaves, such as 0.05. */
  readonly hysteresis: number;
  /** Consecutive evaluations with the same other colour that are needed, such as 2. */
  readonly confirm: number;
}

/** To be kept from one evaluation to the next. */
export interface RagState {
  readonly colour: Colour;
  /** The other colour that the last evaluations pointed to, and how many of them in a row; null when none did. */
  readonly pending: { readonly colour: Colour; readonly count: number } | null;
}

export interface RagEvidence {
  /** Chance of meeting the date; null when there is no date or no forecast worth using. */
  readonly probability: number | null;
  /** The date has passed and the work is not done. */
  readonly isOverdue?: boolean;
}

/**
 * One evaluation. The first one, and the first after "unknown", goes by the plain thresholds. Overdue turns red at once;
 * no chance is "unknown" at once, since an old colour would claim knowledge. Pass the state that the call before gave.
 */
export function evaluateRag(
  previous: RagState | null,
  { probability, isOverdue = false }: RagEvidence,
  thresholds: RagThresholds,
): RagState {
  if (isOverdue) return { colour: 'red', pending: null };
  if (probability === null) return { colour: 'unknown', pending: null };
  if (!previous || previous.colour === 'unknown')
    return { colour: plainColour(probability, thresholds), pending: null };
  const target = targetFrom(previous.colour, probability, thresholds);
  if (target === previous.colour) return { colour: target, pending: null };
  const count = previous.pending?.colour === target ? previous.pending.count + 1 : 1;
  return count >= thresholds.confirm
    ? { colour: target, pending: null }
    : { colour: previous.colour, pending: { colour: target, count } };
}

/** The colour after each of a series of evaluations. */
export function ragSeries(probabilities: readonly number[], thresholds: RagThresholds): readonly Colour[] {
  let state: RagState | null = null;
  return probabilities.map((probability) => {
    state = evaluateRag(state, { probability }, thresholds);
    return state.colour;
  });
}

function plainColour(probability: number, { green, red }: Pick<RagThresholds, 'green' | 'red'>): Colour {
  if (probability >= green) return 'green';
  return probability >= red ? 'amber' : 'red';
}

/** Each threshold is moved away from where the colour stands: down for a colour above it, up for one below. */
function targetFrom(colour: Colour, probability: number, { green, red, hysteresis }: RagThresholds): Colour {
  return plainColour(probability, {
    green: exact(colour === 'green' ? green - hysteresis : green + hysteresis),
    red: exact(colour === 'red' ? red + hysteresis : red - hysteresis),
  });
}

/** 0.8 + 0.05 is a hair more than 0.85, and a chance of 0.85 has to pass. */
function exact(threshold: number): number {
  return Number(threshold.toFixed(12));
}
