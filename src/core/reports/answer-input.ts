import type { LaterDate } from '../dependencies/later-date.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { Zone } from '../time/zone.ts';
import type { ProjectView } from '../view/view.ts';

/** What the short answers about a project are made from. */
export interface AnswerInput {
  readonly view: ProjectView;
  readonly metrics: Metrics;
  /** Where the reader is. */
  readonly zone: Zone;
  readonly thresholds: Thresholds;
  readonly urlOf: (key: ItemKey) => string | null;
  /** The date of the milestone that decides with what it waits for elsewhere; none when left out. */
  readonly later?: LaterDate | null;
}

/** What every answer about a project begins with. */
export function aboutProject({ metrics, zone }: AnswerInput) {
  const { project: id, name, asOf, trust } = metrics;
  return { project: { id, name }, asOf, zone: zone.name, trust };
}
