import { defineSource } from '../source.ts';
import { azureDevopsSettings, itemUrl } from './settings.ts';
import type { AzureDevopsSettings } from './settings.ts';

/** Azure DevOps Services and Server. What talks to it is loaded when it is first needed: its library is heavy. */
export const azureDevops = defineSource<AzureDevopsSettings>({
  kind: 'azure-devops',
  config: azureDevopsSettings,
  itemUrl,
  open(settings, deps) {
    return {
      id: deps.id,
      check: async () => (await import('./check.ts')).checkAzureDevops(settings, deps),
      async *pull(cursor, options, signal) {
        const { pullAzureDevops } = await import('./pull.ts');
        yield* pullAzureDevops(settings, deps, { cursor, options, signal });
      },
    };
  },
});
