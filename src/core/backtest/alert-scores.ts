import { alertRules } from '../alerts/alert.ts';
import type { AlertRule } from '../alerts/alert.ts';
import { median, wilson } from '../metrics/statistics.ts';
import type { Interval } from './backtest.ts';
import type { RaisedAlert } from './replay-alerts.ts';

/** How alerts did: of one rule, or of all warnings together. */
export interface AlertScore {
  readonly fired: number;
  readonly right: number;
  readonly wrong: number;
  /** Not yet known, or not to be known: in no share. */
  readonly unknown: number;
  /** Right among those whose outcome is known; null without any. */
  readonly precision: number | null;
  readonly precisionInterval: Interval;
  /** Working days to the date in danger, over the right ones for which there was a date; null without any. */
  readonly medianNoticeWorkingDays: number | null;
}

export interface AlertScores {
  /** Rules that raised anything, parents first. */
  readonly rules: readonly (AlertScore & { readonly rule: AlertRule })[];
  /** All rules that say what may come: a fact is right by nature, and would flatter the share. */
  readonly warnings: AlertScore;
}

/** A slip that has happened is news and no warning: it has no notice, and cannot be wrong. */
export function isWarning({ rule }: Pick<RaisedAlert, 'rule'>): boolean {
  return rule !== 'MILESTONE_SLIPPED';
}

/** Precision with Wilson's interval and notice, by rule and over all warnings (metrics.md 4.5). */
export function scoreAlerts(alerts: readonly RaisedAlert[]): AlertScores {
  return {
    rules: alertRules.flatMap((rule) => {
      const own = alerts.filter((alert) => alert.rule === rule);
      return own.length === 0 ? [] : [{ rule, ...scoreOf(own) }];
    }),
    warnings: scoreOf(alerts.filter(isWarning)),
  };
}

function scoreOf(alerts: readonly RaisedAlert[]): AlertScore {
  const right = alerts.filter(({ outcome }) => outcome.isRight === true);
  const wrong = alerts.filter(({ outcome }) => outcome.isRight === false).length;
  const known = right.length + wrong;
  return {
    fired: alerts.length,
    right: right.length,
    wrong,
    unknown: alerts.length - known,
    precision: known === 0 ? null : right.length / known,
    precisionInterval: wilson(right.length, known),
    medianNoticeWorkingDays: median(right.flatMap(({ noticeWorkingDays }) => noticeWorkingDays ?? [])),
  };
}
