import type { Metrics } from '../metrics/metrics.ts';
import type { SprintFigures } from '../metrics/sprint-figures.ts';
import { dayMs } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';
import type { Day } from '../time/day.ts';

export interface SprintLine {
  readonly name: string;
  readonly endOn: Day | null;
  readonly committed: number;
  readonly added: number;
  readonly done: number;
  readonly open: number;
  readonly points: { readonly done: number; readonly total: number } | null;
  readonly outlook: { readonly doneAtP50: number; readonly doneAtP85: number } | null;
  readonly flags: readonly string[];
}

export interface RunningSprintLine extends SprintLine {
  /** Too few of its items will be done by its end, at even odds. */
  readonly isAtRisk: boolean;
}

/** A sprint that should have ended longer ago was forgotten, not carried on. */
const forgottenDays = 14;

/** What a reader is told of one sprint; null for one whose items are not known. */
export function sprintLine(sprint: SprintFigures, zone: Zone): SprintLine | null {
  const { totals } = sprint;
  if (!totals) return null;
  const total = totals.committed.points;
  return {
    name: sprint.name,
    endOn: sprint.endAt === null ? null : zone.dayAt(sprint.endAt),
    committed: totals.committed.count,
    added: totals.added.count,
    done: totals.completed.count,
    open: totals.notCompleted.count,
    points: total > 0 ? { done: totals.completed.points, total } : null,
    outlook: sprint.outlook,
    flags: sprint.flags,
  };
}

/** Sprints that go on and have something in them, the one that began last first. */
export function runningSprints({ sprints, asOf }: Metrics): readonly SprintFigures[] {
  return sprints
    .filter(({ state, endAt }) => state === 'active' && (endAt === null || endAt >= asOf - forgottenDays * dayMs))
    .filter(({ totals }) => totals !== null && totals.completed.count + totals.notCompleted.count > 0)
    .sort((a, b) => (b.activatedAt ?? 0) - (a.activatedAt ?? 0) || a.id.localeCompare(b.id));
}
