import { projectSettings } from '../../config/place.ts';
import { measure } from '../../core/metrics/measure.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { Instant } from '../../core/time/instant.ts';
import { createViewBuilder } from '../../core/view/as-of.ts';
import type { ProjectView } from '../../core/view/view.ts';
import { withHeapByCount } from '../../lib/small-heap.ts';
import { readProject } from '../../store/load-project.ts';
import { calendarOf } from '../calendar-of.ts';
import type { JobContext } from '../context.ts';
import type { Measured, ViewKey } from '../recent-views.ts';
import { settingsOf, stored } from './sheet-state.ts';

/** A project measured at each instant; what was measured a short while ago is not measured again where that is kept. */
export async function measureProject(
  context: JobContext,
  id: ProjectId,
  instants: readonly Instant[],
): Promise<readonly Measured[]> {
  const { recent } = context;
  if (!recent) return measureAnew(context, id, instants);
  const madeFrom = { project: id, stored: await stored(context, id), settings: settingsOf(context, id) };
  const keyOf = (asOf: Instant): ViewKey => ({ ...madeFrom, asOf });
  const known = new Map(instants.map((asOf) => [asOf, recent.find(keyOf(asOf))]));
  const missing = [...known].flatMap(([asOf, measured]) => (measured ? [] : [asOf]));
  const made = missing.length === 0 ? [] : await measureAnew(context, id, missing);
  for (const [index, asOf] of missing.entries()) {
    known.set(asOf, made[index]);
    recent.keep(keyOf(asOf), made[index]!);
  }
  return instants.map((asOf) => known.get(asOf)!);
}

/** Reads a project once, item by item, and measures it at each instant: its raw past is never held as a whole. */
async function measureAnew(
  context: JobContext,
  id: ProjectId,
  instants: readonly Instant[],
): Promise<readonly Measured[]> {
  const { thresholds } = context.config;
  return readAt(context, { id, instants }, (view) => ({ view, metrics: measure(view, thresholds) }));
}

/** A project as it was known at an instant, for those who ask it no figure. */
export async function viewProject(context: JobContext, id: ProjectId, asOf: Instant): Promise<ProjectView> {
  const [view] = await readAt(context, { id, instants: [asOf] }, (made) => made);
  return view!;
}

async function readAt<Made>(
  { config, db }: JobContext,
  { id, instants }: { readonly id: ProjectId; readonly instants: readonly Instant[] },
  make: (view: ProjectView) => Made,
): Promise<readonly Made[]> {
  const settings = projectSettings(config, id);
  const calendar = calendarOf(config, id);
  return withHeapByCount(async (count) => {
    const { builders } = await readProject(db, settings, (outline) => {
      const made = instants.map((asOf) => createViewBuilder(outline, asOf, calendar));
      return {
        builders: made,
        addItem(item) {
          count(1);
          for (const builder of made) builder.addItem(item);
        },
        addLinked(item) {
          for (const builder of made) builder.addLinked(item);
        },
      };
    });
    return builders.map((builder) => make(builder.finish()));
  });
}
