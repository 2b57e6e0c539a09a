import type { Colour, MilestoneFigures } from '../milestone-figures.ts';
import { valueAt } from '../../view/timeline.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { dayMs } from '../../time/instant.ts';
import { leftoverWorkingDays } from './standing.ts';

const badness: Readonly<Record<Colour, number>> = { red: 3, amber: 2, green: 1, unknown: 0 };
const recentDays = 90;

/**
 * The open milestone that the health of a project speaks about: among those with a date, the worst on either clock, then
 * the nearest. Without any date, the one that most was finished for lately. Null when nothing is planned.
 * Items with a due date of their own count only where there is nothing larger.
 */
export function decidingMilestone(milestones: readonly MilestoneFigures[], view: ProjectView): MilestoneFigures | null {
  const open = milestones.filter(
    ({ state, openItems, currentOn }) => state === 'open' && (openItems > 0 || currentOn !== null),
  );
  const large = open.filter(({ kind }) => kind !== 'item');
  const dated = (large.length > 0 ? large : open).filter((milestone) => isLive(milestone, view));
  const [worst] = dated.sort(
    (a, b) => worstOf(b) - worstOf(a) || dateOf(a).localeCompare(dateOf(b)) || a.id.localeCompare(b.id),
  );
  return worst ?? liveliest(large, view);
}

/** A date that passed longer ago is a leftover to be tidied, not the verdict on the project. */
export function isLive({ currentOn, committedOn }: MilestoneFigures, view: ProjectView): boolean {
  const on = currentOn ?? committedOn;
  return on !== null && view.calendar.distance(on, view.today) <= leftoverWorkingDays;
}

function worstOf({ health }: MilestoneFigures): number {
  return Math.max(badness[health.baseline.colour], badness[health.current.colour]);
}

function dateOf({ currentOn, committedOn }: MilestoneFigures): string {
  return currentOn ?? committedOn ?? '9999-12-31';
}

/**
 * The version or epic for which most was finished lately; else, right after a release, the one that most was planned
 * into lately. One that holds work and that nobody touched decides nothing.
 */
function liveliest(milestones: readonly MilestoneFigures[], view: ProjectView): MilestoneFigures | null {
  const since = view.asOf - recentDays * dayMs;
  const finished = countByMilestone(view, ({ doneAt, fixVersionIds, parentKey }) =>
    doneAt !== null && doneAt >= since ? [...fixVersionIds, parentKey] : [],
  );
  const planned = countByMilestone(view, ({ createdAt, isDone, isComplete, fixVersionIds, parentKey, past }) => {
    if (isDone || !isComplete) return [];
    const before = valueAt(past.fixVersions, since);
    const isNew = createdAt > since;
    return [
      ...fixVersionIds.filter((id) => isNew || !before.includes(id)),
      isNew || valueAt(past.parent, since) !== parentKey ? parentKey : null,
    ];
  });
  return mostOf(milestones, finished) ?? mostOf(milestones, planned);
}

function mostOf(milestones: readonly MilestoneFigures[], counts: ReadonlyMap<string, number>): MilestoneFigures | null {
  const countOf = ({ id }: MilestoneFigures) => counts.get(id) ?? 0;
  const [first] = milestones
    .filter((milestone) => milestone.openItems > 0 && countOf(milestone) > 0)
    .sort((a, b) => countOf(b) - countOf(a) || b.openItems - a.openItems || a.id.localeCompare(b.id));
  return first ?? null;
}

/** How many items speak for each milestone, by its id: that of a version, the key of an epic. */
function countByMilestone(
  view: ProjectView,
  speaksFor: (item: ItemView) => readonly (string | null)[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of view.counted) {
    for (const id of speaksFor(item)) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
