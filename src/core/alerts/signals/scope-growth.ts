import { findScopeGrowth } from '../../findings/rules/scope-growth.ts';
import { keyOf, parentsOf } from './signal-input.ts';
import type { SignalRule } from './signal-input.ts';

/**
 * A milestone with a date holds much more than some working days ago. One without a date is there to be filled; one that
 * can bear what was added is no trouble: its chance of being late has to have become worth a word.
 */
export const signalScopeGrowth: SignalRule = (input) => {
  const milestones = new Map(input.metrics.milestones.map((milestone) => [milestone.id, milestone]));
  return findScopeGrowth(input).flatMap((finding) => {
    const milestone = milestones.get(finding.subject)!;
    const { committedOn, currentOn, health, forecastGrade } = milestone;
    if (currentOn === null || currentOn < input.view.today) return [];
    const onTime = health.current.probability;
    return {
      key: keyOf('SCOPE_GROWTH', finding.subject, committedOn),
      rule: 'SCOPE_GROWTH',
      subject: finding.subject,
      severity: finding.severity,
      probability: onTime === null || forecastGrade === 'D' ? null : 1 - onTime,
      facts: [],
      impact: input.impactOf(finding.subject),
      parents: parentsOf(milestone, input),
      dueOn: currentOn,
      finding,
    };
  });
};
