import type { Figure } from '../metrics/figure.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { AgileStep } from './agile-steps.ts';
import type { CostProof, CostStep } from './cost-proof.ts';
import type { PlanProof } from './plan-proof.ts';
import type { PlanStep } from './plan-step.ts';
import type { PromisesProof } from './promises-proof.ts';
import type { ExplanationHead } from './explanation-head.ts';

/** How a figure came about, down to the keys of its items. Plain data: words stand in the template. */
export interface FigureExplanation extends ExplanationHead {
  readonly kind: 'figure-explanation';
  readonly name: string;
  /** The service that it is of, where the project has several; else null. */
  readonly service: string | null;
  readonly figure: Omit<Figure<unknown>, 'evidence'>;
  /** Of a share of what was counted (metrics.md 0.2); null for other figures. */
  readonly interval: readonly [number, number] | null;
  /** Its unit as a name: `item/week` is `item-week`. */
  readonly unitCode: string;
  /** In which form its value is said. */
  readonly shape: 'percentiles' | 'weeks' | 'record' | 'number' | 'money';
  /** Of an amount of money, and of the steps to it; null where there is no budget. */
  readonly currency: string | null;
  /** For a diagram: where its lines stand at the end. */
  readonly latest: readonly { readonly stage: string; readonly count: number }[];
  readonly steps: readonly Step[];
  /** For figures by week: the items of each, oldest first. */
  readonly weeks: readonly { readonly on: Day; readonly keys: readonly ItemKey[] }[];
  /** The items that it was made from, the greatest value first. */
  readonly items: readonly ExplainedItem[];
  /** Each item brought a number, not only itself. */
  readonly hasValues: boolean;
  readonly excluded: readonly { readonly reason: string; readonly keys: readonly ItemKey[] }[];
  /** For figures against first promises: the plan, promise by promise; for those of cost the part of it that is paid. */
  readonly plan: PlanProof | null;
  /** For on-time rates: the milestones behind it; their ids say nothing to a reader. */
  readonly promises: PromisesProof | null;
  /** For figures of cost: what was spent, by month and role. */
  readonly cost: CostProof | null;
  /** Other figures that it is made from. */
  readonly madeFrom: readonly string[];
}

export interface ExplainedItem {
  readonly key: ItemKey;
  readonly value: number | null;
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** What a part was counted out of. */
export type Counted = 'deployments' | 'runs' | 'changes' | 'items';

export interface RankStep {
  readonly code: 'nearestRank';
  readonly level: number;
  readonly n: number;
  readonly rank: number;
  readonly value: number;
  readonly keys: readonly ItemKey[];
}

/** One line of the arithmetic; its words are `partials/steps/<code>`. */
export type Step =
  | PlanStep
  | CostStep
  | AgileStep
  | RankStep
  | (Omit<RankStep, 'code'> & { readonly code: 'placeRank'; readonly place: string })
  | { readonly code: 'stage'; readonly stage: string; readonly entered: number; readonly keys: readonly ItemKey[] }
  | { readonly code: 'sum'; readonly n: number; readonly value: number }
  | { readonly code: 'startsOverFinishes'; readonly starts: number; readonly finishes: number; readonly value: number }
  | { readonly code: 'per100'; readonly bugs: number; readonly done: readonly ItemKey[]; readonly value: number }
  | {
      readonly code: 'outOf';
      readonly of: Counted;
      readonly part: number;
      readonly whole: number;
      /** Null where the figure is the part itself, and no share. */
      readonly value: number | null;
    }
  | { readonly code: 'perWeek'; readonly total: number; readonly weeks: number; readonly value: number }
  | { readonly code: 'quantile'; readonly level: number; readonly n: number; readonly value: number }
  | {
      readonly code: 'weeklyMedian';
      readonly counts: readonly number[];
      readonly sorted: readonly number[];
      readonly value: number;
    }
  | { readonly code: 'ratio'; readonly part: number; readonly whole: number; readonly value: number }
  | { readonly code: 'median'; readonly n: number; readonly value: number }
  | { readonly code: 'count'; readonly n: number }
  | { readonly code: 'efficiency'; readonly idleDays: number; readonly elapsedDays: number; readonly value: number }
  | {
      readonly code: 'littlesLaw';
      readonly wip: number;
      readonly throughputPerDay: number;
      readonly cycleTimeDays: number;
      readonly value: number;
    };
