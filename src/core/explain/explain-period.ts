import type { Metrics } from '../metrics/metrics.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import { scopeChanges } from '../reports/scope-line.ts';
import { itemChanges } from '../reports/item-changes.ts';
import { movesIn } from '../reports/move-line.ts';
import { withDistinctMilestones } from '../metrics/milestones/distinct-milestones.ts';
import { decidingMilestone } from '../metrics/milestones/deciding-milestone.ts';
import { createRefs } from '../reports/item-ref.ts';
import type { MoveLine } from '../reports/move-line.ts';
import type { Count } from '../reports/item-ref.ts';
import type { ProjectView } from '../view/view.ts';
import { headOf } from './explanation-head.ts';
import type { ExplanationHead } from './explanation-head.ts';

/** What a digest counts since the one before, item by item. */
export interface PeriodExplanation extends ExplanationHead {
  readonly kind: 'period-explanation';
  readonly since: Instant;
  readonly finished: readonly ItemKey[];
  readonly started: readonly ItemKey[];
  readonly created: readonly ItemKey[];
  readonly reopened: readonly ItemKey[];
  readonly moves: readonly MoveLine[];
  /** Every change of scope, also those that a digest leaves out for being small. */
  readonly scope: readonly {
    readonly milestone: string;
    readonly itemsBefore: number;
    readonly itemsNow: number;
    readonly added: readonly ItemKey[];
    readonly removed: readonly ItemKey[];
  }[];
}

/** From just after `since` to as-of, as the digest of that period counts (metrics.md 0.1, 0.5). */
export function explainPeriod(
  view: ProjectView,
  given: Metrics,
  { since, thresholds }: { readonly since: Instant; readonly thresholds: Thresholds },
): PeriodExplanation {
  const metrics = withDistinctMilestones(given);
  const refOf = createRefs(view, () => null);
  const { finished, started, created, reopened } = itemChanges(view, since, refOf, Infinity);
  const keysOf = ({ items }: Pick<Count, 'items'>) => items.map(({ key }) => key);
  const everything = { ...thresholds, milestones: { ...thresholds.milestones, scopeGrowthItems: 1 } };
  const about = decidingMilestone(metrics.milestones, view);
  const large = metrics.milestones.filter(({ kind }) => kind !== 'item');
  return {
    kind: 'period-explanation',
    ...headOf(view, metrics),
    since,
    finished: keysOf(finished),
    started: keysOf(started),
    created: keysOf(created),
    reopened: keysOf(reopened),
    moves: movesIn(large, since, view.asOf),
    scope: scopeChanges(view, { metrics, about, since, thresholds: everything, refOf }).map(
      ({ added, removed, ...line }) => ({
        ...line,
        added: keysOf({ items: added }),
        removed: keysOf({ items: removed }),
      }),
    ),
  };
}
