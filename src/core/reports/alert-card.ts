import type { AlertEvent, AlertRule, EscalatedReason, Incident, ResolvedReason } from '../alerts/alert.ts';
import type { Severity } from '../findings/finding.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { findingLine } from './finding-line.ts';
import type { RefOf } from './item-ref.ts';
import type { FindingLine, Role } from './report.ts';

/** What happened to an alert, a line each in its thread. */
export interface AlertLine {
  readonly kind: 'opened' | 'reopened' | 'escalated' | 'repeated' | 'resolved' | AlertAnswerKind;
  readonly at: Instant;
  readonly reason: EscalatedReason | ResolvedReason | null;
  /** What a person calls themselves; null when no person did it. */
  readonly by: string | null;
  /** Until when a snooze holds. */
  readonly until: Instant | null;
}

export type AlertAnswerKind = 'acknowledged' | 'snoozed';

/** The living message of one episode of an alert: plain data, kept between changes. */
export interface AlertCard {
  readonly kind: 'alert';
  readonly asOf: Instant;
  readonly zone: string;
  readonly project: { readonly id: string; readonly name: string };
  readonly alert: AlertRule;
  readonly key: string;
  readonly episode: Day;
  readonly state: 'open' | 'acknowledged' | 'snoozed' | 'resolved';
  readonly severity: Severity;
  readonly probability: number | null;
  /** The date that is in danger or was missed. */
  readonly dueOn: Day | null;
  readonly openedOn: Day;
  /** What was found when it was last told, with evidence. */
  readonly line: FindingLine;
  /** Who is asked to act. */
  readonly role: Role;
  /** Newest answer of a person that still holds. */
  readonly answer: AlertLine | null;
  /** Why it is over; null while it goes on. */
  readonly resolved: ResolvedReason | null;
  /** Oldest first. */
  readonly story: readonly AlertLine[];
}

const roleOf: Readonly<Record<AlertRule, Role>> = {
  MILESTONE_SLIPPED: 'releaseManager',
  PROMISE_GAP: 'releaseManager',
  SCOPE_GROWTH: 'productOwner',
  SPRINT_AT_RISK: 'teamLead',
  ITEM_AT_RISK: 'teamLead',
  WORK_STALLED: 'teamLead',
};

/** An event that has a message. */
export type ToldEvent = Extract<AlertEvent, { readonly transition: number }>;

export interface CardInput {
  /** The message as it stands; null when the event opens one. */
  readonly before: AlertCard | null;
  readonly project: AlertCard['project'];
  readonly at: Instant;
  readonly zone: string;
  readonly refOf: RefOf;
  readonly incident: Incident | null;
}

/**
 * The message after an event of an evaluation. An end has no finding of its own: the message keeps what was last found.
 * Null for an end that is not of a message.
 */
export function advanceCard(event: ToldEvent, input: CardInput): AlertCard | null {
  const { before, project, at, zone, refOf, incident } = input;
  const line: AlertLine = {
    kind: event.kind,
    at,
    reason: 'reason' in event ? event.reason : null,
    by: null,
    until: null,
  };
  const story = [...(before?.story ?? []), line];
  if (event.kind === 'resolved') {
    return before === null
      ? null
      : { ...before, asOf: at, state: 'resolved', answer: null, resolved: event.reason, story };
  }
  const { signal } = event;
  const isAnswered = event.kind !== 'reopened' && (incident?.acknowledgedAt ?? incident?.snoozedUntil ?? null) !== null;
  const answer = isAnswered ? (before?.answer ?? null) : null;
  return {
    kind: 'alert',
    asOf: at,
    zone,
    project,
    alert: signal.rule,
    key: event.key,
    episode: event.episode,
    state: answer === null ? 'open' : (before?.state ?? 'open'),
    severity: signal.severity,
    probability: signal.probability,
    dueOn: signal.dueOn,
    openedOn: event.kind === 'opened' || before === null ? event.episode : before.openedOn,
    line: findingLine(signal.finding, refOf),
    role: roleOf[signal.rule],
    answer,
    resolved: null,
    story,
  };
}

/** The message after the answer of a person. */
export function answerCard(before: AlertCard, answer: AlertLine & { readonly kind: AlertAnswerKind }): AlertCard {
  return { ...before, asOf: answer.at, state: answer.kind, answer, story: [...before.story, answer] };
}
