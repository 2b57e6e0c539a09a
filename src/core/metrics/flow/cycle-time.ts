import type { ItemView, ProjectView } from '../../view/view.ts';
import { exclusionsOf } from '../figure.ts';
import type { Excluded, Proof } from '../figure.ts';
import { gradeOf, lower, share, worse } from '../grade.ts';
import { keysOf } from '../../view/item-key.ts';
import type { Percentiles } from '../figures.ts';
import { bestGrade, excludedLimit, flowBaseOf, percentiles, recent, windowOf } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';
import { cycleTimeOf } from './item-times.ts';

interface Population {
  readonly items: readonly ItemView[];
  readonly excluded: readonly [cut: Excluded, skipped: Excluded];
  /** All delivered items of the same time, the excluded ones too. */
  readonly around: number;
}

function populationOf({ view, delivered }: FlowBase): Population {
  const items = recent(
    view,
    delivered.filter(({ startedAt }) => startedAt !== null),
  );
  const { from } = windowOf(view, items);
  const around = delivered.filter(({ doneAt }) => doneAt! >= from);
  const unstarted = around.filter(({ startedAt }) => startedAt === null);
  return {
    items,
    excluded: [
      { reason: 'truncatedHistory', items: unstarted.filter(({ isComplete }) => !isComplete) },
      { reason: 'neverStarted', items: unstarted.filter(({ isComplete }) => isComplete) },
    ],
    around: around.length,
  };
}

/** Cycle time of delivered items (metrics.md 2.2): inclusive days from the first start to the last finish. */
export function cycleTimeDays(base: FlowBase): Proof<Percentiles> {
  return cycleTimes(base, 'day', (item) => cycleTimeOf(base.view, item)!);
}

/** The cycle times behind `cycleTimeDays`, in days: to be pooled with those of other projects (metrics.md 7.4). */
export function recentCycleTimes(view: ProjectView): readonly number[] {
  return populationOf(flowBaseOf(view)).items.map((item) => cycleTimeOf(view, item)!);
}

/** The same in working days, at least 1: `max(1, wd(start, done) + c(start))`. */
export function cycleTimeWorkingDays(base: FlowBase): Proof<Percentiles> {
  const { calendar } = base.view;
  return cycleTimes(base, 'working day', ({ startedAt, doneAt }) => {
    const from = calendar.zone.dayAt(startedAt!);
    return Math.max(1, calendar.distance(from, calendar.zone.dayAt(doneAt!)) + calendar.fraction(from));
  });
}

function cycleTimes(base: FlowBase, unit: string, measure: (item: ItemView) => number): Proof<Percentiles> {
  const { view } = base;
  const { items, excluded, around } = populationOf(base);
  const [cut, skipped] = excluded;
  const isBiased = share(skipped.items.length, around) > excludedLimit;
  const grade = gradeOf(items.length, share(cut.items.length, around));
  const values = items.map(measure);
  return {
    figure: {
      value: percentiles(values),
      unit,
      n: items.length,
      window: windowOf(view, items),
      grade: worse(isBiased ? lower(grade) : grade, bestGrade(excluded, around)),
      flags: [
        ...(items.length === 0 ? [cut.items.length > 0 ? 'noHistory' : 'noItems'] : []),
        ...(cut.items.length > 0 && items.length > 0 ? ['truncatedHistories'] : []),
        ...(isBiased ? ['completedNotStarted'] : []),
      ],
      evidence: keysOf(items),
      ...exclusionsOf(excluded),
    },
    parts: () =>
      items.map(({ key, startedAt, doneAt }, index) => ({ key, value: values[index]!, from: startedAt, to: doneAt })),
    excluded,
  };
}

/** Service-level expectation (metrics.md 2.2): "85 % end in so many days or less", P85 of the cycle times. */
export function sleDays(cycleTime: Proof<Percentiles>): Proof {
  return { ...cycleTime, figure: { ...cycleTime.figure, value: cycleTime.figure.value?.p85 ?? null } };
}
