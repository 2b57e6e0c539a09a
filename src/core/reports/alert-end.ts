import type { AlertRule } from '../alerts/alert.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Day } from '../time/day.ts';
import type { ProjectView } from '../view/view.ts';
import { sprintLine } from './sprint-line.ts';

/** How that which an alert was about stands when the alert is over: plain data, kept with its message. */
export type AlertEnd =
  | {
      readonly kind: 'milestone';
      readonly currentOn: Day | null;
      readonly finishedOn: Day | null;
      /** Working days after the first promise; below 0 before it. */
      readonly slipCommitted: number | null;
      readonly openItems: number;
      readonly p85On: Day | null;
      /** Chance of missing the date in force, 0 to 1; null without a forecast that may colour. */
      readonly lateChance: number | null;
    }
  | { readonly kind: 'item'; readonly finishedOn: Day | null; readonly status: string | null }
  | {
      readonly kind: 'sprint';
      readonly done: number;
      readonly open: number;
      /** Share of what was committed, 0 to 1; null on grade D. */
      readonly sayDo: number | null;
    };

const kinds: Readonly<Record<AlertRule, AlertEnd['kind'] | null>> = {
  MILESTONE_SLIPPED: 'milestone',
  RIPPLE: 'milestone',
  PROMISE_GAP: 'milestone',
  SCOPE_GROWTH: 'milestone',
  SPRINT_AT_RISK: 'sprint',
  ITEM_AT_RISK: 'item',
  WORK_STALLED: 'item',
  DELIVERY_DEGRADED: null,
};

/** The end of a story for its last line; null where the subject is not there any more, and for a service. */
export function alertEnd(
  { rule, subject }: { readonly rule: AlertRule; readonly subject: string },
  { view, metrics }: { readonly view: ProjectView; readonly metrics: Metrics },
): AlertEnd | null {
  const kind = kinds[rule];
  if (kind === 'milestone') return milestoneEnd(subject, metrics);
  if (kind === 'sprint') return sprintEnd(subject, view, metrics);
  return kind === 'item' ? itemEnd(subject, view) : null;
}

function milestoneEnd(id: string, { milestones }: Metrics): AlertEnd | null {
  const milestone = milestones.find((one) => one.id === id);
  if (!milestone) return null;
  const { currentOn, finishedOn, slipCommitted, openItems, forecast, health } = milestone;
  const onTime = health.current.probability;
  return {
    kind: 'milestone',
    currentOn,
    finishedOn,
    slipCommitted,
    openItems,
    p85On: forecast?.p85 ?? null,
    lateChance: onTime === null ? null : 1 - onTime,
  };
}

function sprintEnd(id: string, { calendar }: ProjectView, { sprints }: Metrics): AlertEnd | null {
  const sprint = sprints.find((one) => one.id === id);
  const line = sprint ? sprintLine(sprint, calendar.zone) : null;
  if (!sprint || !line) return null;
  return {
    kind: 'sprint',
    done: line.done,
    open: line.open,
    sayDo: sprint.grade === 'D' ? null : (sprint.totals?.sayDo.count ?? null),
  };
}

function itemEnd(key: string, { itemsByKey, calendar }: ProjectView): AlertEnd | null {
  const item = itemsByKey.get(key);
  if (!item) return null;
  const { doneAt, isDone, status } = item;
  return {
    kind: 'item',
    finishedOn: isDone && doneAt !== null ? calendar.zone.dayAt(doneAt) : null,
    status: status.name,
  };
}
