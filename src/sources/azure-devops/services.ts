import { anyGlob } from '../reading/globs.ts';
import { createServices } from '../pulling/services.ts';
import type { Services } from '../pulling/services.ts';
import type { AzureDevopsSettings } from './settings.ts';

/** Which service a change, a deployment or an incident belongs to: repositories stand where GitLab has projects. */
export function servicesOf({ service }: Pick<AzureDevopsSettings, 'service'>, source: string): Services {
  if (service === undefined || typeof service === 'string') return createServices({ service }, source);
  const rules = Object.entries(service).map(([name, { repositories, ...rest }]) => [
    name,
    { ...rest, ...(repositories ? { projects: repositories } : {}) },
  ]);
  return createServices({ service: Object.fromEntries(rules) as Record<string, object> }, source);
}

/** Of an incident: those that claim it by one of its tags, else each; no repository stands in a work item. */
export function incidentServices(
  { service }: Pick<AzureDevopsSettings, 'service'>,
  source: string,
): (tags: readonly string[]) => readonly string[] {
  if (service === undefined || typeof service === 'string') return () => [service ?? source];
  const rules = Object.entries(service).map(([name, { labels }]) => ({ name, isOwn: anyGlob(labels ?? []) }));
  return (tags) => {
    const claimed = rules.filter(({ isOwn }) => tags.some(isOwn));
    return (claimed.length > 0 ? claimed : rules).map(({ name }) => name);
  };
}
