import type { Config } from '../config/load.ts';
import type { ProjectId, SourceId } from '../core/model/ids.ts';

/** The projects of the config that are pulled from this source, by name. */
export function projectsOf(config: Config, source: SourceId): readonly ProjectId[] {
  return Object.entries(config.projects)
    .filter(([, project]) => project.scope.source === source)
    .map(([id]) => id)
    .sort();
}
