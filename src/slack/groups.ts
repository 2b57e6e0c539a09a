import type { WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { classifyFailure } from './failure.ts';

const keepMs = 300_000;

/**
 * Whether a person is among people and user groups, by Slack's ids. The people of a group are remembered for five
 * minutes; a group that cannot be read has nobody in it, so that nobody is let in by a failure.
 */
export function createIsOneOf(options: {
  /** With a token that is good now. */
  readonly client: () => Promise<WebClient>;
  readonly clock: Clock;
  readonly log: Logger;
}): (user: string, ids: readonly string[]) => Promise<boolean> {
  const { client, clock, log } = options;
  const known = new Map<string, { readonly people: ReadonlySet<string>; readonly until: number }>();
  return async (user, ids) => {
    if (ids.includes(user)) return true;
    for (const id of ids) if (id.startsWith('S') && (await peopleOf(id)).has(user)) return true;
    return false;
  };

  async function peopleOf(group: string): Promise<ReadonlySet<string>> {
    const held = known.get(group);
    if (held && held.until > clock.now()) return held.people;
    let people: ReadonlySet<string> = new Set();
    try {
      const answer = await (await client()).usergroups.users.list({ usergroup: group });
      people = new Set(answer.users ?? []);
    } catch (error) {
      log.warn({ group, reason: classifyFailure(error).reason }, 'the people of a user group are not known');
    }
    known.set(group, { people, until: clock.now() + keepMs });
    return people;
  }
}
