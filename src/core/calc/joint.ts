import { jointProbability } from '../metrics/forecast/joint.ts';

export interface JointQuestion {
  /** At least one. */
  readonly probabilities: readonly number[];
  readonly correlation: number;
}

/** `calc joint`: the chance that all happen (metrics.md 3.4). */
export function calcJoint({ probabilities, correlation }: JointQuestion) {
  return jointProbability(probabilities, correlation);
}
