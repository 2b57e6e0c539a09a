import type { PlanProof, ProvenPlan } from './plan-proof.ts';
import { removedFrom } from './plan-proof.ts';
import type { PlanStep } from './plan-step.ts';

/** The arithmetic of a figure against first promises (metrics.md 1.3, 1.4), in order; none for a value that is unknown. */
export function planStepsOf(name: string, value: unknown, { plan, proof }: ProvenPlan): readonly PlanStep[] {
  if (proof === null || value === null) return [];
  const { planned, weighedBy } = proof;
  switch (name) {
    case 'plannedScope':
      return [
        { code: 'plannedScope', planned, days: new Set(proof.rows.map(({ finishOn }) => finishOn)).size, weighedBy },
      ];
    case 'percentComplete':
      return [deliveredStep(proof)];
    case 'unbaselinedScope':
      return [overPlan(plan.unbaselinedWeight, proof)];
    case 'removedScope':
      return [
        ...removedFrom(plan).map((removed) => ({ code: 'removed', ...removed }) as const),
        overPlan(removedWeight(plan), proof),
      ];
    case 'spi':
      return [
        deliveredStep(proof),
        { code: 'plannedNow', value: proof.totals.plannedNow, on: proof.passedOn, weighedBy },
        { code: 'spi', delivered: proof.delivered, plannedNow: proof.totals.plannedNow, value: value as number },
      ];
    case 'scheduleAdherence':
      return [
        ...earnedScheduleSteps(proof),
        {
          code: 'adherence',
          kept: proof.totals.keptAtEs,
          planned: proof.totals.plannedAtEs,
          value: value as number,
          weighedBy,
        },
      ];
    default:
      return [...earnedScheduleSteps(proof), timeStep(proof), ...indexSteps(name, proof)];
  }
}

/** Figures that are made from the plan. */
export const planFigures: ReadonlySet<string> = new Set([
  'plannedScope',
  'unbaselinedScope',
  'removedScope',
  'percentComplete',
  'spi',
  'spiT',
  'svT',
  'ieacT',
  'ieacTPf1',
  'tspiT',
  'scheduleAdherence',
]);

function deliveredStep({ delivered, planned, weighedBy }: PlanProof): PlanStep {
  return { code: 'delivered', delivered, planned, value: delivered / planned, weighedBy };
}

function overPlan(part: number, { planned, weighedBy }: PlanProof): PlanStep {
  return { code: 'overPlan', part, planned, value: part / planned, weighedBy };
}

function removedWeight({ planned, removed }: ProvenPlan['plan']): number {
  const gone = new Set(removed);
  return planned.reduce((sum, { item, weight }) => sum + (gone.has(item) ? weight : 0), 0);
}

function earnedScheduleSteps(proof: PlanProof): readonly PlanStep[] {
  const { delivered, place } = proof;
  const { es, pd } = proof.schedule;
  return [
    deliveredStep(proof),
    place === null ? { code: 'allEarned', periods: pd } : { code: 'earnedSchedule', ...place, delivered, es },
  ];
}

function timeStep({ startOn, weeks, unit, passedOn, endedOn, passed, at }: PlanProof): PlanStep {
  return { code: 'timePassed', startOn, weeks, unit, passedOn, isEnd: endedOn !== null, ...passed, at };
}

function indexSteps(name: string, { schedule, at, unit, ieacOn, ieacPf1On, endedOn }: PlanProof): readonly PlanStep[] {
  const { es, svT, spiT, pd, ieacT, ieacTPf1, tspiT } = schedule;
  if (name === 'svT') return [{ code: 'svT', es, at, value: svT, unit }];
  if (name === 'tspiT') return tspiT === null ? [] : [{ code: 'tspiT', es, at, plannedPeriods: pd, value: tspiT }];
  if (name === 'ieacTPf1' && endedOn === null && ieacPf1On !== null)
    return [{ code: 'ieacTPf1', at, es, plannedPeriods: pd, periods: ieacTPf1, on: ieacPf1On }];
  if (spiT === null) return [];
  const index = { code: 'spiT', es, at, value: spiT } as const;
  if (name === 'spiT') return [index];
  if (ieacOn === null || ieacT === null) return [index];
  return [
    index,
    endedOn === null
      ? { code: 'ieacT', plannedPeriods: pd, spiT, periods: ieacT, on: ieacOn }
      : { code: 'planEnded', on: endedOn },
  ];
}
