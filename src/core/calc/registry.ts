import { calcAging } from './aging.ts';
import { calcBudget } from './budget.ts';
import { calcCalendar } from './calendar.ts';
import { calcDelivery } from './delivery.ts';
import { calcEarnedSchedule } from './earned-schedule.ts';
import { calcEvm } from './evm.ts';
import { calcFlow } from './flow.ts';
import { calcForecast } from './forecast.ts';
import { calcJoint } from './joint.ts';
import { calcNetwork } from './network.ts';
import { calcQuantiles } from './quantiles.ts';
import { calcRag } from './rag.ts';
import { calcRisk } from './risk.ts';
import { calcScore } from './score.ts';
import { calcSlip } from './slip.ts';
import type { calcNames } from './names.ts';
import { calcSprint } from './sprint.ts';

/** Every calculation that can be asked for by hand (calculations.md): checked input to output, nothing else. */
export const calculations = {
  calendar: calcCalendar,
  slip: calcSlip,
  evm: calcEvm,
  'earned-schedule': calcEarnedSchedule,
  quantiles: calcQuantiles,
  sprint: calcSprint,
  aging: calcAging,
  flow: calcFlow,
  forecast: calcForecast,
  score: calcScore,
  risk: calcRisk,
  rag: calcRag,
  delivery: calcDelivery,
  network: calcNetwork,
  joint: calcJoint,
  budget: calcBudget,
} as const satisfies Record<(typeof calcNames)[number], unknown>;

export type CalcName = keyof typeof calculations;
export type CalcInput<N extends CalcName> = Parameters<(typeof calculations)[N]>[0];
