import { ragSeries } from '../metrics/rag.ts';
import type { RagThresholds } from '../metrics/rag.ts';

export interface RagQuestion extends RagThresholds {
  readonly probabilities: readonly number[];
}

/** `calc rag`: the colour after each evaluation (metrics.md 4.6). */
export function calcRag({ probabilities, ...thresholds }: RagQuestion) {
  return { colours: ragSeries(probabilities, thresholds) };
}
