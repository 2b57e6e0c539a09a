import { completeWeeks, countByWeek, deliveriesAt, exposureByWeek } from '../metrics/flow/throughput.ts';
import { addDays, dayNumber } from '../time/day.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import type { Track } from './forecast-test.ts';
import { sum } from '../metrics/statistics.ts';

const daysKept = 84;
/** A team that finished nothing for so long gets no forecast, so none is tested. */
const silentWeeks = 12;

/**
 * The finished work of a project, as known at the end of each of its weeks (metrics.md 0.1, 3.6): an item that was
 * finished and opened again counts in what was known before it was opened, and in nothing later.
 */
export function trackOfProject(view: ProjectView): Track {
  const { calendar } = view;
  const items: readonly ItemView[] = [...view.counted, ...view.gone];
  const weeks = completeWeeks(items, calendar, view.asOf);
  const capacity = exposureByWeek(weeks, calendar);
  const endOf = (count: number) => calendar.zone.startOf(addDays(weeks.firstOn!, 7 * count)) - 1;
  const known = new Map<number, Known>();
  const knownAfter = (count: number): Known => {
    let answer = known.get(count);
    if (!answer) {
      const instants = deliveriesAt(view, items, endOf(count));
      const daily = Array.from({ length: Math.min(daysKept, 7 * count) }, () => 0);
      const firstDay = dayNumber(weeks.firstOn!) + 7 * count - daily.length;
      for (const at of instants) {
        const index = dayNumber(calendar.zone.dayAt(at)) - firstDay;
        if (index >= 0 && index < daily.length) daily[index]! += 1;
      }
      answer = { weekly: countByWeek(instants, weeks, calendar).slice(0, count), daily };
      known.set(count, answer);
    }
    return answer;
  };
  const all = weeks.count > 0 ? knownAfter(weeks.count).weekly : [];
  // What comes after the last finished item is no work of the team's: it would only make the usual week smaller.
  const active = all.findLastIndex((count) => count > 0) + 1;
  return {
    weeks: weeks.count,
    mean: active > 0 ? sum(all) / active : 0,
    knownAt: (origin) => {
      const { weekly, daily } = knownAfter(origin);
      if (weekly.slice(-silentWeeks).every((count) => count === 0)) return null;
      return { weekly, daily, exposure: capacity.slice(0, origin) };
    },
    finished: (origin, count) => sum(knownAfter(origin + count).weekly.slice(origin)),
    exposure: (origin, count) => sum(capacity.slice(origin, origin + count)),
  };
}

interface Known {
  readonly weekly: readonly number[];
  readonly daily: readonly number[];
}
