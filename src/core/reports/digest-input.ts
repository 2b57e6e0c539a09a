import type { DigestNote } from '../alerts/digest-note.ts';
import type { Published } from '../backtest/honesty.ts';
import type { LaterDate } from '../dependencies/later-date.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ProjectView } from '../view/view.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';

/** All that a digest is made from. */
export interface DigestInput {
  readonly view: ProjectView;
  readonly metrics: Metrics;
  /** The same project at `since`; null when it was not there yet. */
  readonly previous: { readonly view: ProjectView; readonly metrics: Metrics } | null;
  readonly since: Instant;
  /** Where the reader is: the times of the digest are told in it. */
  readonly zone: Zone;
  readonly thresholds: Thresholds;
  /** Forecasts that had been published by as-of, for the line that says how they turned out; none when left out. */
  readonly published?: readonly Published[];
  /** What evaluations of alerts left to this digest, since the last one; nothing when left out. */
  readonly notes?: readonly DigestNote[];
  /** The date of the milestone that decides with what it waits for elsewhere; none when left out. */
  readonly later?: LaterDate | null;
  readonly urlOf: (key: ItemKey) => string | null;
}
