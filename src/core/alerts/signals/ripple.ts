import { joinPlans } from '../../dependencies/graph.ts';
import { projectPlan } from '../../dependencies/project-plan.ts';
import type { ProjectPlan } from '../../dependencies/plan.ts';
import { ripplesOf } from '../../dependencies/ripple.ts';
import { rippleFinding } from '../../findings/rules/ripple.ts';
import type { AlertSignal } from '../alert.ts';
import { keyOf, parentsOf } from './signal-input.ts';
import type { SignalInput } from './signal-input.ts';

/**
 * A date of another project moved in the last days, and a milestone of this one cannot be held for it (metrics.md 7.2): a
 * fact, told once. What moves inside the project is told there as a slip, and by its digest. `neighbours` are the plans of
 * other projects as far as they are known; without them only items with dates of their own are.
 */
export function signalRipple(input: SignalInput, neighbours: readonly ProjectPlan[]): readonly AlertSignal[] {
  const { view, metrics, previous } = input;
  if (previous === null) return [];
  const own = projectPlan({ view, metrics, since: previous.asOf, deciding: null, withForecasts: false });
  const ripples = ripplesOf(joinPlans([own, ...neighbours]), view.calendar, view.today).filter(
    ({ milestone, cause }) =>
      milestone.project === own.project &&
      cause.project !== own.project &&
      // A date that has passed is missed already, whoever pushes it.
      milestone.currentOn !== null &&
      milestone.currentOn >= view.today,
  );
  const milestones = new Map(metrics.milestones.map((milestone) => [milestone.id, milestone]));
  return ripples.map((ripple) => {
    const finding = rippleFinding(ripple);
    const { cause, milestone } = ripple;
    return {
      key: keyOf('RIPPLE', finding.subject, milestone.currentOn),
      rule: 'RIPPLE',
      subject: finding.subject,
      severity: finding.severity,
      probability: 1,
      // The same push is told once; the cause moving on is the next line of the same story.
      facts: [`${cause.id}:${cause.finishOn}`],
      impact: input.impactOf(finding.subject),
      parents: parentsOf(milestones.get(finding.subject)!, input),
      dueOn: milestone.currentOn,
      finding,
    };
  });
}
