import type { Milestone } from './milestones.ts';
import type { Slip } from './slip.ts';

/** A milestone and what became of its date. */
export interface Promised {
  readonly milestone: Milestone;
  readonly slip: Slip;
}
