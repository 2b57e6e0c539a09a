import { criticalPath, orderConflicts } from '../dependencies/network.ts';
import { createCalendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import { openZone } from '../time/zone.ts';
import type { CalendarRules } from './calendar.ts';

export interface NetworkQuestion {
  readonly durations: Readonly<Record<string, number>>;
  readonly predecessors: Readonly<Record<string, readonly string[]>>;
  readonly planned: Readonly<Record<string, readonly [start: Day, finish: Day]>>;
  readonly calendar: CalendarRules;
}

/** `calc network`: critical path, and plans that contradict the order of the work (metrics.md 7.2, 7.3). */
export function calcNetwork({ durations, predecessors, planned, calendar: rules }: NetworkQuestion) {
  const edges = new Map(Object.entries(predecessors));
  const path = criticalPath({ durations: new Map(Object.entries(durations)), predecessors: edges });
  const calendar = createCalendar({ ...rules, zone: openZone('UTC') });
  return {
    duration: path.duration,
    nodes: Object.fromEntries(path.nodes),
    critical: path.critical,
    conflicts: orderConflicts(edges, new Map(Object.entries(planned)), calendar),
  };
}
