import type { Thresholds } from '../model/thresholds.ts';
import type { AlertRule } from './alert.ts';

/** How the alerts of one rule behave. */
export interface RulePolicy {
  /** Chance of trouble from which it opens, and below which it closes. */
  readonly on: number;
  readonly off: number;
  /** Evaluations in a row that have to agree, unless a hard fact speaks. */
  readonly evaluations: number;
  /**
   * Silent while one of these is open about the same subject or about one that it is a part of: the cause is the same.
   */
  readonly inhibitedBy: readonly AlertRule[];
  /** Its subject is a milestone: of those that hold the same work for the same date, only the outermost has a say. */
  readonly isOfMilestone: boolean;
  /** Says what has happened, not what may come: it has no notice, and its end is no recovery. */
  readonly isFact: boolean;
  /** Warns of a date: when that is moved away, the alert has not recovered. */
  readonly isAboutDate: boolean;
}

/** The rules of the game as data (metrics.md 4.5, reliability.md 3.5). */
export interface AlertPolicy {
  readonly rules: Readonly<Record<AlertRule, RulePolicy>>;
  /** Working days that a warning must come before its date. */
  readonly leastNoticeWorkingDays: number;
  readonly escalateWorkingDays: number;
  readonly repeatWorkingDays: number;
  readonly reopenWorkingDays: number;
  /** New alerts a channel and day. */
  readonly perDay: number;
  /** More new alerts than this in one evaluation are one message. */
  readonly rollUpFrom: number;
  /** Local hours without messages; days without work have none at all. Null: every hour will do. */
  readonly quietHours: { readonly from: number; readonly to: number } | null;
  readonly feedback: { readonly last: number; readonly least: number; readonly step: number; readonly most: number };
  readonly selfResolvedWorkingDays: number;
}

/** The policy that the thresholds of a project make. */
export function alertPolicy({ alerts }: Pick<Thresholds, 'alerts'>): AlertPolicy {
  const rule = (on: number, off: number, inhibitedBy: readonly AlertRule[] = []): RulePolicy => ({
    on,
    off: Math.min(on, off),
    evaluations: alerts.evaluations,
    inhibitedBy,
    isOfMilestone: false,
    isFact: false,
    isAboutDate: false,
  });
  return {
    rules: {
      MILESTONE_SLIPPED: { ...rule(1, 1), evaluations: 1, isOfMilestone: true, isFact: true },
      // Not silent while the milestone's own slip is open: that the new date cannot be held either is another story.
      RIPPLE: { ...rule(1, 1), evaluations: 1, isOfMilestone: true, isFact: true },
      PROMISE_GAP: {
        ...rule(alerts.promiseGapOn, alerts.promiseGapOff, ['MILESTONE_SLIPPED']),
        isOfMilestone: true,
        isAboutDate: true,
      },
      // What was added is named as a cause where the gap itself is told.
      SCOPE_GROWTH: {
        ...rule(alerts.scopeGrowthOn, alerts.scopeGrowthOff, ['MILESTONE_SLIPPED', 'PROMISE_GAP']),
        isOfMilestone: true,
        isAboutDate: true,
      },
      SPRINT_AT_RISK: { ...rule(alerts.sprintAtRiskOn, alerts.sprintAtRiskOff), isAboutDate: true },
      ITEM_AT_RISK: {
        ...rule(alerts.itemAtRiskOn, alerts.itemAtRiskOff, ['MILESTONE_SLIPPED', 'PROMISE_GAP']),
        isAboutDate: true,
      },
      DELIVERY_DEGRADED: rule(alerts.deliveryDegradedOn, alerts.deliveryDegradedOff),
      WORK_STALLED: rule(alerts.workStalledOn, alerts.workStalledOff, ['ITEM_AT_RISK']),
    },
    leastNoticeWorkingDays: alerts.leastNoticeWorkingDays,
    escalateWorkingDays: alerts.escalateWorkingDays,
    repeatWorkingDays: alerts.repeatWorkingDays,
    reopenWorkingDays: alerts.reopenWorkingDays,
    perDay: alerts.perDay,
    rollUpFrom: alerts.rollUpFrom,
    quietHours:
      alerts.quietFromHour === alerts.quietToHour ? null : { from: alerts.quietFromHour, to: alerts.quietToHour },
    feedback: {
      last: alerts.precisionLast,
      least: alerts.precisionLeast,
      step: alerts.onStep,
      most: alerts.onMost,
    },
    selfResolvedWorkingDays: alerts.selfResolvedWorkingDays,
  };
}
