import { createImpact } from '../findings/impact.ts';
import { isLeftover } from '../findings/leftover.ts';
import type { ProjectPlan } from '../dependencies/plan.ts';
import type { RuleInput } from '../findings/rule.ts';
import type { ItemKey } from '../model/ids.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import { hourMs } from '../time/instant.ts';
import type { AlertRule, AlertSignal, SubjectState } from './alert.ts';
import type { Evaluation } from './evaluation.ts';
import { signalDeliveryDegraded } from './signals/delivery-degraded.ts';
import { signalMilestoneSlipped } from './signals/milestone-slipped.ts';
import { signalPromiseGap } from './signals/promise-gap.ts';
import { signalRipple } from './signals/ripple.ts';
import { signalScopeGrowth } from './signals/scope-growth.ts';
import { promiseOf } from './signals/signal-input.ts';
import type { SignalInput, SignalRule } from './signals/signal-input.ts';
import { signalSprintAtRisk } from './signals/sprint-at-risk.ts';
import { signalWorkStalled } from './signals/work-stalled.ts';

/**
 * What the figures of a project then and some working days before (`previous`) give for an evaluation of its alerts. The
 * rules of findings are asked one by one, not through `assess`: there, what is found of an item may change its name from
 * one day to the next, and an alert would close for it.
 */
export function evaluationOf(
  input: RuleInput,
  spentToday: number,
  neighbours: readonly ProjectPlan[] = [],
): Evaluation {
  const { view, metrics, thresholds } = input;
  const { trust } = metrics;
  const milestonesOf = milestonesByItem(metrics.milestones);
  const signalInput: SignalInput = { ...input, impactOf: createImpact(metrics, view), milestonesOf };
  const isOld = trust.dataAt !== null && metrics.asOf - trust.dataAt >= thresholds.data.staleHours * hourMs;
  return {
    at: view.asOf,
    calendar: view.calendar,
    signals: signalsOf(signalInput, neighbours),
    isUnknown: createIsUnknown(input),
    subjectState: createSubjectState(signalInput),
    isFresh: trust.failedSources.length === 0 && trust.items > 0 && !isOld,
    spentToday,
  };
}

const signalRules: readonly SignalRule[] = [
  signalMilestoneSlipped,
  signalPromiseGap,
  signalScopeGrowth,
  signalSprintAtRisk,
  signalWorkStalled,
  signalDeliveryDegraded,
];

/** All signs of trouble that are worth an alert: nothing low. */
function signalsOf(input: SignalInput, neighbours: readonly ProjectPlan[]): readonly AlertSignal[] {
  return [...signalRules.flatMap((signal) => signal(input)), ...signalRipple(input, neighbours)].filter(
    ({ severity }) => severity === 'medium' || severity === 'high',
  );
}

function milestonesByItem(milestones: readonly MilestoneFigures[]): (key: ItemKey) => readonly MilestoneFigures[] {
  const byItem = new Map<ItemKey, MilestoneFigures[]>();
  for (const milestone of milestones) {
    if (milestone.state !== 'open' || milestone.kind === 'item') continue;
    for (const key of milestone.openKeys) {
      const known = byItem.get(key);
      if (known) known.push(milestone);
      else byItem.set(key, [milestone]);
    }
  }
  return (key) => byItem.get(key) ?? [];
}

/** No forecast that may be judged by: grade D drives no alert, and ends none (metrics.md 0.2). */
function createIsUnknown({ metrics }: RuleInput): Evaluation['isUnknown'] {
  const milestones = new Map(metrics.milestones.map((milestone) => [milestone.id, milestone]));
  const sprints = new Map(metrics.sprints.map((sprint) => [sprint.id, sprint]));
  return (rule, subject) => {
    if (rule === 'PROMISE_GAP') {
      const milestone = milestones.get(subject);
      if (milestone?.state !== 'open' || milestone.openItems === 0) return false;
      return milestone.forecast === null || milestone.forecastGrade === 'D';
    }
    if (rule === 'SPRINT_AT_RISK') {
      const sprint = sprints.get(subject);
      return sprint?.state === 'active' && (sprint.outlook === null || sprint.grade === 'D');
    }
    return false;
  };
}

const gone: SubjectState = { state: 'gone', dueOn: null };

function createSubjectState(input: SignalInput): Evaluation['subjectState'] {
  const { view, metrics } = input;
  const milestones = new Map(metrics.milestones.map((milestone) => [milestone.id, milestone]));
  const sprints = new Map(metrics.sprints.map((sprint) => [sprint.id, sprint]));
  const stateOfItem = (key: ItemKey): SubjectState => {
    const item = view.itemsByKey.get(key);
    if (!item) return gone;
    const isAbandoned = input.impactOf(key) === 0 && isLeftover(item, view);
    return { state: item.isDone ? 'finished' : isAbandoned ? 'abandoned' : 'open', dueOn: promiseOf(key, input) };
  };
  const states: Readonly<Record<AlertRule, (subject: string) => SubjectState>> = {
    MILESTONE_SLIPPED: (id) => stateOfMilestone(milestones.get(id)),
    PROMISE_GAP: (id) => stateOfMilestone(milestones.get(id)),
    RIPPLE: (id) => stateOfMilestone(milestones.get(id)),
    SCOPE_GROWTH: (id) => stateOfMilestone(milestones.get(id)),
    SPRINT_AT_RISK: (id) => {
      const sprint = sprints.get(id);
      if (!sprint) return gone;
      const endOn = sprint.endAt === null ? null : view.calendar.zone.dayAt(sprint.endAt);
      return { state: sprint.state === 'closed' ? 'finished' : 'open', dueOn: endOn };
    },
    ITEM_AT_RISK: stateOfItem,
    WORK_STALLED: stateOfItem,
    DELIVERY_DEGRADED: (service) =>
      view.services.some((one) => one.service === service) ? { state: 'open', dueOn: null } : gone,
  };
  return (rule, subject) => states[rule](subject);
}

function stateOfMilestone(milestone: MilestoneFigures | undefined): SubjectState {
  return milestone ? { state: milestone.state, dueOn: milestone.currentOn } : gone;
}
