import { defineSource } from '../source.ts';
import { checkExport } from './check-export.ts';
import { pullExport } from './pull-export.ts';
import { readScopes } from './scopes.ts';
import { exportSettings } from './settings.ts';
import type { ExportSettings } from './settings.ts';

/** Jira's own JSON from files: for those who cannot get a token, and for trying Vigie out. */
export const jiraExport = defineSource<ExportSettings>({
  kind: 'jira-export',
  config: exportSettings,
  open(settings, deps) {
    const scopes = readScopes(deps.scopes);
    return {
      id: deps.id,
      check: () => checkExport(settings, scopes),
      pull: (cursor, options, signal) => pullExport(settings, scopes, deps, { cursor, options, signal }),
    };
  },
});
