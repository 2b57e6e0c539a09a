import type { FactValue, Finding } from '../../findings/finding.ts';
import { findMilestoneMoved } from '../../findings/rules/milestone-moved.ts';
import { findMilestoneOverdue } from '../../findings/rules/milestone-overdue.ts';
import type { MilestoneFigures } from '../../metrics/milestone-figures.ts';
import type { Day } from '../../time/day.ts';
import type { AlertSignal } from '../alert.ts';
import { keyOf, parentsOf } from './signal-input.ts';
import type { SignalInput, SignalRule } from './signal-input.ts';

/**
 * A milestone has slipped: its date was moved away in the last days, or has passed. Both are told by one alert on its
 * first promise, so that re-dating an overdue milestone is the next line of the same story. Not for single items: those
 * are the digest's.
 */
export const signalMilestoneSlipped: SignalRule = (input) => {
  const moved = bySubject(findMilestoneMoved(input).filter(({ severity }) => severity !== 'info'));
  const overdue = bySubject(findMilestoneOverdue(input));
  return input.metrics.milestones
    .filter(({ kind, state }) => kind !== 'item' && state === 'open')
    .flatMap((milestone) => {
      // What was agreed on since needs no answer any more.
      const open = (moved.get(milestone.id) ?? []).filter(({ facts }) => !isAgreed(milestone, facts['movedAt']));
      const findings = [...(overdue.get(milestone.id) ?? []), ...open];
      return findings.length === 0 ? [] : [signalOf(milestone, findings, input)];
    });
};

function isAgreed({ rebaseline }: MilestoneFigures, movedAt: FactValue | undefined): boolean {
  return rebaseline !== undefined && typeof movedAt === 'number' && movedAt <= rebaseline.at;
}

function bySubject(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(findings, ({ subject }) => subject);
}

function signalOf(milestone: MilestoneFigures, findings: readonly Finding[], input: SignalInput): AlertSignal {
  const finding = findings.at(-1)!;
  const isMove = finding.rule === 'MILESTONE_MOVED';
  return {
    key: keyOf('MILESTONE_SLIPPED', milestone.id, milestone.committedOn),
    rule: 'MILESTONE_SLIPPED',
    subject: milestone.id,
    severity: findings.some(({ severity }) => severity === 'high') ? 'high' : 'medium',
    probability: 1,
    facts: findings.map(({ fingerprint }) => fingerprint),
    impact: input.impactOf(milestone.id),
    parents: parentsOf(milestone, input),
    dueOn: (finding.facts[isMove ? 'fromOn' : 'dueOn'] ?? null) as Day | null,
    finding,
  };
}
