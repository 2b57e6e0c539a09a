import { findSprintAtRisk } from '../../findings/rules/sprint-at-risk.ts';
import type { Day } from '../../time/day.ts';
import { createSprintOdds } from './sprint-odds.ts';
import { keyOf } from './signal-input.ts';
import type { SignalRule } from './signal-input.ts';

/**
 * Too little of a running sprint is likely to be done by its end (metrics.md 4.4). Over time, it is the review's. Without
 * enough past sprints to tell there is no alert: the pace alone was wrong more often than right.
 */
export const signalSprintAtRisk: SignalRule = (input) => {
  const findings = findSprintAtRisk(input);
  if (findings.length === 0) return [];
  const sprints = new Map(input.metrics.sprints.map((sprint) => [sprint.id, sprint]));
  const oddsOf = createSprintOdds(input.view, input.metrics);
  return findings.flatMap((finding) => {
    const endOn = finding.facts['endOn'] as Day;
    const probability = oddsOf(sprints.get(finding.subject)!);
    if (endOn < input.view.today || probability === null) return [];
    return {
      key: keyOf('SPRINT_AT_RISK', finding.subject),
      rule: 'SPRINT_AT_RISK',
      subject: finding.subject,
      severity: finding.severity,
      probability,
      facts: [],
      impact: 1,
      parents: [],
      dueOn: endOn,
      finding,
    };
  });
};
