import type { SprintFigures } from '../metrics/metrics.ts';
import type { Zone } from '../time/zone.ts';
import type { SprintLine } from './report.ts';

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
