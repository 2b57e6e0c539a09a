import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { PullOptions } from '../source.ts';
import type { GitlabClient } from './client.ts';
import type { Place } from './cursor.ts';
import type { Names } from '../pulling/names.ts';
import type { Services } from '../pulling/services.ts';
import type { GitlabSettings } from './settings.ts';

/** One GitLab during one pull. */
export interface Run {
  readonly client: GitlabClient;
  readonly settings: GitlabSettings;
  readonly names: Names;
  readonly services: Services;
  readonly clock: Clock;
  readonly log: Logger;
  readonly options: PullOptions;
  /** GitLab's clock, by its first answer. */
  serverNow(): number;
  /** Where the pull stands; changed on the way, and handed out as a copy with every page. */
  readonly place: Place;
  /** The cursor of the page that was handed out last. */
  lastCursor: Place;
}
