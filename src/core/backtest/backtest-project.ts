import { defaultForecast } from '../model/forecast-settings.ts';
import type { ForecastSettings } from '../model/forecast-settings.ts';
import { viewAsOf } from '../view/as-of.ts';
import { backtestAlerts } from './alerts.ts';
import type { Backtest, BacktestInput } from './backtest.ts';
import { testForecasts } from './forecast-test.ts';
import { testMilestoneDates } from './milestone-dates.ts';
import { trackOfProject } from './project-track.ts';
import { backtestRisk } from './risk.ts';

const bare: ForecastSettings = { ...defaultForecast, growth: 'none', startDelay: false };

/** Forecasts, dates of milestones, risk signals and alerts of a project, each asked on its past and held against what then happened. */
export function backtestProject(input: BacktestInput): Backtest {
  const view = viewAsOf(input.history, input.asOf, input.calendar);
  const [asSet, openItemsAlone] = testMilestoneDates(view, [view.settings.forecast ?? defaultForecast, bare]);
  return {
    ...testForecasts(trackOfProject(view)),
    risk: backtestRisk(input),
    alerts: backtestAlerts(input),
    milestoneDates: { asSet: asSet!, openItemsAlone: openItemsAlone! },
  };
}
