import { defineSource } from '../source.ts';
import { eventsSettings } from './settings.ts';
import type { EventsSettings } from './settings.ts';

/** Events that pipelines send us: they come in by themselves (`jobs/pulling/take-event.ts`), so that there is nothing to pull. */
export const events = defineSource<EventsSettings>({
  kind: 'events',
  config: eventsSettings,
  open(_settings, { id }) {
    return {
      id,
      check: () => Promise.resolve([]),
      async *pull() {
        // Nothing to ask: what came in was stored before it was answered.
      },
    };
  },
});
