import type { Names } from '../pulling/names.ts';
import type { RunOf } from '../pulling/run.ts';
import type { Services } from '../pulling/services.ts';
import type { BoardsClient } from './client.ts';
import type { Place } from './cursor.ts';
import type { AzureDevopsSettings } from './settings.ts';

/** One organization during one pull. */
export interface Run extends RunOf<BoardsClient, AzureDevopsSettings, Place> {
  readonly names: Names;
  readonly services: Services;
  /** Services of an incident, by its tags. */
  servicesOfIncident(tags: readonly string[]): readonly string[];
}
