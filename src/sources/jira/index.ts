import { defineSource } from '../source.ts';
import { jiraSettings } from './settings.ts';
import type { JiraSettings } from './settings.ts';

/** Jira Cloud and Data Center. All that talks to them is loaded when it is first needed: jira.js is heavy. */
export const jira = defineSource<JiraSettings>({
  kind: 'jira',
  config: jiraSettings,
  itemUrl: ({ host }, key) => `${host.replace(/\/+$/, '')}/browse/${encodeURIComponent(key)}`,
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
