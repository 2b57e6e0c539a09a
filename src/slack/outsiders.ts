import type { WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';

/** Who is a guest changes rarely, and asking for each person again at every post would use up Slack's patience. */
const keepMs = 3_600_000;
const pageSize = 1000;
/** Larger workspaces are not read whole: who is not among the first is asked for by name. */
const mostPages = 5;
const mostPeople = 50_000;

interface Known {
  readonly isOutsider: boolean;
  readonly until: number;
}

/**
 * Whether a guest, or somebody of another organisation, is among people. Throws what Slack's client throws: who cannot be
 * looked up is not known to be a colleague.
 */
export function createHasOutsider({
  client,
  clock,
}: {
  /** With a token that is good now. */
  readonly client: () => Promise<WebClient>;
  readonly clock: Clock;
}): (people: readonly string[]) => Promise<boolean> {
  const known = new Map<string, Known>();
  let listedUntil = 0;

  return async (people) => {
    const isNew = (person: string) => (known.get(person)?.until ?? 0) <= clock.now();
    // One person is asked for by name; for several, one list is cheaper.
    if (people.filter(isNew).length > 1 && listedUntil <= clock.now()) await list();
    for (const person of people) if (isNew(person)) await ask(person);
    return people.some((person) => known.get(person)?.isOutsider ?? true);
  };

  function remember(person: string, isOutsider: boolean): void {
    known.delete(person);
    known.set(person, { isOutsider, until: clock.now() + keepMs });
    if (known.size > mostPeople) known.delete(known.keys().next().value!);
  }

  async function list(): Promise<void> {
    let cursor = '';
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await (await client()).users.list({ limit: pageSize, cursor });
      for (const member of answer.members ?? []) if (member.id) remember(member.id, isOutside(member));
      cursor = answer.response_metadata?.next_cursor ?? '';
      if (cursor === '') break;
    }
    listedUntil = clock.now() + keepMs;
  }

  async function ask(person: string): Promise<void> {
    const { user } = await (await client()).users.info({ user: person });
    remember(person, user === undefined || isOutside(user));
  }
}

interface Member {
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
}

function isOutside({
  is_restricted: isGuest,
  is_ultra_restricted: isSingle,
  is_stranger: isStranger,
}: Member): boolean {
  return isGuest === true || isSingle === true || isStranger === true;
}
