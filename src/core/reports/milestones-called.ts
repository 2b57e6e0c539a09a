import type { MilestoneFigures } from '../metrics/milestone-figures.ts';

/** Milestones of this name, key or id, whatever its case; the newest first. */
export function milestonesCalled(milestones: readonly MilestoneFigures[], asked: string): readonly MilestoneFigures[] {
  const wanted = asked.toLowerCase();
  const found = milestones.findLast(({ id, name, key }) =>
    [id, name, key ?? ''].some((text) => text.toLowerCase() === wanted),
  );
  return found ? [found] : [];
}
