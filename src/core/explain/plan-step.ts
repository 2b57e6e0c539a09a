import type { PlanUnit } from '../metrics/value/plan-weights.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Day } from '../time/day.ts';

/** Steps of the figures against first promises; their words are `partials/steps/<code>`. Times are in periods. */
export type PlanStep =
  | { readonly code: 'plannedScope'; readonly planned: number; readonly days: number; readonly weighedBy: PlanUnit }
  | {
      readonly code: 'delivered';
      readonly delivered: number;
      readonly planned: number;
      readonly value: number;
      readonly weighedBy: PlanUnit;
    }
  | { readonly code: 'plannedNow'; readonly value: number; readonly on: Day; readonly weighedBy: PlanUnit }
  | {
      readonly code: 'overPlan';
      readonly part: number;
      readonly planned: number;
      readonly value: number;
      readonly weighedBy: PlanUnit;
    }
  | { readonly code: 'removed'; readonly reason: 'closed' | 'gone' | 'left'; readonly keys: readonly ItemKey[] }
  | { readonly code: 'spi'; readonly delivered: number; readonly plannedNow: number; readonly value: number }
  | {
      readonly code: 'earnedSchedule';
      readonly period: number;
      readonly before: number;
      readonly beforeOn: Day;
      readonly after: number;
      readonly afterOn: Day;
      readonly delivered: number;
      readonly es: number;
    }
  | { readonly code: 'allEarned'; readonly periods: number }
  | {
      readonly code: 'timePassed';
      readonly startOn: Day;
      readonly weeks: number;
      readonly unit: 'week' | 'sprint';
      readonly passedOn: Day;
      /** All was delivered on that day, and the clock stopped. */
      readonly isEnd: boolean;
      readonly whole: number;
      readonly worked: number;
      readonly length: number;
      readonly at: number;
    }
  | { readonly code: 'spiT'; readonly es: number; readonly at: number; readonly value: number }
  | {
      readonly code: 'svT';
      readonly es: number;
      readonly at: number;
      readonly value: number;
      readonly unit: 'week' | 'sprint';
    }
  | {
      readonly code: 'ieacT';
      readonly plannedPeriods: number;
      readonly spiT: number;
      readonly periods: number;
      readonly on: Day;
    }
  | {
      readonly code: 'ieacTPf1';
      readonly at: number;
      readonly es: number;
      readonly plannedPeriods: number;
      readonly periods: number;
      readonly on: Day;
    }
  | {
      readonly code: 'tspiT';
      readonly es: number;
      readonly at: number;
      readonly plannedPeriods: number;
      readonly value: number;
    }
  | { readonly code: 'planEnded'; readonly on: Day }
  | {
      readonly code: 'adherence';
      readonly kept: number;
      readonly planned: number;
      readonly value: number;
      readonly weighedBy: PlanUnit;
    }
  | {
      readonly code: 'keptPromises';
      readonly kept: number;
      readonly due: number;
      readonly value: number;
      readonly since: Day;
    };
