import { addDays } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Figure } from '../figure.ts';
import { gradeOf, share } from '../grade.ts';
import type { Promised } from './milestone-figures.ts';

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
  const known = promises.filter(({ slip }) => slip.committedOn !== null);
  const unknown = promises.filter(({ milestone }) => !milestone.isBaselineKnown && milestone.dates.length > 0).length;
  return {
    onTimeRate: rateOf(view, { known, unknown, dateOf: ({ slip }) => slip.committedOn }),
    onTimeRateLast: rateOf(view, { known, unknown, dateOf: ({ slip }) => slip.currentOn }),
  };
}

interface RateParts {
  readonly known: readonly Promised[];
  readonly unknown: number;
  readonly dateOf: (promised: Promised) => Day | null;
}

function rateOf({ calendar, today, asOf }: ProjectView, { known, unknown, dateOf }: RateParts): Figure {
  const since = addDays(today, -cohortDays);
  // A day counts once it is over: until then it can still be kept.
  const cohort = known.filter((promised) => {
    const on = dateOf(promised);
    return on !== null && on >= since && on < today;
  });
  const counted = cohort.filter(({ slip }) => !slip.flags.includes('bornLate'));
  const kept = counted.filter((promised) => {
    const { finishedOn } = promised.milestone;
    return finishedOn !== null && finishedOn <= dateOf(promised)!;
  });
  const n = counted.length;
  return {
    value: n === 0 ? null : kept.length / n,
    unit: 'ratio',
    n,
    window: { from: calendar.zone.startOf(since), to: asOf },
    grade: gradeOf(n, share(unknown, n + unknown)),
    flags: [
      ...(n === 0 ? [unknown > 0 ? 'baselineUnknown' : 'noItems'] : n < fewPromises ? ['fewPromises'] : []),
      ...(counted.length < cohort.length ? ['bornLateLeftOut'] : []),
    ],
    evidence: counted.map(({ milestone }) => milestone.id).sort(),
  };
}
