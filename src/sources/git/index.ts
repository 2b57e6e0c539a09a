import { defineSource } from '../source.ts';
import { gitSettings } from './settings.ts';
import type { GitSettings } from './settings.ts';

/** Commits and release tags of a clone, or of two files that list them. What reads it is loaded when it is first needed. */
export const git = defineSource<GitSettings>({
  kind: 'git',
  config: gitSettings,
  open(settings, { id }) {
    const service = settings.service ?? id;
    return {
      id,
      check: async () => (await import('./check.ts')).checkGit(settings),
      async *pull(cursor, options, signal) {
        const { pullGit } = await import('./pull-git.ts');
        yield* pullGit(settings, { service, cursor, options, signal });
      },
    };
  },
});
