import { addDays } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import { earnedSchedule } from './earned-schedule.ts';
import type { EarnedSchedule } from './earned-schedule.ts';
import { earnedValue } from './earned-value.ts';
import { axisOf, dayAtPeriods, periodsAt, plannedByPeriod, plannedPart, profileOf } from './plan-axis.ts';
import type { PlanAxis, Profile } from './plan-axis.ts';
import type { Plan } from './plan.ts';
import { scheduleAdherence } from './schedule-adherence.ts';

/** Where the work stands on the time axis of its plan (metrics.md 1.3, 1.4): what the figures and their proofs share. */
export interface PlanStanding {
  readonly axis: PlanAxis;
  /** One for each item of the plan, in its order. */
  readonly profiles: readonly Profile[];
  /** Planned value at the end of each period. */
  readonly byPeriod: readonly number[];
  /** Weight of the plan; of what is delivered; of what was to be by now. */
  readonly bac: number;
  readonly ev: number;
  readonly pv: number;
  /** Day of the last item of a plan that is done: its clock stopped then. */
  readonly endedOn: Day | null;
  /** Last day that counts as passed: yesterday, or the day on which the plan was done. */
  readonly passedOn: Day;
  /** Periods passed by the end of that day. */
  readonly at: number;
  readonly spi: number | null;
  readonly schedule: EarnedSchedule;
  readonly adherence: number | null;
  /** At the rate so far, and at plan rate; null beyond the axis. */
  readonly ieacOn: Day | null;
  readonly ieacPf1On: Day | null;
}

/** Null without anything planned. */
export function planStandingOf(view: ProjectView, { planned }: Plan): PlanStanding | null {
  if (planned.length === 0) return null;
  const { calendar, today } = view;
  const axis = axisOf(view, planned);
  const profiles = planned.map((one) => profileOf(one, axis, calendar));
  const bac = planned.reduce((sum, { weight }) => sum + weight, 0);
  const ev = planned.reduce((sum, { item, weight }) => sum + (item.isDelivered ? weight : 0), 0);
  const endedOn = ev === bac ? lastDoneOn(view, planned) : null;
  const passedOn = endedOn ?? addDays(today, -1);
  const at = periodsAt(axis, passedOn, calendar);
  const weights = planned.map(({ weight }) => weight);
  const byPeriod = plannedByPeriod(profiles, weights);
  const schedule = earnedSchedule(byPeriod, ev, at);
  const pv = profiles.reduce((sum, profile, index) => sum + weights[index]! * plannedPart(profile, at), 0);
  return {
    axis,
    profiles,
    byPeriod,
    bac,
    ev,
    pv,
    endedOn,
    passedOn,
    at,
    spi: earnedValue({ bac, pv, ev, ac: null, spiT: schedule.spiT }).spi,
    schedule,
    adherence: adherenceAt(planned, profiles, schedule.es),
    ieacOn: endedOn ?? (schedule.ieacT === null ? null : dayAtPeriods(axis, schedule.ieacT, calendar)),
    ieacPf1On: endedOn ?? dayAtPeriods(axis, schedule.ieacTPf1, calendar),
  };
}

function lastDoneOn({ calendar }: ProjectView, planned: Plan['planned']): Day | null {
  const lastAt = planned.reduce((last, { item }) => Math.max(last, item.doneAt ?? -Infinity), -Infinity);
  return lastAt === -Infinity ? null : calendar.zone.dayAt(lastAt);
}

function adherenceAt(planned: Plan['planned'], profiles: readonly Profile[], es: number): number | null {
  return scheduleAdherence(
    planned.map(({ item, weight }, index) => ({
      planned: weight * plannedPart(profiles[index]!, es),
      earned: item.isDelivered ? weight : 0,
    })),
  );
}
