import type { Metrics } from '../metrics/metrics.ts';
import type { Instant } from '../time/instant.ts';
import type { ProjectView } from '../view/view.ts';

/** What every explanation says first: whose figure, when, and by which definitions. */
export interface ExplanationHead {
  readonly project: { readonly id: string; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  readonly definitions: string;
}

/** What every explanation begins with. */
export function headOf(view: ProjectView, { definitions }: Pick<Metrics, 'definitions'>): ExplanationHead {
  return {
    project: { id: view.settings.id, name: view.settings.name },
    asOf: view.asOf,
    zone: view.calendar.zone.name,
    definitions,
  };
}
