import type { RunOf } from '../pulling/run.ts';
import type { Services } from '../pulling/services.ts';
import type { GithubClient } from './client.ts';
import type { Place } from './cursor.ts';
import type { Names } from './names.ts';
import type { GithubSettings } from './settings.ts';

/** One GitHub during one pull. */
export interface Run extends RunOf<GithubClient, GithubSettings, Place> {
  readonly names: Names;
  readonly services: Services;
  /** What this GitHub turned out not to know is asked for no more. */
  isOld: boolean;
}
