import { defineSource } from '../source.ts';
import { readScopes } from './scopes.ts';
import { exportSettings } from './settings.ts';
import type { ExportSettings } from './settings.ts';

/** Jira's own JSON from files: for those who cannot get a token, and for trying Vigie out. What reads them is loaded when it is first needed. */
export const jiraExport = defineSource<ExportSettings>({
  kind: 'jira-export',
  config: exportSettings,
  open(settings, deps) {
    const scopes = readScopes(deps.scopes);
    return {
      id: deps.id,
      check: async () => (await import('./check-export.ts')).checkExport(settings, scopes),
      async *pull(cursor, options, signal) {
        const { pullExport } = await import('./pull-export.ts');
        yield* pullExport(settings, scopes, deps, { cursor, options, signal });
      },
    };
  },
});
