import type { AlertEvent, AlertRule, AlertSignal, Incident, ResolvedReason } from './alert.ts';
import { since } from './evaluation.ts';
import type { Round } from './evaluation.ts';
import type { Step } from './step.ts';

interface Observation {
  readonly round: Round;
  readonly onOf: (rule: AlertRule) => number;
}

/**
 * Counts for how long the trouble has been there or gone, and closes what is over. Null when there is neither trouble nor
 * incident. While nothing can be said of the subject, everything stays as it is.
 */
export function observe(
  before: Incident | null,
  signal: AlertSignal | null,
  { round, onOf }: Observation,
): Step | null {
  const incident = before ?? (signal === null ? null : watched(signal));
  if (incident === null) return null;
  const { rule, subject } = incident;
  if (signal === null && round.isUnknown(rule, subject)) return unchanged(incident, null);
  const { on, off } = round.policy.rules[rule];
  // Without a chance of its own the condition weighs as much as its rule asks at first: a raised rule wants more.
  const probability = signal === null ? 0 : (signal.probability ?? on);
  const isAbove = probability >= onOf(rule);
  const counted: Incident = {
    ...incident,
    above: isAbove ? incident.above + 1 : 0,
    below: probability < off ? incident.below + 1 : 0,
    // Nothing is held back any more: should it come back, that is said anew.
    suppressed: isAbove || incident.state === 'open' ? incident.suppressed : null,
  };
  if (counted.state !== 'open') return unchanged(counted, signal);
  const reason = endOf(counted, signal, round);
  return reason === null ? unchanged(counted, signal) : resolve(counted, signal, { reason, round });
}

function unchanged(incident: Incident, signal: AlertSignal | null): Step {
  return { incident, signal, events: [], verdict: null };
}

function watched({ key, rule, subject, severity, dueOn }: AlertSignal): Incident {
  return {
    key,
    rule,
    subject,
    state: 'watched',
    above: 0,
    below: 0,
    episode: null,
    transition: 0,
    severity,
    dueOn,
    facts: [],
    told: null,
    openedOn: null,
    toldOn: null,
    resolvedOn: null,
    isEscalated: false,
    reminders: 0,
    acknowledgedAt: null,
    snoozedUntil: null,
    isKnown: false,
    isWrong: false,
    suppressed: null,
  };
}

/** Why an open incident is over; null while it goes on. What is over at night is closed in the morning. */
function endOf(incident: Incident, signal: AlertSignal | null, round: Round): ResolvedReason | null {
  if (round.isQuiet) return null;
  const { rule, subject, dueOn, below } = incident;
  const now = round.subjectState(rule, subject);
  if (now.state !== 'open') return now.state;
  const { evaluations, isFact, isAboutDate } = round.policy.rules[rule];
  if (below < evaluations) return null;
  if (isFact) return 'settled';
  const date = signal?.dueOn ?? now.dueOn;
  const isMovedAway = isAboutDate && dueOn !== null && (date === null || date > dueOn);
  return isMovedAway ? 're-dated' : 'recovered';
}

interface Ending {
  readonly reason: ResolvedReason;
  readonly round: Round;
}

function resolve(incident: Incident, signal: AlertSignal | null, { reason, round }: Ending): Step {
  const { key, rule, told, isWrong, acknowledgedAt } = incident;
  const transition = incident.transition + 1;
  const isTold = told === 'message';
  const event: AlertEvent = { kind: 'resolved', key, episode: incident.episode!, transition, reason };
  const isQuick = since(incident.openedOn, round) <= round.policy.selfResolvedWorkingDays && acknowledgedAt === null;
  const hasVerdict = isTold && !round.policy.rules[rule].isFact && reason !== 'gone';
  return {
    incident: {
      ...incident,
      state: 'resolved',
      above: 0,
      transition: isTold ? transition : incident.transition,
      resolvedOn: round.today,
      suppressed: null,
      acknowledgedAt: null,
      snoozedUntil: null,
    },
    signal,
    // What was never posted has nothing to take back.
    events: isTold ? [event] : [],
    verdict: hasVerdict ? !isWrong && !(isQuick && reason !== 're-dated') : null,
  };
}
