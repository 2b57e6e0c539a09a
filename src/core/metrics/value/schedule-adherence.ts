/** One task of the plan: what it was to have earned by the earned schedule, and what it has earned by now. */
export interface TaskValue {
  readonly planned: number;
  readonly earned: number;
}

/** Below this the work that was done is not the work that was planned to be done by then (metrics.md 1.4). */
const inSequence = 0.8;

/**
 * P-factor (metrics.md 1.4, vector T4): the share of the value planned up to the earned schedule that was earned by the
 * very tasks that were to earn it; 0 to 1, null when nothing was planned by then.
 */
export function scheduleAdherence(tasks: readonly TaskValue[]): number | null {
  let planned = 0;
  let kept = 0;
  for (const task of tasks) {
    planned += task.planned;
    kept += Math.min(task.planned, task.earned);
  }
  return planned === 0 ? null : kept / planned;
}

/** On time or early, and yet not in the order of the plan: fast, and with rework to come. */
export function isOutOfSequence(adherence: number | null, spiT: number | null): boolean {
  return adherence !== null && spiT !== null && adherence < inSequence && spiT >= 1;
}
