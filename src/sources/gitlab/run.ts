import type { Names } from '../pulling/names.ts';
import type { RunOf } from '../pulling/run.ts';
import type { Services } from '../pulling/services.ts';
import type { GitlabClient } from './client.ts';
import type { Place } from './cursor.ts';
import type { GitlabSettings } from './settings.ts';

/** One GitLab during one pull. */
export interface Run extends RunOf<GitlabClient, GitlabSettings, Place> {
  readonly names: Names;
  readonly services: Services;
}
