import type { RuleInput } from '../../findings/rule.ts';
import type { ItemKey } from '../../model/ids.ts';
import type { MilestoneFigures } from '../../metrics/milestone-figures.ts';
import type { Day } from '../../time/day.ts';
import type { AlertRule, AlertSignal } from '../alert.ts';

/** What the signals are made from. `previous` is the project some working days ago: what changed since is news. */
export interface SignalInput extends RuleInput {
  /** What a subject holds up, 0 to 2. */
  readonly impactOf: (subject: string) => number;
  /** Open milestones that an item is an open part of. */
  readonly milestonesOf: (key: ItemKey) => readonly MilestoneFigures[];
}

/** Looks at one kind of trouble: at most one signal a key. */
export type SignalRule = (input: SignalInput) => readonly AlertSignal[];

const ranks: Readonly<Record<MilestoneFigures['kind'], number>> = { item: 0, epic: 1, version: 2, named: 3 };

/**
 * Open milestones that say what this one says: of a higher kind, with the same date, and all of its open work in them.
 * Teams often keep an epic and a version for one release, and one alert is enough.
 */
export function parentsOf(milestone: MilestoneFigures, { milestonesOf }: Pick<SignalInput, 'milestonesOf'>): string[] {
  const [first, ...others] = milestone.openKeys;
  if (first === undefined) return [];
  return milestonesOf(first)
    .filter(
      (other) =>
        ranks[other.kind] > ranks[milestone.kind] &&
        other.currentOn === milestone.currentOn &&
        others.every((key) => milestonesOf(key).includes(other)),
    )
    .map(({ id }) => id);
}

/**
 * What an alert is known by from one evaluation to the next (metrics.md 4.5): its rule, its subject and, where there is
 * one, the promise.
 */
export function keyOf(rule: AlertRule, subject: string, baseline: string | null = null): string {
  return [rule, subject, ...(baseline === null ? [] : [baseline])].join(':');
}

/** The nearest date, today or later, that an item was promised for: its own, or that of a milestone that it is part of. */
export function promiseOf(
  key: ItemKey,
  { view, milestonesOf }: Pick<SignalInput, 'view' | 'milestonesOf'>,
): Day | null {
  const own = view.itemsByKey.get(key)?.dueOn ?? null;
  const dates = [own, ...milestonesOf(key).map(({ currentOn }) => currentOn)];
  return dates.reduce((nearest, on) => {
    if (on === null || on < view.today) return nearest;
    return nearest === null || on < nearest ? on : nearest;
  }, null);
}
