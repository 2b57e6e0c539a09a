import type { Rule } from './rule.ts';
import { findAgedWip } from './rules/aged-wip.ts';
import { findBlocked } from './rules/blocked.ts';
import { findBulkClose } from './rules/bulk-close.ts';
import { findDeliveryDegraded } from './rules/delivery-degraded.ts';
import { findDependencyCycle } from './rules/dependency-cycle.ts';
import { findHoldsUpOthers } from './rules/holds-up-others.ts';
import { findItemAtRisk } from './rules/item-at-risk.ts';
import { findLongInStatus } from './rules/long-in-status.ts';
import { findLowTrust } from './rules/low-trust.ts';
import { findMilestoneMoved } from './rules/milestone-moved.ts';
import { findMilestoneOverdue } from './rules/milestone-overdue.ts';
import { findOrderConflict } from './rules/order-conflict.ts';
import { findOverdueItem } from './rules/overdue-item.ts';
import { findPromiseGap } from './rules/promise-gap.ts';
import { findReleasedWithOpenItems } from './rules/released-with-open-items.ts';
import { findReopened } from './rules/reopened.ts';
import { findRipple } from './rules/ripple.ts';
import { findScopeGrowth } from './rules/scope-growth.ts';
import { findSerialCarryover } from './rules/serial-carryover.ts';
import { findSprintAtRisk } from './rules/sprint-at-risk.ts';
import { findStaleInProgress } from './rules/stale-in-progress.ts';
import { findUnassignedInProgress } from './rules/unassigned-in-progress.ts';

/**
 * The registry: one line a rule, by the code that its findings carry. Its words are `partials/rules/<code>.hbs` in each
 * language. The order is that of two findings which weigh the same.
 */
export const rules = {
  LOW_TRUST: findLowTrust,
  MILESTONE_OVERDUE: findMilestoneOverdue,
  PROMISE_GAP: findPromiseGap,
  MILESTONE_MOVED: findMilestoneMoved,
  RIPPLE: findRipple,
  RELEASED_WITH_OPEN_ITEMS: findReleasedWithOpenItems,
  SCOPE_GROWTH: findScopeGrowth,
  SPRINT_AT_RISK: findSprintAtRisk,
  DELIVERY_DEGRADED: findDeliveryDegraded,
  BLOCKED: findBlocked,
  DEPENDENCY_CYCLE: findDependencyCycle,
  ORDER_CONFLICT: findOrderConflict,
  HOLDS_UP_OTHERS: findHoldsUpOthers,
  OVERDUE_ITEM: findOverdueItem,
  ITEM_AT_RISK: findItemAtRisk,
  LONG_IN_STATUS: findLongInStatus,
  AGED_WIP: findAgedWip,
  UNASSIGNED_IN_PROGRESS: findUnassignedInProgress,
  SERIAL_CARRYOVER: findSerialCarryover,
  STALE_IN_PROGRESS: findStaleInProgress,
  REOPENED: findReopened,
  BULK_CLOSE: findBulkClose,
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;
