import { ragSeries } from '../metrics/milestones/rag.ts';
import type { RagThresholds } from '../metrics/milestones/rag.ts';

export interface RagQuestion extends RagThresholds {
  readonly probabilities: readonly number[];
}

/** `calc rag`: the colour after each evaluation (metrics.md 4.6). */
export function calcRag({ probabilities, ...thresholds }: RagQuestion) {
  return { colours: ragSeries(probabilities, thresholds) };
}
