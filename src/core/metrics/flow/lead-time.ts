import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Proof } from '../figure.ts';
import { gradeOf } from '../grade.ts';
import { keysOf } from '../../view/item-key.ts';
import type { Percentiles } from '../figures.ts';
import { inclusiveDays, percentiles, recent, windowOf } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';

/** One day with more of all creations than this share, and at least so many, is an import. */
const importShare = 0.05;
const importItems = 20;

/** Lead time of delivered items (metrics.md 2.2): inclusive days from creation to the last finish. */
export function leadTimeDays({ view, delivered }: FlowBase): Proof<Percentiles> {
  const items = recent(view, delivered);
  const values = items.map(({ createdAt, doneAt }) => inclusiveDays(view, createdAt, doneAt!));
  return {
    figure: {
      value: percentiles(values),
      unit: 'day',
      n: items.length,
      window: windowOf(view, items),
      grade: gradeOf(items.length),
      flags: [...(items.length === 0 ? ['noItems'] : []), ...(isImported(view) ? ['importedCreation'] : [])],
      evidence: keysOf(items),
    },
    parts: () =>
      items.map(({ key, createdAt, doneAt }, index) => ({ key, value: values[index]!, from: createdAt, to: doneAt })),
    excluded: [],
  };
}

/** Many items made on one day were brought in on it: their creation is not when they were asked for. */
function isImported(view: ProjectView): boolean {
  const perDay = new Map<Day, number>();
  let most = 0;
  for (const { createdAt } of view.counted) {
    const day = view.calendar.zone.dayAt(createdAt);
    const count = (perDay.get(day) ?? 0) + 1;
    perDay.set(day, count);
    most = Math.max(most, count);
  }
  return most >= importItems && most / view.counted.length > importShare;
}
