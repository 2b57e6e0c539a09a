import { defineSource } from '../source.ts';
import { eventsFileSettings } from './settings.ts';
import type { EventsFileSettings } from './settings.ts';

/** Deployments and incidents of any pipeline, from a file that it appends to. What reads it is loaded when it is first needed. */
export const eventsFile = defineSource<EventsFileSettings>({
  kind: 'events-file',
  config: eventsFileSettings,
  open(settings, deps) {
    const service = settings.service ?? deps.id;
    return {
      id: deps.id,
      check: async () => (await import('./check-events.ts')).checkEvents(settings, service),
      async *pull(cursor, options, signal) {
        const { pullEvents } = await import('./pull-events.ts');
        yield* pullEvents(settings, { service, deps }, { cursor, options, signal });
      },
    };
  },
});
