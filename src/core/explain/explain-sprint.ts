import type { Metrics } from '../metrics/metrics.ts';
import type { SprintClass, SprintFigures } from '../metrics/sprint-figures.ts';
import { createBoardPaces } from '../metrics/sprints/board-pace.ts';
import { accountOfSprint } from '../metrics/sprints/measure-sprints.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import type { ProjectView } from '../view/view.ts';
import { chanceOfItems } from '../metrics/forecast/forecast.ts';
import { gridFrom } from '../metrics/forecast/outlook.ts';
import { horizonTo } from '../metrics/forecast/when.ts';
import { evaluationAt } from '../metrics/milestones/health.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import type { Day } from '../time/day.ts';
import { headOf } from './explanation-head.ts';
import type { ExplanationHead } from './explanation-head.ts';

/** How the totals of a sprint came about, item by item. Plain data: words stand in the template. */
export interface SprintExplanation extends ExplanationHead {
  readonly kind: 'sprint-explanation';
  readonly sprint: Omit<SprintFigures, 'classes'>;
  /** Between these two instants an item was part of the sprint. */
  readonly from: Instant;
  readonly to: Instant;
  readonly items: readonly {
    readonly key: ItemKey;
    readonly class: SprintClass;
    readonly committed: boolean;
    readonly added: boolean;
    readonly estimateAtEntry: number | null;
    readonly estimateAtEnd: number | null;
  }[];
  readonly committedAndCompleted: number;
  /** For a running sprint: how the pace of the project makes its outlook; null for others, and without a forecast. */
  readonly forecast: SprintForecast | null;
}

/** Of the open items so many will be done by the planned end, each number with its chance and that of one more. */
export interface SprintForecast {
  readonly endOn: Day;
  readonly open: number;
  /** Working weeks until then, and the capacity in them. */
  readonly weeks: number;
  readonly exposure: number;
  readonly paces: readonly number[];
  readonly rows: readonly {
    readonly level: number;
    readonly items: number;
    readonly chance: number;
    /** Null where there is no more to do. */
    readonly chanceOfMore: number | null;
  }[];
}

export interface SprintQuestion {
  readonly figures: SprintFigures;
  /** As the figures were made: additions so soon after the start are clerical. */
  readonly graceMinutes?: number;
}

/** Every item of a started sprint with its class (metrics.md 2.5); null for one that has not started. */
export function explainSprint(
  view: ProjectView,
  metrics: Metrics,
  { figures, graceMinutes = 0 }: SprintQuestion,
): SprintExplanation | null {
  const seen = view.sprints.find(({ sprint }) => sprint.id === figures.id);
  if (!seen || seen.startedAt === null) return null;
  const { classes: _, ...sprint } = figures;
  const items = [...accountOfSprint(view, seen, graceMinutes).items].map(
    ([key, { churned: _churned, enteredAt: _enteredAt, ...item }]) => ({
      key,
      ...item,
    }),
  );
  return {
    kind: 'sprint-explanation',
    ...headOf(view, metrics),
    sprint,
    from: seen.startedAt,
    to: seen.completedAt ?? view.asOf,
    items,
    forecast: forecastOf(view, figures),
    committedAndCompleted: items.filter((item) => item.committed && item.class === 'completed').length,
  };
}

function forecastOf(view: ProjectView, { outlook, endAt, totals, boardId }: SprintFigures): SprintForecast | null {
  if (outlook === null || endAt === null || totals === null || endAt <= view.asOf) return null;
  const pace = createBoardPaces(view, evaluationAt(view, milestonesOf(view), view.asOf).outlook.pace)(boardId);
  if (pace === null) return null;
  const { calendar, asOf } = view;
  const endOn = calendar.zone.dayAt(endAt);
  const horizon = horizonTo(endOn, gridFrom(calendar, asOf));
  const open = totals.notCompleted.count;
  const row = (level: number, items: number) => ({
    level,
    items,
    chance: chanceOfItems(pace, items, horizon),
    chanceOfMore: items < open ? chanceOfItems(pace, items + 1, horizon) : null,
  });
  return {
    endOn,
    open,
    weeks: horizon.weeks,
    exposure: horizon.exposure ?? horizon.weeks,
    paces: pace.speeds.map(({ alpha, beta }) => alpha / beta),
    rows: [row(0.5, outlook.doneAtP50), row(0.85, outlook.doneAtP85)],
  };
}
