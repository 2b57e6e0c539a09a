import type { ItemKey } from '../model/ids.ts';
import type { RefOf } from './item-ref.ts';
import type { BurndownFacts, CarriedLine, ReviewedSprint, TalkLine } from './sprint-review-report.ts';

/** Below this share the commitment was missed; above that one the scope was churned (metrics.md 4.4). */
const enoughDone = 0.8;
const churnShare = 0.2;
/** Nothing done for so many working days is a flat burn (metrics.md 4.4). */
const flatDays = 3;
/** Fewer done items say nothing about when a team finishes. */
const leastDone = 4;
const lateShare = 0.5;
const named = 3;

interface Parts {
  readonly sprint: ReviewedSprint;
  readonly burndown: BurndownFacts;
  readonly carriedOften: readonly CarriedLine[];
  readonly added: readonly ItemKey[];
  readonly refOf: RefOf;
}

/**
 * What a retrospective may be about, what weighs most first (metrics.md 2.5, 4.4). None on grade D: what was in the
 * sprint is not known well enough to talk about it.
 */
export function talkOf({ sprint, burndown, carriedOften, added, refOf }: Parts): readonly TalkLine[] {
  if (sprint.grade === 'D') return [];
  const lines: TalkLine[] = [];
  const say = (code: TalkLine['code'], facts: TalkLine['facts'], items: TalkLine['items'] = []) =>
    lines.push({ code, facts, items: items.slice(0, named) });
  const { sayDo, scopeChange, committed, lateAdditions, overrunWorkingDays, reEstimatedPoints } = sprint;
  if (sayDo.count !== null && sayDo.count < enoughDone)
    say('LOW_SAY_DO', { kept: sprint.kept, committed: committed.count, share: sayDo.count });
  if (carriedOften.length > 0)
    say('SERIAL_CARRYOVER', { items: carriedOften.length, sprints: carriedOften[0]!.sprints }, carriedOften);
  if (scopeChange !== null && scopeChange > churnShare)
    say('SCOPE_CHURN', { added: sprint.added.count, removed: sprint.removed.count, share: scopeChange });
  if (lateAdditions !== null && lateAdditions > 0)
    say('LATE_ADDITIONS', { late: lateAdditions }, added.slice(-lateAdditions).map(refOf));
  if (burndown.done >= leastDone && burndown.doneLate / burndown.done >= lateShare)
    say('LATE_BURN', { late: burndown.doneLate, done: burndown.done });
  if (burndown.flatWorkingDays >= flatDays) say('BURN_FLAT', { workingDays: burndown.flatWorkingDays });
  if (overrunWorkingDays !== null && overrunWorkingDays >= 1) say('EXTENDED', { workingDays: overrunWorkingDays });
  if (reEstimatedPoints !== null && committed.points && Math.abs(reEstimatedPoints) / committed.points > churnShare)
    say('RE_ESTIMATED', { points: reEstimatedPoints, committed: committed.points });
  return lines;
}
