import type { AlertEvent, AlertRule, AlertState, Incident } from './alert.ts';
import { since, openRound } from './evaluation.ts';
import type { Evaluation, Round } from './evaluation.ts';
import { raisedOn, learn } from './feedback.ts';
import { chooseOpenings } from './openings.ts';
import { observe } from './observe.ts';
import { remind } from './remind.ts';
import type { AlertPolicy } from './policy.ts';
import { exposureOf, openPlaces } from './step.ts';
import type { Step } from './step.ts';

/**
 * One evaluation: what the incidents become and what there is to tell (metrics.md 4.5, reliability.md 3.5). Pure; the state
 * is plain data, so that an evaluation can go on from what a database kept. Resolutions come first, then what opens,
 * heaviest first, then reminders, then what was held back, then what was learned.
 */
export function evaluateAlerts(
  state: AlertState,
  evaluation: Evaluation,
  policy: AlertPolicy,
): { readonly state: AlertState; readonly events: readonly AlertEvent[] } {
  if (!evaluation.isFresh) return standStill(state);
  const round = openRound(evaluation, policy);
  const signals = new Map(evaluation.signals.map((signal) => [signal.key, signal]));
  const keys = [...new Set([...Object.keys(state.incidents), ...signals.keys()])].sort();
  const onOf = (rule: AlertRule) => raisedOn(rule, state, policy);

  const observed = keys.flatMap(
    (key) => observe(state.incidents[key] ?? null, signals.get(key) ?? null, { round, onOf }) ?? [],
  );
  const opened = chooseOpenings(observed, round);
  const changedOn = opened.some(isChange) ? round.today : state.changedOn;
  const open = openPlaces(opened);
  const steps = opened.map((step) => remind(step, { round, changedOn, open }));
  const { verdicts, raised, events } = learn(
    state,
    steps.flatMap(({ incident, verdict }) => (verdict === null ? [] : [[incident.rule, verdict] as const])),
    policy,
  );
  const kept = steps.map(({ incident }) => incident).filter((incident) => isWorthKeeping(incident, round));
  return {
    state: {
      incidents: Object.fromEntries(kept.map((incident) => [incident.key, incident])),
      verdicts,
      raised,
      changedOn: steps.some(isChange) ? round.today : changedOn,
      isStale: false,
    },
    events: [...inOrder(steps), ...events],
  };
}

/** Said once; then silence until the data is good again. */
function standStill(state: AlertState): { readonly state: AlertState; readonly events: readonly AlertEvent[] } {
  const event: AlertEvent = { kind: 'suppressed', key: '', reason: 'stale-data', signal: null };
  return { state: { ...state, isStale: true }, events: state.isStale ? [] : [event] };
}

function isChange({ events }: Step): boolean {
  return events.some(
    (event) =>
      event.kind === 'opened' ||
      event.kind === 'reopened' ||
      event.kind === 'resolved' ||
      (event.kind === 'escalated' && event.reason !== 'unanswered'),
  );
}

const kinds: readonly AlertEvent['kind'][] = [
  'resolved',
  'opened',
  'reopened',
  'escalated',
  're-dated',
  'repeated',
  'suppressed',
  'threshold-raised',
];

function inOrder(steps: readonly Step[]): readonly AlertEvent[] {
  const weight = (event: AlertEvent) => ('signal' in event && event.signal !== null ? exposureOf(event.signal) : 0);
  return steps
    .flatMap(({ events }) => events)
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || weight(b) - weight(a));
}

/** A closed incident is kept for as long as it must not open again; one that nothing came of is let go. */
function isWorthKeeping(incident: Incident, round: Round): boolean {
  const { state, above, suppressed, openedOn, resolvedOn } = incident;
  if (state === 'open' || above > 0 || suppressed !== null) return true;
  const { reopenWorkingDays } = round.policy;
  return (
    state === 'resolved' && (since(openedOn, round) < reopenWorkingDays || since(resolvedOn, round) < reopenWorkingDays)
  );
}
