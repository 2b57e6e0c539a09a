import type { Metrics, MilestoneFigures } from '../metrics/metrics.ts';

/**
 * The figures without the epics that say what a version says: same state, same dates, and all of their open work in it.
 * Teams often keep both for one release, and a reader must not be told everything twice.
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
  if (epic.state === 'finished') return epic.finishedOn === version.finishedOn && epic.doneItems <= version.doneItems;
  const open = new Set(version.openKeys);
  return epic.openKeys.every((key) => open.has(key));
}
