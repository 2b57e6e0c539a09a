import { addDays } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Figure } from '../figure.ts';
import { intervalOf } from '../figure.ts';
import { gradeOf, share } from '../grade.ts';
import type { Promised } from './promised.ts';
import type { Clock } from './standing.ts';

const cohortDays = 365;
/** Below so many a share is told without judging (metrics.md 0.2). */
const fewPromises = 10;

/**
 * Share of the promises for a day of the last 365 that were kept by then (metrics.md 1.1): by the first promise, and by
 * the last date. Always to be shown together: the gap is what re-planning hides. Promises for a day that was over when
 * it was set are left out, those without a known first promise too. Evidence: ids of milestones.
 */
export function onTimeRates(
  view: ProjectView,
  promises: readonly Promised[],
): { readonly onTimeRate: Figure; readonly onTimeRateLast: Figure } {
  return { onTimeRate: rateOf(view, promises, 'baseline'), onTimeRateLast: rateOf(view, promises, 'current') };
}

/** What a rate is counted from. */
export interface DuePromises {
  readonly since: Day;
  readonly counted: readonly DuePromise[];
  /** Promised for a day that was over when it was set. */
  readonly bornLate: readonly DuePromise[];
  /** Milestones with a date whose first promise is not known. */
  readonly unknown: readonly Promised[];
}

export interface DuePromise {
  readonly milestone: Promised['milestone'];
  readonly dueOn: Day;
  readonly isKept: boolean;
}

/** The promises of the window, by first promise or by last date; a day counts once it is over: until then it can be kept. */
export function duePromises({ today }: ProjectView, promises: readonly Promised[], clock: Clock): DuePromises {
  const since = addDays(today, -cohortDays);
  const counted: DuePromise[] = [];
  const bornLate: DuePromise[] = [];
  for (const { milestone, slip } of promises) {
    const dueOn = clock === 'baseline' ? slip.committedOn : slip.currentOn;
    if (slip.committedOn === null || dueOn === null || dueOn < since || dueOn >= today) continue;
    const { finishedOn } = milestone;
    const due = { milestone, dueOn, isKept: finishedOn !== null && finishedOn <= dueOn };
    (slip.flags.includes('bornLate') ? bornLate : counted).push(due);
  }
  const unknown = promises.filter(({ milestone }) => !milestone.isBaselineKnown && milestone.dates.length > 0);
  return { since, counted, bornLate, unknown };
}

function rateOf(view: ProjectView, promises: readonly Promised[], clock: Clock): Figure {
  const { since, counted, bornLate, unknown } = duePromises(view, promises, clock);
  const n = counted.length;
  const kept = counted.filter(({ isKept }) => isKept).length;
  return {
    value: n === 0 ? null : kept / n,
    ...intervalOf(kept, n),
    unit: 'ratio',
    n,
    window: { from: view.calendar.zone.startOf(since), to: view.asOf },
    grade: gradeOf(n, share(unknown.length, n + unknown.length)),
    flags: [
      ...(n === 0 ? [unknown.length > 0 ? 'baselineUnknown' : 'noItems'] : n < fewPromises ? ['fewPromises'] : []),
      ...(bornLate.length > 0 ? ['bornLateLeftOut'] : []),
    ],
    evidence: counted.map(({ milestone }) => milestone.id).sort(),
  };
}
