import type { ProjectDigest } from './project-report.ts';

/** Ids of the milestones whose forecast a reader of the digest sees, in its lines or in its thread. */
export function toldMilestones({ health, next, details, isQuiet }: ProjectDigest): ReadonlySet<string> {
  // A quiet week is one line without dates.
  if (isQuiet) return new Set();
  const lines = [...(health.about ? [health.about] : []), ...next.milestones, ...details.milestones.items];
  return new Set(lines.filter(({ forecast }) => forecast !== null).map(({ id }) => id));
}
