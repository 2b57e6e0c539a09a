import { LRUCache } from 'lru-cache';
import type { Metrics } from '../core/metrics/metrics.ts';
import type { ProjectId } from '../core/model/ids.ts';
import { minuteMs } from '../core/time/instant.ts';
import type { Instant } from '../core/time/instant.ts';
import type { ProjectView } from '../core/view/view.ts';

/** A project seen at one instant, and what was measured then. */
export interface Measured {
  readonly view: ProjectView;
  readonly metrics: Metrics;
}

/** What a view was made from: the same again gives the same view. */
export interface ViewKey {
  readonly project: ProjectId;
  readonly stored: string;
  readonly settings: string;
  readonly asOf: Instant;
}

/** Views of a short while ago, for who asks one thing after the other about the same project. */
export interface RecentViews {
  find(key: ViewKey): Measured | undefined;
  keep(key: ViewKey, measured: Measured): void;
}

/** Of all kept views together: some 150 MB. A larger project is measured for each question. */
export const mostItems = 30_000;
/** Longer than from one pull to the next, by default. */
const keptMs = 20 * minuteMs;

export function createRecentViews(): RecentViews {
  const views = new LRUCache<string, Measured>({
    maxSize: mostItems,
    sizeCalculation: ({ view }) => Math.max(1, view.items.length),
    ttl: keptMs,
    ttlAutopurge: true,
  });
  return {
    find: (key) => views.get(nameOf(key)),
    keep: (key, measured) => void views.set(nameOf(key), measured),
  };
}

function nameOf({ project, stored, settings, asOf }: ViewKey): string {
  return JSON.stringify([project, stored, settings, asOf]);
}
