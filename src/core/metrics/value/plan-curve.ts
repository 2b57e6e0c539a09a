import type { Calendar } from '../../time/calendar.ts';
import { dayNumber } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import { milestonesOf } from '../milestones/milestones.ts';
import { promisesOf } from '../milestones/promised.ts';
import { earnedSchedule } from './earned-schedule.ts';
import type { EarnedSchedule } from './earned-schedule.ts';
import { axisOf, periodsAt, plannedByPeriod, profileOf } from './plan-axis.ts';
import { planStandingOf } from './plan-standing.ts';
import { itemWeights } from './plan-weights.ts';
import { planOf } from './plan.ts';

/** The plan of a project by calendar weeks, and what is earned of it: what can be added up over projects. */
export interface PlanCurve {
  /** Monday of the first week. */
  readonly startOn: Day;
  /** Items planned by the end of each week, cumulative; the last one is the whole plan. */
  readonly planned: readonly number[];
  readonly earned: number;
  /** Last day that counts as passed: yesterday, or the day on which the plan was done. */
  readonly passedOn: Day;
}

/** Null without anything planned (metrics.md 1.4). */
export function planCurveOf(view: ProjectView): PlanCurve | null {
  // Points of two teams do not add up: over projects every item weighs 1.
  const plan = planOf(view, promisesOf(view, milestonesOf(view)), () => itemWeights);
  const standing = planStandingOf(view, plan);
  if (standing === null) return null;
  // By weeks whatever the project's own periods are: teams do not share their sprints.
  const axis = { ...axisOf(view, plan.planned), weeks: 1, unit: 'week' } as const;
  const profiles = plan.planned.map((one) => profileOf(one, axis, view.calendar));
  return {
    startOn: axis.startOn,
    planned: plannedByPeriod(profiles),
    earned: standing.ev,
    passedOn: standing.passedOn,
  };
}

/** The plans of several projects added up, and where their work stands on the sum; times in weeks. */
export interface RolledSchedule extends PlanCurve {
  readonly at: number;
  readonly schedule: EarnedSchedule;
}

/**
 * Several projects on one plan by calendar weeks (metrics.md 7.4): what all meant to have delivered by the end of each
 * week since the first began, against what all have earned. Null without a plan, and in its first days.
 */
export function rolledSchedule(curves: readonly PlanCurve[], calendar: Calendar): RolledSchedule | null {
  if (curves.length === 0) return null;
  const startOn = curves.reduce((first, curve) => (curve.startOn < first ? curve.startOn : first), curves[0]!.startOn);
  const passedOn = curves.reduce((last, curve) => (curve.passedOn > last ? curve.passedOn : last), curves[0]!.passedOn);
  const placed = curves.map((curve) => ({ ...curve, offset: weeksBetween(startOn, curve.startOn) }));
  const length = Math.max(...placed.map(({ offset, planned }) => offset + planned.length));
  const planned = Array.from({ length }, (_, week) =>
    placed.reduce((sum, { offset, planned: own }) => sum + plannedBy(own, week - offset), 0),
  );
  const earned = curves.reduce((sum, curve) => sum + curve.earned, 0);
  const at = periodsAt({ startOn, weeks: 1, unit: 'week' }, passedOn, calendar);
  return at <= 0 ? null : { startOn, passedOn, planned, earned, at, schedule: earnedSchedule(planned, earned, at) };
}

/** SPI(t) over several projects, recomputed from the sum of their curves and not averaged (metrics.md 7.4). */
export function rolledSpiT(curves: readonly PlanCurve[], calendar: Calendar): number | null {
  return rolledSchedule(curves, calendar)?.schedule.spiT ?? null;
}

/** Before its first week nothing of a plan is due, after its last all of it. */
function plannedBy(planned: readonly number[], week: number): number {
  if (week < 0) return 0;
  return planned[Math.min(week, planned.length - 1)] ?? 0;
}

function weeksBetween(from: Day, to: Day): number {
  return Math.round((dayNumber(to) - dayNumber(from)) / 7);
}
