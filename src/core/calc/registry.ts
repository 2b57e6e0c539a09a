import { calcCalendar } from './calendar.ts';
import { calcForecast } from './forecast.ts';
import { calcQuantiles } from './quantiles.ts';
import { calcRag } from './rag.ts';
import { calcSlip } from './slip.ts';
import { calcSprint } from './sprint.ts';

/** Every calculation that can be asked for by hand (calculations.md): checked input to output, nothing else. */
export const calculations = {
  calendar: calcCalendar,
  forecast: calcForecast,
  quantiles: calcQuantiles,
  rag: calcRag,
  slip: calcSlip,
  sprint: calcSprint,
} as const;

export type CalcName = keyof typeof calculations;
export type CalcInput<N extends CalcName> = Parameters<(typeof calculations)[N]>[0];
