import { littlesLaw } from '../metrics/flow/littles-law.ts';
import type { Stay } from '../metrics/flow/littles-law.ts';

export interface FlowQuestion {
  /** In days on any axis, the end not included. */
  readonly window: readonly [number, number];
  readonly items: readonly Stay[];
}

/** `calc flow`: work in progress, throughput and cycle time of a window, held to Little's law (metrics.md 2.2, 2.3). */
export function calcFlow({ window: [from, to], items }: FlowQuestion) {
  return littlesLaw(items, from, to);
}
