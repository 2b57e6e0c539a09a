import { alertRules } from './alert.ts';
import type { AlertEvent, AlertSignal, Incident, SuppressedReason } from './alert.ts';
import { since } from './evaluation.ts';
import type { Round } from './evaluation.ts';
import { hasNewFact, isWorse } from './worse.ts';
import { isTooLate } from './too-late.ts';
import { exposureOf, isInhibited, openPlaces, placeOf } from './step.ts';
import type { Step } from './step.ts';

/**
 * Opens what wants to open and may (metrics.md 4.5): not what opened a few days ago, not what a parent tells, not at
 * night, and no more a day than the channel bears. What is over the cap is open all the same, and told by the digest; a
 * flood is told by one message.
 */
export function chooseOpenings(steps: readonly Step[], round: Round): readonly Step[] {
  const told = openPlaces(steps);
  const wanting = steps
    .filter((step): step is Wanting => wantsToOpen(step, round))
    // Parents first: they are told, and what is a part of them is not.
    .sort(
      (a, b) =>
        alertRules.indexOf(a.signal.rule) - alertRules.indexOf(b.signal.rule) ||
        a.signal.parents.length - b.signal.parents.length,
    );
  const outcomes = new Map<string, SuppressedReason | 'open'>();
  for (const { incident, signal } of wanting) {
    const reason = heldBack(incident, signal, { told, round });
    outcomes.set(incident.key, reason ?? 'open');
    if (reason === null) told.add(placeOf(signal.rule, signal.subject));
  }
  const spent = steps.filter(({ incident }) => incident.told === 'message' && incident.episode === round.today).length;
  let left = Math.max(0, round.policy.perDay - round.spentToday - spent);
  const heaviestFirst = wanting
    .filter(({ incident }) => outcomes.get(incident.key) === 'open')
    .sort((a, b) => exposureOf(b.signal) - exposureOf(a.signal));
  const fresh = heaviestFirst.filter(({ incident }) => !isReturn(incident, round));
  // So many at once have one cause that no single one tells: a few picked among them would mislead.
  const isFlood = left > 0 && fresh.length > round.policy.rollUpFrom;
  for (const { incident } of fresh) {
    if (isFlood) outcomes.set(incident.key, 'rolled-up');
    else if (left > 0) left -= 1;
    else outcomes.set(incident.key, 'over-cap');
  }
  return steps.map((step) => {
    const outcome = outcomes.get(step.incident.key);
    if (outcome === undefined || step.signal === null) return step;
    return outcome === 'open'
      ? open(step, step.signal, round)
      : holdBack(step, step.signal, { reason: outcome, round });
  });
}

type Wanting = Step & { readonly signal: AlertSignal };

function wantsToOpen({ incident, signal, events }: Step, { policy }: Round): boolean {
  // What was closed a moment ago has its say; should it be back, the next evaluation will see.
  if (signal === null || events.length > 0) return false;
  // The digest told it; now that it is worse, it is worth a message.
  if (incident.state === 'open') return incident.told === 'digest' && isWorse(incident, signal);
  if (incident.above >= policy.rules[signal.rule].evaluations) return true;
  return hasNewFact(incident, signal);
}

interface Surroundings {
  readonly told: ReadonlySet<string>;
  readonly round: Round;
}

function heldBack(incident: Incident, signal: AlertSignal, { told, round }: Surroundings): SuppressedReason | null {
  const isNew = incident.told !== 'message';
  if (!isNew && since(incident.openedOn, round) < round.policy.reopenWorkingDays) return 'flapping';
  if (isInhibited(signal, told, round.policy)) return 'inhibited';
  if (isTooLate(signal, round)) return 'too-late';
  return round.isQuiet ? 'quiet-hours' : null;
}

/** Back soon after it closed: the same episode, in the thread of its message. */
function isReturn({ state, told, resolvedOn }: Incident, round: Round): boolean {
  return state === 'resolved' && told === 'message' && since(resolvedOn, round) < round.policy.reopenWorkingDays;
}

function open(step: Step, signal: AlertSignal, round: Round): Step {
  const { incident } = step;
  const isBack = isReturn(incident, round);
  const episode = isBack ? incident.episode! : round.today;
  const transition = isBack ? incident.transition + 1 : 1;
  const event: AlertEvent = { kind: isBack ? 'reopened' : 'opened', key: incident.key, episode, transition, signal };
  return {
    ...step,
    incident: opened(incident, signal, { round, episode, transition, told: 'message' }),
    events: [event],
  };
}

interface Opening {
  readonly round: Round;
  readonly episode: Incident['episode'];
  readonly transition: number;
  readonly told: 'message' | 'digest';
}

function opened(incident: Incident, signal: AlertSignal, { round, episode, transition, told }: Opening): Incident {
  return {
    ...incident,
    state: 'open',
    below: 0,
    episode,
    transition,
    severity: signal.severity,
    dueOn: signal.dueOn,
    facts: signal.facts,
    told,
    openedOn: round.today,
    toldOn: round.today,
    resolvedOn: null,
    isEscalated: false,
    reminders: 0,
    isKnown: false,
    isWrong: false,
    suppressed: null,
  };
}

interface Silence {
  readonly reason: SuppressedReason;
  readonly round: Round;
}

function holdBack(step: Step, signal: AlertSignal, { reason, round }: Silence): Step {
  const { incident } = step;
  const event: AlertEvent = { kind: 'suppressed', key: incident.key, reason, signal };
  const events = incident.suppressed === reason ? [] : [event];
  if (reason !== 'over-cap' && reason !== 'rolled-up')
    return { ...step, incident: { ...incident, suppressed: reason }, events };
  const parts = { round, episode: round.today, transition: 0, told: 'digest' } as const;
  return { ...step, incident: { ...opened(incident, signal, parts), suppressed: reason }, events };
}
