import type { Figure } from '../metrics/figure.ts';
import type { VelocityRange } from '../metrics/figures.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import { promisesOf } from '../metrics/milestones/promised.ts';
import { mainBoardOf } from '../metrics/sprints/main-board.ts';
import { completedIn, velocitySprints } from '../metrics/sprints/velocity.ts';
import { agileBasisOf } from '../metrics/value/agile-summary.ts';
import type { AgileBasis } from '../metrics/value/agile-summary.ts';
import type { PlanUnit } from '../metrics/value/plan-weights.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import { compareKeys, keysOf } from '../view/item-key.ts';
import type { ItemView, ProjectView } from '../view/view.ts';

/** The arithmetic of velocity and of the AgileEVM summary; words are `partials/steps/<code>`. */
export type AgileStep =
  | {
      readonly code: 'sprintDone';
      readonly sprint: string;
      readonly value: number;
      readonly weighedBy: PlanUnit;
      readonly keys: readonly ItemKey[];
    }
  | ({ readonly code: 'velocity'; readonly sorted: readonly number[] } & VelocityRange)
  | {
      readonly code: 'agilePlanned';
      readonly milestone: string;
      readonly promisedOn: Day;
      readonly committedOn: Day;
      readonly value: number;
      readonly weighedBy: PlanUnit;
      readonly keys: readonly ItemKey[];
    }
  | {
      readonly code: 'agileAdded';
      readonly value: number;
      readonly weighedBy: PlanUnit;
      readonly keys: readonly ItemKey[];
    }
  | {
      readonly code: 'agileDone';
      readonly sprint: string;
      readonly value: number;
      readonly weighedBy: PlanUnit;
      readonly keys: readonly ItemKey[];
    }
  | {
      readonly code: 'agileSprints';
      readonly days: number;
      readonly sprintDays: number;
      /** One over the other, not rounded yet. */
      readonly periods: number;
      readonly planned: number;
      readonly done: readonly string[];
    }
  | {
      readonly code: 'agileIndex';
      readonly done: number;
      readonly scope: number;
      readonly actual: number;
      readonly doneSprints: number;
      readonly plannedSprints: number;
      readonly expected: number;
      readonly spi: number;
    }
  | { readonly code: 'agileNeeded'; readonly plannedSprints: number; readonly spi: number; readonly value: number };

export const agileFigures: ReadonlySet<string> = new Set(['velocity', 'agileEvm']);

/** In order; none for a value that is unknown. */
export function agileStepsOf(
  name: string,
  view: ProjectView,
  { figures, milestones, sprints }: Metrics,
): readonly AgileStep[] {
  if (name === 'velocity') return velocitySteps(view, sprints, figures.velocity);
  const basis = agileBasisOf(view, { promises: promisesOf(view, milestonesOf(view)), milestones, sprints });
  return typeof basis === 'string' ? [] : summarySteps(basis);
}

function velocitySteps(
  view: ProjectView,
  sprints: Metrics['sprints'],
  { value, unit }: Figure<VelocityRange>,
): readonly AgileStep[] {
  const board = mainBoardOf(sprints, view.asOf);
  if (board === null || value === null) return [];
  const weighedBy: PlanUnit = unit === 'point/sprint' ? 'point' : 'item';
  const done = velocitySprints(sprints, { ...board, before: Infinity }).map(
    (sprint) =>
      ({
        code: 'sprintDone',
        sprint: sprint.name,
        value: weighedBy === 'point' ? sprint.totals!.completed.points : sprint.totals!.completed.count,
        weighedBy,
        keys: completedIn(sprint),
      }) as const,
  );
  return [...done, { code: 'velocity', sorted: done.map((step) => step.value).sort((a, b) => a - b), ...value }];
}

function summarySteps(basis: AgileBasis): readonly AgileStep[] {
  const { summary, plan, promisedOn, committedOn, sprints, days, sprintDays } = basis;
  const { added, done, plannedSprints, doneSprints, expectedComplete, actualComplete, spi, sprintsNeeded } = summary;
  const weighedBy = plan.unit;
  return [
    {
      code: 'agilePlanned',
      milestone: summary.name,
      promisedOn,
      committedOn,
      value: summary.planned,
      weighedBy,
      keys: sortedKeys(plan.planned.map(({ item }) => item)),
    },
    ...(basis.added.length === 0
      ? []
      : [{ code: 'agileAdded', value: added, weighedBy, keys: sortedKeys(basis.added) } as const]),
    { code: 'agileDone', sprint: sprints.at(-1)!.name, value: done, weighedBy, keys: sortedKeys(basis.done) },
    {
      code: 'agileSprints',
      days,
      sprintDays,
      periods: days / sprintDays,
      planned: plannedSprints,
      done: sprints.map(({ name }) => name),
    },
    {
      code: 'agileIndex',
      done,
      scope: summary.planned + added,
      actual: actualComplete,
      doneSprints,
      plannedSprints,
      expected: expectedComplete,
      spi,
    },
    ...(sprintsNeeded === null ? [] : [{ code: 'agileNeeded', plannedSprints, spi, value: sprintsNeeded } as const]),
  ];
}

function sortedKeys(items: readonly ItemView[]): readonly ItemKey[] {
  return keysOf(items).toSorted(compareKeys);
}
