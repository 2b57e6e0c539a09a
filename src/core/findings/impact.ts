import type { Metrics } from '../metrics/metrics.ts';
import type { ProjectView } from '../view/view.ts';
import { leftoverWorkingDays } from './leftover.ts';

/** A date this close makes what touches it weigh more (metrics.md 4.3, impact). */
const closeWorkingDays = 10;

/**
 * What something holds up, by item key or milestone id: 2 for an open milestone close to its date or shortly past it, 1
 * for one with a later date, 0 for none. An item's own due date does not count: the rules about it weigh it.
 */
export function createImpact({ milestones }: Metrics, { calendar, today }: ProjectView): (subject: string) => number {
  const impacts = new Map<string, number>();
  for (const { id, kind, state, currentOn, openKeys } of milestones) {
    if (state !== 'open' || kind === 'item' || currentOn === null) continue;
    const left = calendar.distance(today, currentOn);
    if (left < -leftoverWorkingDays) continue;
    const impact = left <= closeWorkingDays ? 2 : 1;
    for (const subject of [id, ...openKeys]) impacts.set(subject, Math.max(impact, impacts.get(subject) ?? 0));
  }
  return (subject) => impacts.get(subject) ?? 0;
}
