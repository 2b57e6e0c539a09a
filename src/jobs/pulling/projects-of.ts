import type { Config } from '../../config/load.ts';
import { scopesOf } from '../../config/scopes-of.ts';
import type { ProjectId, SourceId } from '../../core/model/ids.ts';

/** The projects of the config whose items are pulled from this source, by name. */
export function projectsOf(config: Config, source: SourceId): readonly ProjectId[] {
  return Object.entries(config.projects)
    .filter(([, project]) => scopesOf(project, source).length > 0)
    .map(([id]) => id)
    .sort();
}
