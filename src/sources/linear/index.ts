import { defineSource } from '../source.ts';
import { issueUrl, linearSettings } from './settings.ts';
import type { LinearSettings } from './settings.ts';

/** Linear. What talks to it is loaded when it is first needed: its SDK takes a tenth of a second and 33 MB. */
export const linear = defineSource<LinearSettings>({
  kind: 'linear',
  config: linearSettings,
  itemUrl: issueUrl,
  open(settings, deps) {
    return {
      id: deps.id,
      check: async () => (await import('./check.ts')).checkLinear(settings, deps),
      async *pull(cursor, options, signal) {
        const { pullLinear } = await import('./pull.ts');
        yield* pullLinear(settings, deps, { cursor, options, signal });
      },
    };
  },
});
