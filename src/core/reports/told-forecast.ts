import { paceRecords } from '../backtest/pace-forecasts.ts';
import type { PaceRecord } from '../backtest/pace-forecasts.ts';
import { forecastRecords } from '../backtest/published.ts';
import type { ForecastRecord } from '../backtest/published.ts';
import { evaluationAt } from '../metrics/milestones/health.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import type { AnswerInput } from './answer-input.ts';
import type { ProjectForecast } from './project-answers.ts';
import { buildProjectForecast } from './project-forecast.ts';
import type { ForecastQuestion } from './project-forecast.ts';

/** A forecast, and the dates and numbers that it tells: to be held against what happens (metrics.md 3.7). */
export interface ToldForecast {
  readonly report: ProjectForecast;
  readonly records: readonly (ForecastRecord | PaceRecord)[];
}

/** Null when no milestone is called so. */
export function tellForecast(input: AnswerInput, question: ForecastQuestion): ToldForecast | null {
  const { view } = input;
  const evaluation = evaluationAt(view, milestonesOf(view), view.asOf);
  const report = buildProjectForecast(input, question, evaluation);
  if (report === null) return null;
  const told = report.milestones.filter(({ forecast }) => forecast !== null).map(({ id }) => id);
  return {
    report,
    records: [...forecastRecords(view, new Set(told), evaluation), ...paceRecords(view, evaluation, question)],
  };
}
