import type { AlertEvent, AlertRule, AlertState, ResolvedReason } from '../alerts/alert.ts';
import { noAlerts } from '../alerts/alert.ts';
import { evaluateAlerts } from '../alerts/evaluate-alerts.ts';
import { evaluationOf } from '../alerts/evaluation-of.ts';
import { alertPolicy } from '../alerts/policy.ts';
import type { Finding, Severity } from '../findings/finding.ts';
import { measure } from '../metrics/measure.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ProjectHistory } from '../model/project.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { Calendar } from '../time/calendar.ts';
import { addDays } from '../time/day.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { viewAsOf } from '../view/as-of.ts';
import type { ProjectView } from '../view/view.ts';
import { createOutcomeOf } from './alert-outcome.ts';
import type { AlertOutcome } from './outcome.ts';

export interface ReplayInput {
  readonly history: ProjectHistory;
  readonly calendar: Calendar;
  /** First and last day of evaluations; days off have none. */
  readonly from: Day;
  readonly to: Day;
  /** Local time of the evaluation, in minutes after midnight. */
  readonly minuteOfDay: number;
  /** Nothing later than this is looked at, not even for what then happened. */
  readonly asOf: Instant;
}

/** An alert that would have been raised, and what then happened. */
export interface RaisedAlert {
  readonly rule: AlertRule;
  readonly key: string;
  readonly subject: string;
  readonly raisedAt: Instant;
  readonly raisedOn: Day;
  readonly severity: Severity;
  readonly probability: number | null;
  /** The date that was in danger or missed; null when there was none. */
  readonly dueOn: Day | null;
  /** What it was raised for, with evidence. */
  readonly finding: Finding;
  readonly resolvedOn: Day | null;
  readonly resolvedReason: ResolvedReason | null;
  readonly outcome: AlertOutcome;
  /** Working days from the alert to the date that it warned of; null for facts and where no date was at stake. */
  readonly noticeWorkingDays: number | null;
}

export interface ReplayDay {
  readonly on: Day;
  readonly at: Instant;
  readonly events: readonly AlertEvent[];
}

export interface Replay {
  readonly days: readonly ReplayDay[];
  /** In the order in which they would have been raised. */
  readonly alerts: readonly RaisedAlert[];
}

/** Half past eight: the day has begun, and there is time to do something about it. */
export const usualMinute = 8 * 60 + 30;

/** Evaluations that what changed is news for, as in the worker: a working week. */
export const newsEvaluations = 5;

/**
 * The alerts that would have been raised from day to day, had the evaluation run on every working day (metrics.md 4.5),
 * and what then happened (`createOutcomeOf`); once for each setting of the thresholds. Nobody answers in a replay. Days
 * after the newest known event of the project raise nothing: silence is not known to be silence.
 */
export function replayAlerts(input: ReplayInput, settings: readonly Thresholds[]): readonly Replay[] {
  const { history, calendar } = input;
  const knownUntil = Math.min(input.asOf, newestEvent(history));
  const runs = settings.map((thresholds) => createRun(thresholds));
  for (const { on, at, isPrelude } of evaluationTimes(input)) {
    if (at > knownUntil) break;
    const seen = viewAsOf(history, at, calendar);
    const measured = new Map<string, Metrics>();
    for (const run of runs) {
      // Settings that differ in what alerts and items are asked for share their figures.
      const view = withTeamNumbers(seen, run.thresholds);
      const name = JSON.stringify({ ...run.thresholds, alerts: null, items: null });
      const metrics = measured.get(name) ?? measure(view, run.thresholds);
      measured.set(name, metrics);
      const previous = run.past.length >= newsEvaluations ? run.past.shift()! : null;
      run.past.push(metrics);
      if (isPrelude || metrics.trust.items === 0) continue;
      const { thresholds } = run;
      const evaluation = { ...evaluationOf({ view, metrics, previous, thresholds }, 0), isFresh: true };
      const { state, events } = evaluateAlerts(run.state, evaluation, run.policy);
      run.state = state;
      run.days.push({ on, at, events });
    }
  }
  const outcomeOf = createOutcomeOf(history, calendar, knownUntil);
  return runs.map(({ days }) => ({ days, alerts: raisedAlerts(days, outcomeOf) }));
}

/** Numbers of teams are kept with the project: another value of them is another project. */
function withTeamNumbers(view: ProjectView, { teams: numbers }: Thresholds): ProjectView {
  const { teams } = view.settings;
  return teams ? { ...view, settings: { ...view.settings, teams: { ...teams, ...numbers } } } : view;
}

interface Run {
  readonly thresholds: Thresholds;
  readonly policy: ReturnType<typeof alertPolicy>;
  /** The last evaluations, oldest first. */
  readonly past: Metrics[];
  readonly days: ReplayDay[];
  state: AlertState;
}

function createRun(thresholds: Thresholds): Run {
  return { thresholds, policy: alertPolicy(thresholds), past: [], days: [], state: noAlerts };
}

interface EvaluationTime {
  readonly on: Day;
  readonly at: Instant;
  /** Before the first day: only measured, for what is news on the first days. */
  readonly isPrelude: boolean;
}

function evaluationTimes({ calendar, from, to, minuteOfDay }: ReplayInput): readonly EvaluationTime[] {
  const times: EvaluationTime[] = [];
  const push = (on: Day, isPrelude: boolean) => {
    times.push({ on, at: calendar.zone.firstAt(on, minuteOfDay), isPrelude });
  };
  let before = from;
  while (times.length < newsEvaluations) {
    before = addDays(before, -1);
    if (calendar.fraction(before) > 0) push(before, true);
  }
  times.reverse();
  for (let on = from; on <= to; on = addDays(on, 1)) if (calendar.fraction(on) > 0) push(on, false);
  return times;
}

/** When anything was last heard of the project; minus infinity of one without items. */
export function newestEvent({ items }: ProjectHistory): Instant {
  let newest = -Infinity;
  for (const { item, changes, goneAt } of items)
    newest = Math.max(newest, item.createdAt, changes.at(-1)?.at ?? -Infinity, goneAt ?? -Infinity);
  return newest;
}

function raisedAlerts(
  days: readonly ReplayDay[],
  outcomeOf: ReturnType<typeof createOutcomeOf>,
): readonly RaisedAlert[] {
  const ends = new Map<string, { readonly on: Day; readonly reason: ResolvedReason }>();
  for (const { on, events } of days)
    for (const event of events)
      if (event.kind === 'resolved') ends.set(`${event.key} ${event.episode}`, { on, reason: event.reason });
  return days.flatMap(({ on, at, events }) =>
    events.flatMap((event) => {
      if (event.kind !== 'opened') return [];
      const { signal, key, episode } = event;
      const end = ends.get(`${key} ${episode}`);
      return {
        rule: signal.rule,
        key,
        subject: signal.subject,
        raisedAt: at,
        raisedOn: on,
        severity: signal.severity,
        probability: signal.probability,
        dueOn: signal.dueOn,
        finding: signal.finding,
        resolvedOn: end?.on ?? null,
        resolvedReason: end?.reason ?? null,
        ...outcomeOf(signal, { on, at }),
      };
    }),
  );
}
