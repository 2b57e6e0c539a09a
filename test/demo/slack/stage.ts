import { startSlack } from '../../../src/demo/slack/start-slack.ts';
import type { SlackOptions, SlackServer } from '../../../src/demo/slack/start-slack.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { createPoster, createSlackClient } from '../../../src/slack/post.ts';
import type { ClientOptions, Poster } from '../../../src/slack/post.ts';

/** A clock that stands still until it is moved. */
export function standingClock(start: number): Clock & { advance(ms: number): void } {
  let at = start;
  return {
    now: () => at,
    advance(ms) {
      at += ms;
    },
    sleep(ms) {
      at += ms;
      return Promise.resolve();
    },
  };
}

/** 2026-11-24T08:30:00Z */
export const monday = Date.UTC(2026, 10, 24, 8, 30);

export const claire = {
  id: 'U0CLAIRE',
  name: 'claire',
  realName: 'Claire Dubois',
  locale: 'fr-FR',
  tz: 'Europe/Paris',
};
export const sam = { id: 'U0SAM', name: 'sam', realName: 'Sam Lee', locale: 'en-US', tz: 'America/New_York' };
export const heinz = { id: 'U0HEINZ', name: 'heinz', realName: 'Heinz Müller', locale: 'de-DE', tz: 'Europe/Berlin' };

/** A workspace with a channel of each sort. */
export function openStage(options: Partial<SlackOptions> = {}): Promise<SlackServer> {
  return startSlack({
    team: { name: 'Acme' },
    users: [claire, sam, heinz],
    channels: [
      { id: 'C0APOLLO', name: 'apollo' },
      { id: 'C0HERMES', name: 'hermes' },
      { id: 'C0SECRET', name: 'secret', isPrivate: true, members: [sam.id] },
      { id: 'C0FAR', name: 'far', hasBot: false },
      { id: 'C0HIDDEN', name: 'hidden', isPrivate: true, hasBot: false },
      { id: 'C0OLD', name: 'old', isArchived: true },
    ],
    ...options,
  });
}

/** A poster of one workspace. */
export function aPoster({ clock, ...options }: ClientOptions & { readonly clock: Clock }): Poster {
  const client = createSlackClient(options);
  return createPoster({ clientOf: () => Promise.resolve(client), clock });
}
