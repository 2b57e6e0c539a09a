import { alertRules } from '../alerts/alert.ts';
import type { AlertRule, ResolvedReason, SuppressedReason } from '../alerts/alert.ts';
import { scoreAlerts } from '../backtest/alert-scores.ts';
import type { AlertScores } from '../backtest/alert-scores.ts';
import type { AlertOutcome } from '../backtest/outcome.ts';
import type { RaisedAlert, Replay } from '../backtest/replay-alerts.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { findingLine } from './finding-line.ts';
import type { RefOf } from './item-ref.ts';
import type { FindingLine } from './finding-line.ts';

/** A setting that was tried, beside the one in force. */
export interface TriedThreshold {
  readonly name: string;
  readonly value: number;
  readonly present: number;
}

/** The replay of one project's alerts for its readers (metrics.md 4.5): day by day, and what it comes down to. */
export interface AlertReplay {
  readonly kind: 'alert-replay';
  readonly asOf: Instant;
  readonly zone: string;
  readonly project: { readonly id: string; readonly name: string };
  readonly from: Day;
  readonly to: Day;
  /** Days on which the alerts were evaluated. */
  readonly evaluations: number;
  readonly days: readonly ReplayedDay[];
  readonly heldBack: readonly { readonly reason: SuppressedReason; readonly count: number }[];
  readonly scores: AlertScores;
  /** The same with the settings in force; null when none was tried. */
  readonly present: AlertScores | null;
  readonly tried: readonly TriedThreshold[];
  /** Rules whose definition of "right" is asked for. */
  readonly explained: readonly AlertRule[];
}

export interface ReplayedDay {
  readonly on: Day;
  readonly alerts: readonly ReplayedAlert[];
}

export interface ReplayedAlert {
  readonly alert: AlertRule;
  readonly key: string;
  readonly severity: string;
  readonly probability: number | null;
  readonly outcome: AlertOutcome;
  readonly noticeWorkingDays: number | null;
  readonly resolvedOn: Day | null;
  readonly resolvedReason: ResolvedReason | null;
  readonly line: FindingLine;
}

export interface AlertReplayInput {
  readonly project: AlertReplay['project'];
  readonly zone: string;
  readonly asOf: Instant;
  readonly from: Day;
  readonly to: Day;
  readonly replay: Replay;
  /** The replay with the settings in force, when others were tried. */
  readonly present: Replay | null;
  readonly tried: readonly TriedThreshold[];
  readonly isExplained: boolean;
  readonly refOf: RefOf;
}

/** What would have been told over a stretch of the past, day by day, and how right it was. */
export function buildAlertReplay(input: AlertReplayInput): AlertReplay {
  const { project, zone, asOf, from, to, replay, present, tried, isExplained, refOf } = input;
  const byDay = Map.groupBy(replay.alerts, ({ raisedOn }) => raisedOn);
  return {
    kind: 'alert-replay',
    asOf,
    zone,
    project,
    from,
    to,
    evaluations: replay.days.length,
    days: [...byDay].map(([on, alerts]) => ({ on, alerts: alerts.map((alert) => replayed(alert, refOf)) })),
    heldBack: heldBackBy(replay),
    scores: scoreAlerts(replay.alerts),
    present: present === null ? null : scoreAlerts(present.alerts),
    tried,
    explained: isExplained ? alertRules : [],
  };
}

function replayed(alert: RaisedAlert, refOf: RefOf): ReplayedAlert {
  const { rule, key, severity, probability, outcome, noticeWorkingDays, resolvedOn, resolvedReason, finding } = alert;
  return {
    alert: rule,
    key,
    severity,
    probability,
    outcome,
    noticeWorkingDays,
    resolvedOn,
    resolvedReason,
    line: findingLine(finding, refOf),
  };
}

/** Whatever waited a while may have been told later: each stretch of silence counts once. */
function heldBackBy({ days }: Replay): AlertReplay['heldBack'] {
  const counts = new Map<SuppressedReason, number>();
  for (const { events } of days)
    for (const event of events)
      if (event.kind === 'suppressed') counts.set(event.reason, (counts.get(event.reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
