import { defineSource } from '../source.ts';
import { jiraSettings } from './settings.ts';
import type { JiraSettings } from './settings.ts';

/** Jira Cloud and Data Center. All that talks to them is loaded when it is first needed: jira.js is heavy. */
export const jira = defineSource<JiraSettings>({
  kind: 'jira',
  config: jiraSettings,
  // Evidence may name what no issue is, such as a commit or a deployment.
  itemUrl: ({ host }, key) => (/^[A-Z][A-Z0-9_]*-\d+$/.test(key) ? `${host.replace(/\/+$/, '')}/browse/${key}` : null),
  open(settings, deps) {
    return {
      id: deps.id,
      check: async () => (await import('./check.ts')).checkJira(settings, deps),
      async *pull(cursor, options, signal) {
        const { pullJira } = await import('./pull.ts');
        yield* pullJira(settings, deps, { cursor, options, signal });
      },
    };
  },
});
