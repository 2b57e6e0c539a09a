import type { AlertEvent, AlertRule, EscalatedReason, Incident, ResolvedReason } from '../alerts/alert.ts';
import type { Severity } from '../findings/finding.ts';
import type { Colour } from '../metrics/milestone-figures.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { AlertEnd } from './alert-end.ts';
import { findingLine } from './finding-line.ts';
import type { RefOf, ItemRef, Listing } from './item-ref.ts';
import type { FindingLine } from './finding-line.ts';
import type { Role } from './decision.ts';

/** What happened to an alert, a line each in its thread. */
export interface AlertLine {
  readonly kind: 'opened' | 'reopened' | 'escalated' | 're-dated' | 'repeated' | 'resolved' | AlertAnswerKind;
  readonly at: Instant;
  readonly reason: EscalatedReason | ResolvedReason | null;
  /** What a person calls themselves; null when no person did it. */
  readonly by: string | null;
  /** Until when a snooze holds. */
  readonly until: Instant | null;
  /** The new promise of a re-baseline; left out for anything else. */
  readonly on?: Day;
  /** How its subject stood at the end; left out for anything else. */
  readonly end?: AlertEnd;
}

export type AlertAnswerKind = 'acknowledged' | 'snoozed' | 'disputed' | 're-baselined';

/** The living message of one episode of an alert: plain data, kept between changes. */
export interface AlertCard {
  readonly kind: 'alert';
  readonly asOf: Instant;
  readonly zone: string;
  readonly project: { readonly id: string; readonly name: string };
  readonly alert: AlertRule;
  readonly key: string;
  readonly episode: Day;
  readonly state: 'open' | AlertAnswerKind | 'resolved';
  readonly colour: Colour;
  readonly severity: Severity;
  readonly probability: number | null;
  /** The date that is in danger or was missed. */
  readonly dueOn: Day | null;
  readonly openedOn: Day;
  /** What was found when it was last told, with evidence. */
  readonly line: FindingLine;
  /** Items of the evidence that the line does not name. */
  readonly more: number;
  /** For those who ask why. */
  readonly evidence: Listing<ItemRef>;
  /** Who is asked to act, and by when: from then on it is raised once more. */
  readonly role: Role;
  readonly by: Day;
  /** Newest answer of a person that still holds. */
  readonly answer: AlertLine | null;
  /** Why it is over; null while it goes on. */
  readonly resolved: ResolvedReason | null;
  /** How its subject stood then; left out while it goes on, and where nothing is known. */
  readonly end?: AlertEnd;
  /** Oldest first. */
  readonly story: readonly AlertLine[];
}

/** A list that is read to its end. */
const mostEvidence = 15;

const roleOf: Readonly<Record<AlertRule, Role>> = {
  MILESTONE_SLIPPED: 'releaseManager',
  PROMISE_GAP: 'releaseManager',
  RIPPLE: 'projectManager',
  SCOPE_GROWTH: 'productOwner',
  SPRINT_AT_RISK: 'teamLead',
  ITEM_AT_RISK: 'teamLead',
  WORK_STALLED: 'teamLead',
  DELIVERY_DEGRADED: 'teamLead',
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
  readonly calendar: Calendar;
  readonly escalateWorkingDays: number;
  /** As the evaluation left it; null when it was let go. */
  readonly incident: Incident | null;
  /** How a subject stands; null when nothing is known of it. */
  readonly endOf: (subject: Pick<Incident, 'rule' | 'subject'>) => AlertEnd | null;
}

/**
 * The message after an event of an evaluation. An end has no finding of its own: the message keeps what was last found.
 * Null for an end that is not of a message.
 */
export function advanceCard(event: ToldEvent, input: CardInput): AlertCard | null {
  const { before, project, at, zone, refOf, calendar, escalateWorkingDays, incident } = input;
  const reason = 'reason' in event ? event.reason : null;
  const happened: AlertLine = { kind: event.kind, at, reason, by: null, until: null };
  const story = [...(before?.story ?? []), happened];
  if (event.kind === 'resolved') {
    if (before === null) return null;
    const known = input.endOf({ rule: before.alert, subject: before.line.subject });
    const end = known === null ? {} : { end: known };
    const colour = colourOfEnd(event.reason);
    // An agreement outlives the trouble that it settled.
    const answer = before.answer?.kind === 're-baselined' ? before.answer : null;
    const told = [...before.story, { ...happened, ...end }];
    return { ...before, asOf: at, state: 'resolved', colour, answer, resolved: event.reason, ...end, story: told };
  }
  const { signal } = event;
  const line = findingLine(signal.finding, refOf);
  const isAnswered = event.kind !== 'reopened' && isAnsweredStill(incident);
  const openedOn = event.kind === 'opened' || before === null ? event.episode : before.openedOn;
  return {
    kind: 'alert',
    asOf: at,
    zone,
    project,
    alert: signal.rule,
    key: event.key,
    episode: event.episode,
    state: isAnswered && before !== null ? before.state : 'open',
    colour: signal.severity === 'high' ? 'red' : 'amber',
    severity: signal.severity,
    probability: signal.probability,
    dueOn: signal.dueOn,
    openedOn,
    line,
    more: line.evidence.length - line.items.length,
    evidence: {
      items: line.evidence.slice(0, mostEvidence).map(refOf),
      more: Math.max(0, line.evidence.length - mostEvidence),
    },
    role: roleOf[signal.rule],
    by: calendar.add(event.kind === 'reopened' ? calendar.zone.dayAt(at) : openedOn, escalateWorkingDays),
    answer: isAnswered && before !== null ? before.answer : null,
    resolved: null,
    story,
  };
}

/** Getting worse takes an answer back. */
function isAnsweredStill(incident: Incident | null): boolean {
  if (incident === null) return false;
  return incident.acknowledgedAt !== null || incident.snoozedUntil !== null || incident.isWrong;
}

/** A date that was moved away is no recovery; what is finished may be so late or in part, and what is gone is neither good nor bad. */
function colourOfEnd(reason: ResolvedReason): Colour {
  return reason === 'recovered' ? 'green' : 'unknown';
}

/** The message after the answer of a person. */
export function answerCard(before: AlertCard, answer: AlertLine & { readonly kind: AlertAnswerKind }): AlertCard {
  return { ...before, asOf: answer.at, state: answer.kind, answer, story: [...before.story, answer] };
}

const isEvaluated = ({ kind }: AlertLine): boolean =>
  kind === 'opened' || kind === 'reopened' || kind === 'escalated' || kind === 're-dated' || kind === 'repeated';

/** When what the message says was found, an instant: an answer, and an end, leave its finding as it was. */
export function foundAt({ story, asOf }: Pick<AlertCard, 'story' | 'asOf'>): Instant {
  return story.findLast(isEvaluated)?.at ?? asOf;
}

/** For sorting: what is worse comes first, and of those what has to be answered first. */
export function compareUrgency(a: Pick<AlertCard, 'colour' | 'by'>, b: Pick<AlertCard, 'colour' | 'by'>): number {
  return Number(b.colour === 'red') - Number(a.colour === 'red') || a.by.localeCompare(b.by);
}
