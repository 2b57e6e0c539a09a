import type { ProjectPlan } from '../dependencies/plan.ts';
import type { CreateRandom } from '../dependencies/simulate.ts';
import type { PlanCurve } from '../metrics/value/plan-curve.ts';
import type { ItemKey, ProjectId } from '../model/ids.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';
import type { ProjectDigest } from './project-report.ts';

/** One project as the portfolio sees it: its digest, and what of its plan others depend on. */
export interface PortfolioEntry {
  readonly digest: ProjectDigest;
  readonly plan: ProjectPlan;
  /** For what can be added up over projects; left out where nobody asks for it. */
  readonly curve?: PlanCurve | null;
  /** Cycle times in days of what was delivered lately. */
  readonly cycleTimes?: readonly number[];
}

export interface PortfolioInput {
  readonly asOf: Instant;
  readonly since: Instant;
  /** Where the reader is. */
  readonly zone: Zone;
  /** Working days in which waiting and slips over projects are told. */
  readonly calendar: Calendar;
  readonly thresholds: Thresholds;
  /** Empty: the portfolio is its projects. */
  readonly programmes: readonly {
    readonly id: string;
    readonly name: string;
    readonly projects: readonly ProjectId[];
  }[];
  readonly projects: readonly PortfolioEntry[];
  readonly urlOf: (project: ProjectId, key: ItemKey) => string | null;
  readonly createRandom: CreateRandom;
}
