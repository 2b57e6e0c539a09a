import { defineSource } from '../source.ts';
import { itemUrlOf } from './address.ts';
import { githubSettings } from './settings.ts';
import type { GithubSettings } from './settings.ts';

/** github.com and GitHub Enterprise. What talks to it is loaded when it is first needed. */
export const github = defineSource<GithubSettings>({
  kind: 'github',
  config: githubSettings,
  itemUrl: ({ host }, key) => itemUrlOf(host, key),
  open(settings, deps) {
    return {
      id: deps.id,
      check: async () => (await import('./check.ts')).checkGithub(settings, deps),
      async *pull(cursor, options, signal) {
        const { pullGithub } = await import('./pull.ts');
        yield* pullGithub(settings, deps, { cursor, options, signal });
      },
    };
  },
});
