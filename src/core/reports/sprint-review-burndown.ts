import { burndownDays, burndownOf } from '../metrics/sprints/burndown.ts';
import type { SprintCourse } from '../metrics/sprints/measure-sprints.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { Remaining } from '../metrics/sprints/burndown.ts';
import type { BurndownFacts, SprintUnit } from './sprint-review-report.ts';

interface Asked {
  readonly calendar: Calendar;
  readonly unit: SprintUnit;
  readonly plannedEndAt: Instant;
  readonly commitment: Remaining;
  /** When each item that was completed was done. */
  readonly doneAts: readonly Instant[];
}

/** The burndown of a closed sprint as facts for a sentence and as days for a chart (metrics.md 2.6). */
export function burndownFacts({ items, span }: SprintCourse, asked: Asked): BurndownFacts {
  const { calendar, unit, plannedEndAt, commitment, doneAts } = asked;
  const of = (left: Remaining) => (unit === 'points' ? left.points : left.count);
  const burndown = burndownOf(items, span);
  const days = burndownDays(burndown, span, { calendar, plannedEndAt, commitment });
  const startOn = calendar.zone.dayAt(span.startedAt);
  const endOn = calendar.zone.dayAt(span.endedAt);
  const halfOn = calendar.add(startOn, Math.floor(calendar.distance(startOn, calendar.zone.dayAt(plannedEndAt)) / 2));
  const half = halfOn > startOn && halfOn < endOn ? days.find(({ on }) => on === halfOn) : undefined;
  const doneOn = doneAts.map((at) => calendar.zone.dayAt(Math.min(at, span.endedAt)));
  return {
    unit,
    days,
    atStart: of(burndown.start),
    halfWay: half ? { on: half.on, left: of(half), ideal: of(half.ideal) } : null,
    atEnd: of(burndown.end),
    doneLate: doneOn.filter((on) => calendar.distance(on, endOn) < 2).length,
    done: doneOn.length,
    flatWorkingDays: longestGap([...new Set(doneOn)].sort(), { calendar, startOn, endOn }),
  };
}

/** Whole working days between two days on which something was done, the start and the end of the sprint included. */
function longestGap(
  doneOn: readonly Day[],
  { calendar, startOn, endOn }: { readonly calendar: Calendar; readonly startOn: Day; readonly endOn: Day },
): number {
  let longest = 0;
  let last = startOn;
  for (const on of [...doneOn, endOn]) {
    longest = Math.max(longest, calendar.distance(last, on) - 1);
    last = on;
  }
  return longest;
}
