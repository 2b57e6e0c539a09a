import { anyGlob } from '../reading/globs.ts';
import type { ServicesSetting } from '../setting-parts.ts';

/** Which service a change, a deployment or an incident belongs to: often one, several for a monorepo or a release train. */
export interface Services {
  readonly of: (what: {
    readonly project: string;
    readonly environment?: string;
    readonly labels?: readonly string[];
  }) => readonly string[];
}

export function createServices(
  { service }: { readonly service?: ServicesSetting | undefined },
  source: string,
): Services {
  if (service === undefined || typeof service === 'string') {
    const only = [service ?? source];
    return { of: () => only };
  }
  const rules = Object.entries(service).map(([name, { projects, environments, labels }]) => ({
    name,
    isProject: projects ? anyGlob(projects) : () => true,
    isEnvironment: environments ? anyGlob(environments) : () => true,
    isLabel: labels ? anyGlob(labels) : null,
  }));
  return {
    of({ project, environment, labels }) {
      const here = rules.filter((rule) => rule.isProject(project));
      if (environment !== undefined)
        return here.filter((rule) => rule.isEnvironment(environment)).map(({ name }) => name);
      const claimed = here.filter((rule) => labels?.some((label) => rule.isLabel?.(label)));
      return (claimed.length > 0 ? claimed : here).map(({ name }) => name);
    },
  };
}
