import type { ProjectView } from '../../view/view.ts';
import type { Proof } from '../figure.ts';
import type { FlowFigures } from '../figures.ts';
import { ageAtExitDays } from './age-at-exit.ts';
import { agedWip } from './aged-wip.ts';
import { cumulativeFlow } from './cumulative-flow.ts';
import { cycleTimeDays, cycleTimeWorkingDays, sleDays } from './cycle-time.ts';
import { blockedDays, effortsOf, flowEfficiency } from './efficiency.ts';
import { flowBaseOf } from './flow-base.ts';
import type { FlowBase } from './flow-base.ts';
import { leadTimeDays } from './lead-time.ts';
import { arrivalDepartureRatio, arrivalsPerWeek, netFlowPerWeek, throughputPerWeek } from './per-week.ts';
import { completedNotStarted, defectEscapeRate, defectsPer100Done, reopenRate, reopenRateSoFar } from './quality.ts';
import { littlesLawRatio } from './trust-check.ts';
import { ageDays, blocked, wip } from './work-in-progress.ts';

/** Figures that are made of items, each with the way down to them. */
export function proveFlow(base: FlowBase) {
  const efforts = effortsOf(base);
  const cycleTime = cycleTimeDays(base);
  const sle = sleDays(cycleTime);
  const atExit = ageAtExitDays(base);
  return {
    cycleTimeDays: cycleTime,
    cycleTimeWorkingDays: cycleTimeWorkingDays(base),
    sleDays: sle,
    leadTimeDays: leadTimeDays(base),
    ageDays: ageDays(base),
    ageAtExitDays: atExit,
    agedWip: agedWip(base, { sle: sle.figure, atExit: atExit.figure }),
    throughputPerWeek: throughputPerWeek(base),
    arrivalsPerWeek: arrivalsPerWeek(base),
    wip: wip(base),
    blocked: blocked(base),
    blockedDays: blockedDays(efforts),
    flowEfficiency: flowEfficiency(efforts),
    littlesLaw: littlesLawRatio(base),
    completedNotStarted: completedNotStarted(base),
    reopenRate: reopenRate(base),
    reopenRateSoFar: reopenRateSoFar(base),
    defectsPer100Done: defectsPer100Done(base),
    defectEscapeRate: defectEscapeRate(base),
  } satisfies Readonly<Record<string, Proof<unknown>>>;
}

/** The flow figures (metrics.md 2.1 to 2.3). Sub-tasks are left out of all of them. */
export function measureFlow(view: ProjectView): FlowFigures {
  const base = flowBaseOf(view);
  const proofs = proveFlow(base);
  const figure = <T>({ figure: made }: Proof<T>) => made;
  const arrivals = figure(proofs.arrivalsPerWeek);
  const throughput = figure(proofs.throughputPerWeek);
  return {
    cycleTimeDays: figure(proofs.cycleTimeDays),
    cycleTimeWorkingDays: figure(proofs.cycleTimeWorkingDays),
    sleDays: figure(proofs.sleDays),
    leadTimeDays: figure(proofs.leadTimeDays),
    ageDays: figure(proofs.ageDays),
    ageAtExitDays: figure(proofs.ageAtExitDays),
    agedWip: figure(proofs.agedWip),
    throughputPerWeek: throughput,
    arrivalsPerWeek: arrivals,
    netFlowPerWeek: netFlowPerWeek(arrivals, throughput),
    arrivalDepartureRatio: arrivalDepartureRatio(base, arrivals, throughput),
    cumulativeFlow: cumulativeFlow(base),
    wip: figure(proofs.wip),
    blocked: figure(proofs.blocked),
    blockedDays: figure(proofs.blockedDays),
    flowEfficiency: figure(proofs.flowEfficiency),
    littlesLaw: figure(proofs.littlesLaw),
    completedNotStarted: figure(proofs.completedNotStarted),
    reopenRate: figure(proofs.reopenRate),
    reopenRateSoFar: figure(proofs.reopenRateSoFar),
    defectsPer100Done: figure(proofs.defectsPer100Done),
    defectEscapeRate: figure(proofs.defectEscapeRate),
  };
}
