import { projectSettings } from '../config/place.ts';
import { measure } from '../core/metrics/measure.ts';
import type { Metrics } from '../core/metrics/metrics.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { createViewBuilder } from '../core/view/as-of.ts';
import type { ProjectView } from '../core/view/view.ts';
import { withHeapByCount } from '../lib/small-heap.ts';
import { readProject } from '../store/load-project.ts';
import { calendarOf } from './calendar-of.ts';
import type { JobContext } from './context.ts';

/** A project seen at one instant, and what was measured then. */
export interface Measured {
  readonly view: ProjectView;
  readonly metrics: Metrics;
}

/** Reads a project once, item by item, and measures it at each instant: its raw past is never held as a whole. */
export async function measureProject(
  context: JobContext,
  id: ProjectId,
  instants: readonly Instant[],
): Promise<readonly Measured[]> {
  const { config, db } = context;
  const settings = projectSettings(config, id);
  const calendar = calendarOf(config, id);
  return withHeapByCount(async (count) => {
    const { builders } = await readProject(db, settings, (outline) => {
      const made = instants.map((asOf) => createViewBuilder(outline, asOf, calendar));
      return {
        builders: made,
        addItem(item) {
          count();
          for (const builder of made) builder.addItem(item);
        },
        addLinked(item) {
          for (const builder of made) builder.addLinked(item);
        },
      };
    });
    return builders.map((builder) => {
      const view = builder.finish();
      return { view, metrics: measure(view, config.thresholds) };
    });
  });
}
