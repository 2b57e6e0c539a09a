import { viewAsOf } from '../view/as-of.ts';
import { backtestAlerts } from './alerts.ts';
import type { Backtest, BacktestInput, RiskTest } from './backtest.ts';
import { testForecasts } from './forecast-test.ts';
import { trackOfProject } from './project-track.ts';

/** Forecasts, risk signals and alerts of a project, each asked on its past and held against what then happened. */
export function backtestProject(input: BacktestInput): Backtest {
  const view = viewAsOf(input.history, input.asOf, input.calendar);
  return { ...testForecasts(trackOfProject(view)), risk: noRisk, alerts: backtestAlerts(input) };
}

const noRisk: RiskTest = {
  auc: null,
  precision: null,
  precisionInterval: null,
  recall: null,
  recallInterval: null,
  brier: null,
  n: 0,
  late: 0,
  reason: 'notTested',
};
