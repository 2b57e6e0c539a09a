import type { Metrics } from '../metrics/metrics.ts';
import type { ProjectView } from '../view/view.ts';
import type { Finding } from './finding.ts';
import type { Thresholds } from '../model/thresholds.ts';

export interface RuleInput {
  readonly view: ProjectView;
  readonly metrics: Metrics;
  /** The same figures at the last report; null when there was none, and then nothing has "changed". */
  readonly previous: Metrics | null;
  readonly thresholds: Thresholds;
}

/** A pure look at one kind of trouble. One finding a subject; none when the figures cannot carry it. */
export type Rule = (input: RuleInput) => readonly Finding[];
