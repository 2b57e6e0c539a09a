import { defineSource } from '../source.ts';
import { checkEvents } from './check-events.ts';
import { pullEvents } from './pull-events.ts';
import { eventsFileSettings } from './settings.ts';
import type { EventsFileSettings } from './settings.ts';

/** Deployments and incidents of any pipeline, from a file that it appends to. */
export const eventsFile = defineSource<EventsFileSettings>({
  kind: 'events-file',
  config: eventsFileSettings,
  open(settings, deps) {
    const service = settings.service ?? deps.id;
    return {
      id: deps.id,
      check: () => checkEvents(settings, service),
      pull: (cursor, options, signal) => pullEvents(settings, { service, deps }, { cursor, options, signal }),
    };
  },
});
