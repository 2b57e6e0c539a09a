import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';

/** One move of a milestone's date, as a reader is told it. */
export interface MoveLine {
  readonly milestone: string;
  readonly at: Instant;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly workingDays: number | null;
  readonly noticeWorkingDays: number | null;
  readonly replans: number;
}

/** Dates that moved in the period, oldest first; those of single items only when they were promised themselves. */
export function movesIn(milestones: readonly MilestoneFigures[], since: Instant, asOf: Instant): readonly MoveLine[] {
  return milestones
    .flatMap((milestone) => movesOf(milestone).filter(({ at }) => at > since && at <= asOf))
    .sort((a, b) => a.at - b.at || a.milestone.localeCompare(b.milestone));
}

/** Every move of one milestone. `replans` counts up to and with this move. */
export function movesOf(milestone: MilestoneFigures): readonly MoveLine[] {
  return milestone.moves.map((move, index) => ({
    milestone: milestone.name,
    at: move.at,
    from: move.from,
    to: move.to,
    workingDays: move.workingDays,
    noticeWorkingDays: move.noticeWorkingDays,
    replans: index + 1,
  }));
}
