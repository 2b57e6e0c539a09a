import { dayNumber } from '../../time/day.ts';
import type { Metrics } from '../metrics.ts';
import type { MilestoneFigures } from '../milestone-figures.ts';

/** An epic is often closed by hand, some days after the release that it stands for. */
export const closedWithinDays = 7;

/**
 * The figures without the epics that say what a version says: same state, same date, and all of their open work in it; once
 * both are finished, the same promise too, and no more done in the epic, within a week. Teams often keep both for one
 * release, and a reader must not be told everything twice.
 */
export function withDistinctMilestones<M extends Pick<Metrics, 'milestones'>>(metrics: M): M {
  const versions = metrics.milestones.filter(({ kind }) => kind === 'version' || kind === 'named');
  const milestones = metrics.milestones.filter(
    (milestone) => milestone.kind !== 'epic' || !versions.some((version) => isSame(milestone, version)),
  );
  return { ...metrics, milestones };
}

function isSame(epic: MilestoneFigures, version: MilestoneFigures): boolean {
  if (epic.state !== version.state || epic.currentOn !== version.currentOn) return false;
  if (epic.state === 'finished')
    return (
      epic.committedOn === version.committedOn &&
      epic.doneItems <= version.doneItems &&
      epic.finishedOn !== null &&
      version.finishedOn !== null &&
      Math.abs(dayNumber(epic.finishedOn) - dayNumber(version.finishedOn)) <= closedWithinDays
    );
  const open = new Set(version.openKeys);
  return epic.openKeys.every((key) => open.has(key));
}
