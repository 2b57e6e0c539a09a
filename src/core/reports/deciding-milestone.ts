import type { Colour, MilestoneFigures } from '../metrics/metrics.ts';
import type { ProjectView } from '../metrics/view.ts';

const badness: Readonly<Record<Colour, number>> = { red: 3, amber: 2, green: 1, unknown: 0 };
/** A date that passed longer ago is a leftover to be tidied, not the verdict on the project. */
const leftoverWorkingDays = 60;

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
  return worst ?? liveliest(large);
}

function isLive({ currentOn, committedOn }: MilestoneFigures, view: ProjectView): boolean {
  const on = currentOn ?? committedOn;
  return on !== null && view.calendar.distance(on, view.today) <= leftoverWorkingDays;
}

function worstOf({ health }: MilestoneFigures): number {
  return Math.max(badness[health.baseline.colour], badness[health.current.colour]);
}

function dateOf({ currentOn, committedOn }: MilestoneFigures): string {
  return currentOn ?? committedOn ?? '9999-12-31';
}

function liveliest(milestones: readonly MilestoneFigures[]): MilestoneFigures | null {
  const undated = milestones.filter(({ doneItems, openItems }) => doneItems > 0 && openItems > 0);
  const [first] = undated.sort((a, b) => b.doneItems - a.doneItems || a.id.localeCompare(b.id));
  return first ?? null;
}
