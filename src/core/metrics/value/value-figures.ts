import { keysOf } from '../../view/item-key.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import type { Figure, Grade } from '../figure.ts';
import { gradeOf, share, worse } from '../grade.ts';
import type { ValueFigures } from '../figures.ts';
import type { Promised } from '../milestones/promised.ts';
import { onTimeRates } from '../milestones/on-time-rate.ts';
import { planStandingOf } from './plan-standing.ts';
import type { PlanStanding } from './plan-standing.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';
import { isOutOfSequence } from './schedule-adherence.ts';

/** With fewer periods behind it an earned schedule is grade C at best (metrics.md 1.4). */
const leastPeriods = 3;
/** Work that has to go faster than this from now on will hardly do it (metrics.md 1.4). */
const mostTspi = 1.1;

/**
 * The work against its first promises, without cost (metrics.md 1.3, 1.4): each item weighs 1, or its points where the
 * project plans by them (0.5), and earns that when it is delivered; one pass over the promises. A day counts as passed when it is over, so what is due today is not late yet.
 */
export function measureValue(view: ProjectView, promises: readonly Promised[]): ValueFigures {
  const plan = planOf(view, promises);
  const figure = figureMaker(view, plan);
  const scope = {
    plannedScope: figure(plan.planned.length === 0 ? null : weightOf(plan.planned), { unit: plan.unit }),
    unbaselinedScope: figure(ratio(plan.unbaselinedWeight, plan), { unit: 'ratio', items: plan.unbaselined }),
    removedScope: figure(ratio(weightOf(removedOf(plan)), plan), { unit: 'ratio', items: plan.removed }),
    ...onTimeRates(view, promises),
  };
  const standing = planStandingOf(view, plan);
  const index = (value: number | null, more: Partial<Shape> = {}) => figure(value, { unit: 'ratio', ...more });
  if (standing === null) {
    return {
      ...scope,
      percentComplete: index(null),
      spi: index(null),
      spiT: index(null),
      svT: figure(null, { unit: 'week' }),
      ieacT: { ...index(null), unit: 'date', value: null },
      ieacTPf1: { ...index(null), unit: 'date', value: null },
      tspiT: index(null),
      scheduleAdherence: index(null),
    };
  }
  const { axis, spi, schedule, at, adherence, ieacOn, ieacPf1On } = standing;
  const grade: Grade = at < leastPeriods ? 'C' : 'A';
  const early = at === 0 ? ['notBegun'] : [];
  const unearned = schedule.ieacT === null ? ['nothingEarned'] : ieacOn === null ? ['beyondHorizon'] : [];
  const past = at >= schedule.pd ? ['pastPlannedFinish'] : [];
  return {
    ...scope,
    percentComplete: index(standing.ev / standing.bac),
    spi: index(spi, { flags: [...(spi === null ? ['nothingPlannedYet'] : []), ...past] }),
    spiT: index(schedule.spiT, { grade, flags: early }),
    svT: figure(at === 0 ? null : schedule.svT, { unit: axis.unit, grade, flags: early }),
    ieacT: {
      ...index(null, { grade, flags: early.length > 0 ? early : unearned }),
      unit: 'date',
      value: at === 0 ? null : ieacOn,
    },
    ieacTPf1: {
      ...index(null, { grade, flags: early.length > 0 ? early : ieacPf1On === null ? ['beyondHorizon'] : [] }),
      unit: 'date',
      value: at === 0 ? null : ieacPf1On,
    },
    tspiT: neededIndex(standing, (value, flags) => index(value, { grade, flags })),
    scheduleAdherence: index(adherence, {
      grade,
      flags: [
        ...(adherence === null ? [standing.ev === 0 ? 'nothingEarned' : 'nothingPlannedYet'] : []),
        ...(isOutOfSequence(adherence, schedule.spiT) ? ['OUT_OF_SEQUENCE'] : []),
      ],
    }),
  };
}

/** Of a plan that is done nothing more is needed: that is no rate of 0. */
function neededIndex(
  { at, endedOn, schedule: { tspiT } }: PlanStanding,
  index: (value: number | null, flags: readonly string[]) => Figure,
): Figure {
  if (endedOn !== null) return index(null, ['planDone']);
  if (at === 0) return index(null, ['notBegun']);
  if (tspiT === null) return index(null, ['pastPlannedFinish']);
  return index(tspiT, tspiT > mostTspi ? ['RECOVERY_UNLIKELY'] : []);
}

function ratio(part: number, { planned }: Plan): number | null {
  return planned.length === 0 ? null : part / weightOf(planned);
}

function weightOf(planned: Plan['planned']): number {
  return planned.reduce((sum, { weight }) => sum + weight, 0);
}

function removedOf({ planned, removed }: Plan): Plan['planned'] {
  const gone = new Set(removed);
  return planned.filter(({ item }) => gone.has(item));
}

interface Shape {
  readonly unit: string;
  readonly grade: Grade;
  readonly flags: readonly string[];
  /** Evidence; the whole plan when left out. */
  readonly items: readonly ItemView[];
}

/** Figures over one plan: they share n, window, grade and, most of them, evidence. */
function figureMaker({ asOf }: ProjectView, { planned, unknownBaselines, imputed, flags: planFlags }: Plan) {
  const n = planned.length;
  const plannedKeys = keysOf(planned.map(({ item }) => item));
  const grade = worse(gradeOf(n, share(unknownBaselines, n + unknownBaselines)), gradeOf(n, share(imputed.length, n)));
  const from = planned.reduce((first, { promisedAt }) => Math.min(first, promisedAt), asOf);
  const reason = unknownBaselines > 0 ? 'baselineUnknown' : 'noPlan';
  return (value: number | null, shape: Pick<Shape, 'unit'> & Partial<Shape>): Figure => ({
    value,
    unit: shape.unit,
    n,
    window: n === 0 ? null : { from, to: asOf },
    grade: worse(grade, shape.grade ?? 'A'),
    flags: [...planFlags, ...(shape.flags ?? []), ...(n === 0 ? [reason] : [])],
    evidence: shape.items ? keysOf(shape.items) : plannedKeys,
  });
}
