import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { ProjectView } from '../view/view.ts';

/**
 * Open, with a date or work in it. Of a version that no pull had seen by then it is not known that it was there at all:
 * it may have been made years later, for items without a history.
 */
export function isWorthARow({ id, kind, state, currentOn, openItems }: MilestoneFigures, view: ProjectView): boolean {
  if (state !== 'open' || (openItems === 0 && currentOn === null)) return false;
  if (kind !== 'version' || currentOn !== null) return true;
  const version = view.versions.find((seen) => seen.version.id === id);
  return version?.isSeen === true || view.counted.some((item) => item.isComplete && item.fixVersionIds.includes(id));
}
