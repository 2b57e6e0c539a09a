import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Services } from '../pulling/services.ts';
import type { PullOptions } from '../source.ts';
import type { GithubClient } from './client.ts';
import type { Place } from './cursor.ts';
import type { Names } from './names.ts';
import type { GithubSettings } from './settings.ts';

/** One GitHub during one pull. */
export interface Run {
  readonly client: GithubClient;
  readonly settings: GithubSettings;
  readonly names: Names;
  readonly services: Services;
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: PullOptions;
  /** GitHub's clock, by its first answer. */
  serverNow(): number;
  /** Where the pull stands; changed on the way, and handed out as a copy with every page. */
  readonly place: Place;
  /** The cursor of the page that was handed out last. */
  lastCursor: Place;
  /** What this GitHub turned out not to know is asked for no more. */
  isOld: boolean;
}
