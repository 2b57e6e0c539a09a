import { defineSource } from '../source.ts';
import { itemUrlOf } from './item-keys.ts';
import { gitlabSettings } from './settings.ts';
import type { GitlabSettings } from './settings.ts';

/** GitLab.com and self-managed GitLab. What talks to it is loaded when it is first needed: gitbeaker is heavy. */
export const gitlab = defineSource<GitlabSettings>({
  kind: 'gitlab',
  config: gitlabSettings,
  itemUrl: ({ host }, key) => itemUrlOf(host, key),
  open(settings, deps) {
    return {
      id: deps.id,
      check: async () => (await import('./check.ts')).checkGitlab(settings, deps),
      async *pull(cursor, options, signal) {
        const { pullGitlab } = await import('./pull.ts');
        yield* pullGitlab(settings, deps, { cursor, options, signal });
      },
    };
  },
});
