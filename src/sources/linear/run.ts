import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { PullOptions } from '../source.ts';
import type { LinearClient } from './client.ts';
import type { Place } from './cursor.ts';
import type { LinearSettings } from './settings.ts';

/** One workspace during one pull. */
export interface Run {
  readonly client: LinearClient;
  readonly settings: LinearSettings;
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: PullOptions;
  /** Linear's clock, by its first answer. */
  serverNow(): number;
  /** Where the pull stands; changed on the way, and handed out as a copy with every page. */
  readonly place: Place;
  /** The cursor of the page that was handed out last. */
  lastCursor: Place;
}
