import { createAdaptiveLayer } from '../metrics/forecast/adaptive.ts';
import { calibrationOf } from '../metrics/forecast/learned-levels.ts';
import { createOutlook } from '../metrics/forecast/outlook.ts';
import { kaplanMeier } from '../metrics/flow/kaplan-meier.ts';
import type { Duration, Survival } from '../metrics/flow/kaplan-meier.ts';
import { median } from '../metrics/statistics.ts';
import type { Day } from '../time/day.ts';
import type { ItemView, ProjectView } from '../view/view.ts';

/** Chance that an open item is not done by the end of a day, from time alone; null when the past cannot carry it. */
export type TimeRisk = (item: ItemView, dueOn: Day, ahead: number) => number | null;

/** A class of its own needs so many items; a project so many finished ones (metrics.md 2.9, 4.3). */
const leastOfClass = 40;
const leastFinished = 12;

/**
 * The time part of an item's risk (metrics.md 4.3), in working days. Started items: Kaplan-Meier over the times from start
 * to done of the items of its class (type and size; the whole project while the class has under 40). Items not started: `ahead`
 * items stand before it, and it needs a place in the forecast early enough for the usual cycle time to fit in. A day
 * that is over gives 1.
 */
export function createTimeRisk(view: ProjectView): TimeRisk {
  const { calendar, today } = view;
  const byClass = new Map<string, Duration[]>();
  const all: Duration[] = [];
  for (const item of view.counted) {
    const duration = durationOf(view, item);
    if (duration === null) continue;
    all.push(duration);
    const known = byClass.get(classOf(item));
    if (known) known.push(duration);
    else byClass.set(classOf(item), [duration]);
  }
  const finished = all.filter(({ isFinished }) => isFinished).map(({ days }) => days);
  if (finished.length < leastFinished) return (_, dueOn) => (dueOn < today ? 1 : null);
  const everyone = kaplanMeier(all);
  const curves = new Map<string, Survival>();
  for (const [name, durations] of byClass)
    if (durations.length >= leastOfClass) curves.set(name, kaplanMeier(durations));
  const usualDays = Math.round(median(finished)!);
  const plain = calibrationOf(createAdaptiveLayer());
  const outlook = createOutlook(view, [...view.counted, ...view.gone], view.asOf, { learn: () => plain });
  return (item, dueOn, ahead) => {
    if (dueOn < today) return 1;
    if (item.startedAt !== null && item.status.phase === 'started') {
      const age = calendar.distance(calendar.zone.dayAt(item.startedAt), today);
      const curve = curves.get(classOf(item)) ?? everyone;
      return curve.unfinishedBy(age, age + calendar.distance(today, dueOn));
    }
    if (outlook.pace === null) return null;
    const startBy = calendar.add(dueOn, -usualDays);
    return startBy < today ? 1 : 1 - outlook.chance(ahead + 1, startBy);
  };
}

function durationOf({ calendar, today }: ProjectView, item: ItemView): Duration | null {
  const { startedAt, doneAt, isDone, isDelivered, type } = item;
  if (startedAt === null || type.isEpic) return null;
  const startedOn = calendar.zone.dayAt(startedAt);
  // What was put back is in the sample as it is in the work in progress: left out, what drags on would look finished.
  if (!isDone) return { days: calendar.distance(startedOn, today), isFinished: false };
  if (doneAt === null || !isDelivered || doneAt < startedAt) return null;
  return { days: calendar.distance(startedOn, calendar.zone.dayAt(doneAt)), isFinished: true };
}

const small = 2;
const usual = 5;

function classOf({ type, points }: ItemView): string {
  const size = points === null ? 'unsized' : points <= small ? 'small' : points <= usual ? 'usual' : 'large';
  return `${type.name} ${size}`;
}
