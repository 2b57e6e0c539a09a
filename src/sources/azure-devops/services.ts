import { createServices } from '../gitlab/services.ts';
import type { Services } from '../gitlab/services.ts';
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
