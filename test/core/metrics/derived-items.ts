import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { itemTimes } from '../../../src/core/metrics/flow/item-times.ts';
import type { ProjectHistory } from '../../../src/core/model/project.ts';
import { aCalendar, at } from '../../builders.ts';
import type { PlainItem } from './plain-derivation.ts';

const isoOf = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString());

/** The same as `plainItems`, by us. */
export function derivedItems(history: ProjectHistory, asOf: string): Map<string, PlainItem> {
  const view = viewAsOf(history, at(asOf), aCalendar());
  return new Map(
    itemTimes(view).map(({ key, startedAt, doneAt, cycleTimeDays }) => [
      key,
      {
        start: isoOf(startedAt),
        done: isoOf(doneAt),
        days: cycleTimeDays,
        versions: [...view.itemsByKey.get(key)!.fixVersionIds].sort().join(' '),
      },
    ]),
  );
}

/** Only where they differ: two lists of 22,000 are no use in a message. */
export function differences<T>(ours: ReadonlyMap<string, T>, plain: ReadonlyMap<string, T>): unknown[] {
  return [...new Set([...ours.keys(), ...plain.keys()])]
    .filter((key) => JSON.stringify(ours.get(key)) !== JSON.stringify(plain.get(key)))
    .map((key) => ({ key, ours: ours.get(key), plain: plain.get(key) }));
}
