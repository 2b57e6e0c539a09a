import type { ProjectId } from '../core/model/ids.ts';
import type { Config } from './load.ts';

/** The config with these projects alone: what somebody may not see has no part in their sums. */
export function withProjects(config: Config, ids: ReadonlySet<ProjectId>): Config {
  const projects = Object.fromEntries(Object.entries(config.projects).filter(([id]) => ids.has(id)));
  const programmes = Object.fromEntries(
    Object.entries(config.programmes).flatMap(([id, programme]) => {
      const own = programme.projects.filter((project) => ids.has(project));
      return own.length === 0 ? [] : [[id, { ...programme, projects: own }]];
    }),
  );
  return { ...config, projects, programmes };
}
