import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { createDirectory } from '../../src/slack/directory.ts';
import type { Directory } from '../../src/slack/directory.ts';
import { createSlackClient } from '../../src/slack/post.ts';
import { claire, heinz, monday, openStage, sam, standingClock } from '../demo/slack/stage.ts';

let slack: SlackServer;
let directory: Directory;
let clock: ReturnType<typeof standingClock>;
beforeEach(async () => {
  slack = await openStage({ users: [claire, sam, { ...heinz, isGuest: true }], channels });
  clock = standingClock(monday);
  const client = createSlackClient({ botToken: slack.bot.botToken, apiUrl: slack.apiUrl, log: silentLogger });
  directory = createDirectory({ client: () => Promise.resolve(client), clock, log: silentLogger });
});
afterEach(() => slack.close());

const members = [claire.id, sam.id];
const channels = [
  { id: 'C0APOLLO', name: 'apollo', members },
  { id: 'C0SECRET', name: 'secret', isPrivate: true, members },
  { id: 'C0SHARED', name: 'shared', isShared: true, members },
  { id: 'C0GUESTS', name: 'guests', members: [...members, heinz.id] },
  { id: 'C0FAR', name: 'far', members, hasBot: false },
  { id: 'C0HIDDEN', name: 'hidden', isPrivate: true, members, hasBot: false },
  { id: 'C0OLD', name: 'old', members, isArchived: true },
];
const calls = (method: string) => slack.calls.filter((call) => call.method === method).length;

describe('the directory', () => {
  it.each([
    ['C0APOLLO', { kind: 'open', name: 'apollo', traits: ['public'], hasBot: true }],
    ['C0SECRET', { kind: 'open', name: 'secret', traits: ['private'], hasBot: true }],
    ['C0SHARED', { kind: 'open', name: 'shared', traits: ['public', 'shared'], hasBot: true }],
    ['C0GUESTS', { kind: 'open', name: 'guests', traits: ['public', 'guests'], hasBot: true }],
    ['C0FAR', { kind: 'open', name: 'far', traits: ['public'], hasBot: false }],
    ['C0HIDDEN', { kind: 'closed', reason: 'not-found', name: null }],
    ['C0OLD', { kind: 'closed', reason: 'archived', name: 'old' }],
  ])('tells what %s is', async (id, state) => {
    expect(await directory.channel(id, 0)).toEqual(state);
  });

  it('tells whom the bot talks to alone', async () => {
    expect(await directory.direct(sam.id)).toMatchObject({ traits: ['direct'] });
    expect(await directory.direct(heinz.id)).toMatchObject({ traits: ['direct', 'guests'] });
    expect(await directory.direct('U0NOBODY')).toEqual({ kind: 'unknown', reason: 'user_not_found', todo: null });
  });

  it('asks who is in a channel anew when the answer has to be fresh, and for people once an hour', async () => {
    await directory.channel('C0APOLLO', 0);
    expect(await directory.channel('C0APOLLO', 60_000)).toMatchObject({ traits: ['public'] });
    expect(calls('conversations.members')).toBe(1);
    slack.workspace.channels.get('C0APOLLO')!.members.add(heinz.id);
    expect(await directory.channel('C0APOLLO', 60_000)).toMatchObject({ traits: ['public'] });
    expect(await directory.channel('C0APOLLO', 0)).toMatchObject({ traits: ['public', 'guests'] });
    expect([calls('conversations.members'), calls('users.list'), calls('users.info')]).toEqual([2, 1, 0]);
    clock.advance(3_600_000);
    await directory.channel('C0APOLLO', 60_000);
    expect([calls('conversations.members'), calls('users.list')]).toEqual([3, 2]);
  });

  it('does not know what Slack does not tell, and asks again at once', async () => {
    slack.faults.next({ kind: 'status', status: 503, accepted: false }, { method: 'users.list' });
    expect(await directory.channel('C0APOLLO', 60_000)).toEqual({ kind: 'unknown', reason: 'http 503', todo: null });
    expect(await directory.channel('C0APOLLO', 60_000)).toMatchObject({ kind: 'open' });
  });
});
