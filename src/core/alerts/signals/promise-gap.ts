import { findPromiseGap } from '../../findings/rules/promise-gap.ts';
import { keyOf, parentsOf } from './signal-input.ts';
import type { SignalRule } from './signal-input.ts';

/**
 * The date in force is likely to be missed. A gap to the first promise alone is no news: it came with the move of the
 * date, which has an alert of its own. The chance of trouble is that of not being on time (metrics.md 4.4).
 */
export const signalPromiseGap: SignalRule = (input) => {
  const milestones = new Map(input.metrics.milestones.map((milestone) => [milestone.id, milestone]));
  return findPromiseGap(input).flatMap((finding) => {
    const milestone = milestones.get(finding.subject)!;
    const { currentOn } = milestone;
    const committedOn = milestone.rebaseline?.on ?? milestone.committedOn;
    if (finding.facts['clock'] !== 'current' || currentOn === null || currentOn < input.view.today) return [];
    const onTime = finding.facts['probability'];
    return {
      key: keyOf('PROMISE_GAP', finding.subject, committedOn ?? currentOn),
      rule: 'PROMISE_GAP',
      subject: finding.subject,
      severity: finding.severity,
      probability: typeof onTime === 'number' ? 1 - onTime : null,
      facts: [],
      impact: input.impactOf(finding.subject),
      parents: parentsOf(milestone, input),
      dueOn: currentOn,
      finding,
    };
  });
};
