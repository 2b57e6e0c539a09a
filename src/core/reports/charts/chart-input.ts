import type { Metrics } from '../../metrics/metrics.ts';
import type { Thresholds } from '../../model/thresholds.ts';
import type { Zone } from '../../time/zone.ts';
import type { ProjectView } from '../../view/view.ts';

/** What charts of a project are made from. */
export interface ChartInput {
  readonly view: ProjectView;
  readonly metrics: Metrics;
  /** Where the reader is. */
  readonly zone: Zone;
  readonly thresholds: Thresholds;
}

/** What every chart begins with. */
export function aboutChart({ metrics, view, zone }: ChartInput) {
  const { project: id, name, asOf } = metrics;
  return { project: { id, name }, asOf, zone: zone.name, today: view.today };
}
