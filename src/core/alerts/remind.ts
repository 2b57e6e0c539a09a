import type { Day } from '../time/day.ts';
import type { AlertEvent, AlertSignal, EscalatedReason, Incident, SuppressedReason } from './alert.ts';
import { since } from './evaluation.ts';
import type { Round } from './evaluation.ts';
import { isInhibited } from './step.ts';
import type { Step } from './step.ts';
import { isTooLate } from './too-late.ts';
import { hasNewFact, isMoreSevere } from './worse.ts';

interface Occasion {
  readonly round: Round;
  /** Newest day on which anything opened or closed. */
  readonly changedOn: Day | null;
  /** What is open, by rule and subject. */
  readonly open: ReadonlySet<string>;
}

/**
 * Speaks of an open incident again: when it got worse, when nobody answered, and ever more rarely when nothing changed (metrics.md
 * 4.5), and when the date in danger was moved, whoever answered. An answer stops reminders; getting worse takes the
 * answer back. In a quiet week what is unchanged is left to
 * the digest, and what a parent tells is not repeated.
 */
export function remind(step: Step, { round, changedOn, open }: Occasion): Step {
  const { incident, signal } = step;
  if (incident.state !== 'open' || incident.openedOn === round.today || signal === null) return step;
  if (round.isQuiet || incident.told !== 'message') return step;
  const worse = isMoreSevere(signal, incident) ? 'severity' : hasNewFact(incident, signal) ? 'new-fact' : null;
  if (worse !== null) return escalate(step, signal, { reason: worse, round });
  if (round.policy.rules[signal.rule].isAboutDate && signal.dueOn !== saidDate(incident))
    return tell(step, incident, (parts) => ({ kind: 're-dated', ...parts, signal }), round);
  if (isAnswered(incident, round) || incident.below > 0 || isInhibited(signal, open, round.policy)) return step;
  // To ask once more on the last day of a sprint helps nobody; what gets worse is told all the same.
  if (isTooLate(signal, round)) return step;
  if (!incident.isEscalated && since(incident.openedOn, round) >= round.policy.escalateWorkingDays)
    return escalate(step, signal, { reason: 'unanswered', round });
  if (incident.snoozedUntil !== null) return repeat(step, signal, round);
  if (since(incident.toldOn, round) < round.policy.repeatWorkingDays * 2 ** incident.reminders) return step;
  if (since(changedOn, round) < round.policy.repeatWorkingDays) return repeat(step, signal, round);
  return silence(step, 'quiet-week', round);
}

function saidDate({ saidDueOn, dueOn }: Incident): Day | null {
  return saidDueOn === undefined ? dueOn : saidDueOn;
}

function isAnswered({ acknowledgedAt, isKnown, isWrong, snoozedUntil }: Incident, { at }: Round): boolean {
  return acknowledgedAt !== null || isKnown || isWrong || (snoozedUntil !== null && snoozedUntil > at);
}

interface Escalation {
  readonly reason: EscalatedReason;
  readonly round: Round;
}

function escalate(step: Step, signal: AlertSignal, { reason, round }: Escalation): Step {
  const { incident } = step;
  const isWorse = reason !== 'unanswered';
  const next: Incident = {
    ...incident,
    severity: isMoreSevere(signal, incident) ? signal.severity : incident.severity,
    facts: [...new Set([...incident.facts, ...signal.facts])],
    dueOn: isWorse ? signal.dueOn : incident.dueOn,
    isEscalated: incident.isEscalated || !isWorse,
    reminders: isWorse ? 0 : incident.reminders,
    // A snooze is a promise not to be disturbed by the same; worse is not the same.
    acknowledgedAt: isWorse ? null : incident.acknowledgedAt,
    snoozedUntil: isWorse ? null : incident.snoozedUntil,
  };
  return tell(step, next, (parts) => ({ kind: 'escalated', ...parts, reason, signal }), round);
}

function repeat(step: Step, signal: AlertSignal, round: Round): Step {
  const next: Incident = { ...step.incident, snoozedUntil: null, reminders: step.incident.reminders + 1 };
  return tell(step, next, (parts) => ({ kind: 'repeated', ...parts, signal }), round);
}

type Telling = (parts: Pick<AlertEvent & { kind: 'opened' }, 'key' | 'episode' | 'transition'>) => AlertEvent;

function tell(step: Step, next: Incident, eventOf: Telling, round: Round): Step {
  const transition = next.transition + 1;
  const event = eventOf({ key: next.key, episode: next.episode!, transition });
  const { saidDueOn: _, ...said } = next;
  const dueOn = step.signal?.dueOn ?? null;
  return {
    ...step,
    incident: {
      ...said,
      transition,
      toldOn: round.today,
      suppressed: null,
      // What the alert was opened about stays: its end says whether that was saved or only moved.
      ...(dueOn === next.dueOn ? {} : { saidDueOn: dueOn }),
    },
    events: [event],
  };
}

/** The digest names it, so the next repetition counts from today. */
function silence(step: Step, reason: SuppressedReason, { today }: Round): Step {
  const { incident, signal } = step;
  const event: AlertEvent = { kind: 'suppressed', key: incident.key, reason, signal };
  return {
    ...step,
    incident: { ...incident, toldOn: today, reminders: incident.reminders + 1, suppressed: reason },
    events: incident.suppressed === reason ? [] : [event],
  };
}
