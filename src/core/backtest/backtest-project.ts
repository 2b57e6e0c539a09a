import { viewAsOf } from '../view/as-of.ts';
import { backtestAlerts } from './alerts.ts';
import type { Backtest, BacktestInput } from './backtest.ts';
import { testForecasts } from './forecast-test.ts';
import { trackOfProject } from './project-track.ts';
import { backtestRisk } from './risk.ts';

/** Forecasts, risk signals and alerts of a project, each asked on its past and held against what then happened. */
export function backtestProject(input: BacktestInput): Backtest {
  const view = viewAsOf(input.history, input.asOf, input.calendar);
  return { ...testForecasts(trackOfProject(view)), risk: backtestRisk(input), alerts: backtestAlerts(input) };
}
