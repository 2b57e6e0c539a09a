import type { Metrics, SprintClass, SprintFigures } from '../metrics/metrics.ts';
import { accountOfSprint } from '../metrics/sprints/sprint-figures.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import type { ProjectView } from '../view/view.ts';
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
    committedAndCompleted: items.filter((item) => item.committed && item.class === 'completed').length,
  };
}
