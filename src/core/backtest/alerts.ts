import type { SprintFigures } from '../metrics/sprint-figures.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import { measure } from '../metrics/measure.ts';
import { wilson } from '../metrics/statistics.ts';
import { enoughDone } from '../alerts/signals/sprint-odds.ts';
import type { Calendar } from '../time/calendar.ts';
import { addDays } from '../time/day.ts';
import type { Day } from '../time/day.ts';
import { viewAsOf } from '../view/as-of.ts';
import { isWarning, scoreAlerts } from './alert-scores.ts';
import type { AlertTest, BacktestInput } from './backtest.ts';
import { newestEvent, replayAlerts, usualMinute } from './replay-alerts.ts';
import type { RaisedAlert } from './replay-alerts.ts';

/** Two years: enough for a few releases, and of the team as it is. */
const testedDays = 730;

/** A warning with less notice than this came too late, and counts as missed (metrics.md 4.5). */
const leastNotice = 3;

/**
 * The warnings of the last two years on the past (metrics.md 4.5): how many were right (`createOutcomeOf`), with how much
 * notice, and how many of the dates that were missed had been warned of: milestones that were put off or finished late, and
 * sprints that kept less than four fifths of their commitment. Facts, such as a date that was moved, are not counted: they
 * are right by nature. Reasons: `noHistory`, `noAlerts` (none whose outcome is known), `noDates` (nothing to be warned of).
 */
export function backtestAlerts({ history, calendar, asOf, thresholds }: BacktestInput): AlertTest {
  const knownUntil = Math.min(asOf, newestEvent(history));
  if (!Number.isFinite(knownUntil)) return { ...nothing, reason: 'noHistory' };
  const to = calendar.zone.dayAt(knownUntil);
  const from = addDays(to, -testedDays);
  const [replay] = replayAlerts({ history, calendar, from, to, minuteOfDay: usualMinute, asOf }, [thresholds]);
  const alerts = replay!.alerts.filter(isWarning);
  const { right, wrong, precision, precisionInterval, medianNoticeWorkingDays } = scoreAlerts(alerts).warnings;
  const metrics = measure(viewAsOf(history, knownUntil, calendar), thresholds);
  const misses = missesIn(metrics, { from, to, calendar });
  const warned = misses.filter((miss) => isWarned(miss, alerts, calendar)).length;
  return {
    precision,
    precisionInterval,
    recall: misses.length === 0 ? null : warned / misses.length,
    recallInterval: wilson(warned, misses.length),
    medianNoticeWorkingDays,
    raised: right + wrong,
    right,
    reason: precision === null ? 'noAlerts' : misses.length === 0 ? 'noDates' : null,
  };
}

const nothing: Omit<AlertTest, 'reason'> = {
  precision: null,
  precisionInterval: null,
  recall: null,
  recallInterval: null,
  medianNoticeWorkingDays: null,
  raised: 0,
  right: 0,
};

/** A date that was not kept. */
interface Miss {
  readonly rules: readonly RaisedAlert['rule'][];
  /** Milestones that share the date, or one sprint. */
  readonly subjects: readonly string[];
  readonly dueOn: Day;
  /** The day on which it was plain: the date was put off, or had passed. */
  readonly on: Day;
}

interface Window {
  readonly from: Day;
  readonly to: Day;
  readonly calendar: Calendar;
}

function missesIn(
  {
    milestones,
    sprints,
  }: { readonly milestones: readonly MilestoneFigures[]; readonly sprints: readonly SprintFigures[] },
  window: Window,
): readonly Miss[] {
  const ofMilestones = milestones.filter(({ kind }) => kind !== 'item').flatMap((one) => missesOf(one, window));
  // An epic and a version of one release share its date: one miss, told once.
  const shared = Map.groupBy(ofMilestones, ({ dueOn, on }) => `${dueOn} ${on}`);
  const merged = [...shared.values()].map((alike) => ({
    ...alike[0]!,
    subjects: alike.flatMap((one) => one.subjects),
  }));
  return [...merged, ...sprints.flatMap((sprint) => missOf(sprint, window))].filter(
    ({ on }) => on >= window.from && on <= window.to,
  );
}

function missesOf({ id, moves, currentOn, finishedOn }: MilestoneFigures, { to, calendar }: Window): readonly Miss[] {
  const missAt = (dueOn: Day, on: Day): Miss => ({ rules: ['PROMISE_GAP', 'SCOPE_GROWTH'], subjects: [id], dueOn, on });
  const putOff = moves.flatMap((move) => {
    const on = calendar.zone.dayAt(move.at);
    const isLater = move.to === null || (move.from !== null && move.to > move.from);
    return move.from !== null && isLater ? [missAt(move.from, on < move.from ? on : move.from)] : [];
  });
  if (currentOn === null || currentOn >= (finishedOn ?? to)) return putOff;
  return [...putOff, missAt(currentOn, currentOn)];
}

function missOf({ id, state, endAt, completedAt, totals }: SprintFigures, { calendar }: Window): readonly Miss[] {
  const sayDo = totals?.sayDo.count ?? null;
  const end = completedAt ?? endAt;
  if (state !== 'closed' || end === null || sayDo === null || sayDo >= enoughDone) return [];
  const on = calendar.zone.dayAt(end);
  return [{ rules: ['SPRINT_AT_RISK'], subjects: [id], dueOn: on, on }];
}

/** Raised in time, and for this date or still open when it was missed. */
function isWarned({ rules, subjects, dueOn, on }: Miss, alerts: readonly RaisedAlert[], calendar: Calendar): boolean {
  return alerts.some(
    (alert) =>
      rules.includes(alert.rule) &&
      subjects.includes(alert.subject) &&
      alert.raisedOn <= on &&
      calendar.distance(alert.raisedOn, dueOn) >= leastNotice &&
      (alert.dueOn === dueOn || alert.resolvedOn === null || alert.resolvedOn >= on),
  );
}
