import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { claire, heinz, sam } from '../demo/slack/stage.ts';
import { isPicture } from './seen.ts';
import { openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const apollo = 'C0APOLLO';
let stage: SlackStage;
afterEach(() => stage.close());

type Person = { readonly id: string };
const own = (user: Person, channel: string) =>
  stage.slack
    .messages(channel, user.id)
    .filter((message) => (message.onlyFor === user.id || message.channel[0] === 'D') && !isPicture(message));

/** What somebody is answered to a command, as they read it. */
async function answerTo(
  text: string,
  { user = sam, channel = apollo }: { user?: Person; channel?: string } = {},
): Promise<string> {
  const before = own(user, channel).length;
  expect(await stage.slack.command({ user: user.id, channel, text })).toMatchObject({ ok: true });
  await expect.poll(() => own(user, channel).length).toBeGreaterThan(before);
  await systemClock.sleep(300);
  const { text: words, blocks } = own(user, channel)[before]!;
  return `${words} ${JSON.stringify(blocks)}`;
}

const guest = { ...heinz, isGuest: true };
const channels = (over: object) => [
  { id: apollo, name: 'apollo', ...over },
  { id: 'C0HERMES', name: 'hermes', members: [sam.id] },
];

describe('what a channel is', () => {
  it.each([
    ['is public', {}, [claire, sam], true],
    ['is private', { isPrivate: true }, [claire, sam], true],
    ['is shared with another organisation', { isShared: true }, [claire, sam], false],
    ['has a guest in it', {}, [claire, sam, guest], false],
    ['has somebody of another organisation in it', {}, [claire, sam, { ...heinz, isStranger: true }], false],
  ])('decides whether its project is shown there: it %s', async (_name, over, users, isShown) => {
    stage = await openSlackStage({ slack: { users, channels: channels(over) } });
    const words = await answerTo('status apollo');
    expect(/current date/.test(words)).toBe(isShown);
    // Else, word for word what is said of a project that is not there.
    const absent = (await answerTo('status zpollo')).replaceAll('zpollo', 'apollo');
    expect(words === absent).toBe(!isShown);
    expect(stage.slack.violations).toEqual([]);
  });

  it('is judged by the project itself where that says more', async () => {
    const access = ', access: { channels: [public, guests] }';
    const users = [claire, sam, guest];
    stage = await openSlackStage({ apollo: access, slack: { users, channels: channels({}) } });
    expect(await answerTo('status')).toMatch(/current date/);
  });

  it('lets a project be seen elsewhere, whose alerts are put off where they were told', async () => {
    stage = await openSlackStage({ apollo: ', visibleIn: [C0HERMES]' });
    const place = { channel: 'C0HERMES' };
    expect(await answerTo('why', place)).toMatch(/Open alerts/);
    expect(await answerTo('snooze', place)).toMatch(/1 alert is open, but none was told in this channel.*pmo why/);
  });

  it('is feared where Slack does not tell', async () => {
    stage = await openSlackStage();
    stage.slack.faults.next(
      { kind: 'refuse', error: 'internal_error', accepted: false },
      { method: 'conversations.members' },
    );
    expect(await answerTo('status apollo')).toMatch(/no project I may show here/);
    expect(await answerTo('status apollo')).toMatch(/current date/);
  });
});

describe('who may ask', () => {
  const access = ', access: { people: [U0SAM, S0PMO] }';

  it('is everybody in the channel, unless the config names people', async () => {
    stage = await openSlackStage({ apollo: access });
    expect(await answerTo('status apollo')).toMatch(/current date/);
    const refused = await answerTo('status apollo', { user: claire });
    expect(refused).toBe((await answerTo('status zpollo', { user: claire })).replaceAll('zpollo', 'apollo'));
    for (const text of ['why', 'decisions', 'digest', 'portfolio', 'minutes', 'subscribe', 'snooze "<!here> 1.0"'])
      expect(await answerTo(text, { user: claire }), text).not.toMatch(/Apollo|APO-|1\.0.*moved|29 Jan|29 janvier/);
  });

  it('is somebody of a user group, too', async () => {
    stage = await openSlackStage({ apollo: access });
    stage.slack.workspace.groups.set('S0PMO', [claire.id]);
    expect(await answerTo('status apollo', { user: claire })).toMatch(/Apollo/);
  });

  it('holds for the buttons of an alert and for App Home', async () => {
    stage = await openSlackStage({ apollo: access });
    const alert = stage.slack.messages(apollo)[0]!;
    for (const action of ['alert-why', 'alert-acknowledge', 'alert-dispute', 'alert-re-baseline']) {
      const before = own(claire, apollo).length;
      await stage.slack.interact({ user: claire.id, channel: apollo, messageTs: alert.ts, actionId: action });
      await expect.poll(() => own(claire, apollo).length).toBe(before + 1);
      expect(own(claire, apollo)[before]!.text, action).not.toMatch(/Apollo|1\.0/);
    }
    expect(stage.slack.workspace.viewsOf(claire.id)).toEqual([]);
    const homeOf = async (user: Person) => {
      await stage.slack.event({ type: 'app_home_opened', user: user.id, channel: 'D1', tab: 'home' });
      await expect.poll(() => stage.slack.workspace.homeOf(user.id)).not.toBe(null);
      return JSON.stringify(stage.slack.workspace.homeOf(user.id)!.content);
    };
    expect(await homeOf(claire)).not.toContain('Apollo');
    expect(await homeOf(sam)).toContain('Apollo');
  });
});

describe('alone with the bot', () => {
  it('a person sees what any of their channels sees, and no more', async () => {
    stage = await openSlackStage({ slack: { channels: channels({ members: [claire.id, sam.id] }) } });
    const { id } = stage.slack.workspace.directWith(sam.id);
    expect(await answerTo('status hermes', { channel: id })).toMatch(/Hermes/);
    const other = stage.slack.workspace.directWith(claire.id);
    expect(await answerTo('status apollo', { user: claire, channel: other.id })).toMatch(/Apollo/);
    expect(await answerTo('status hermes', { user: claire, channel: other.id })).not.toMatch(/Hermes/);
  });

  it('a guest sees nothing', async () => {
    stage = await openSlackStage({ slack: { users: [sam, guest], channels: channels({}) } });
    const { id } = stage.slack.workspace.directWith(guest.id);
    expect(await answerTo('status apollo', { user: guest, channel: id })).toMatch(/no project I may show here/);
  });
});

describe('what is not for every audience', () => {
  it('is cost where the config takes it away', async () => {
    stage = await openSlackStage({ yaml: `channels: { ${apollo}: { shows: [] } }\n` });
    expect(await answerTo('budget')).toMatch(/not shown in this channel/);
    expect(await answerTo('explain cpi')).toMatch(/not shown in this channel/);
    expect(await answerTo('explain spi')).not.toMatch(/not shown in this channel/);
  });

  it('is cost in a digest that is asked for elsewhere, and in its own where the config takes it away', async () => {
    const budget =
      'budget: { amount: 9e5, currency: EUR, from: 2026-06-01, actuals: capacity, team: [{ people: 3, perDay: 500 }] }';
    stage = await openSlackStage({
      apollo: `, visibleIn: [C0HERMES], ${budget}`,
      yaml: 'channels: { C0HERMES: { shows: [] } }\n',
    });
    expect(await answerTo('digest apollo')).toMatch(/Budget/);
    expect(await answerTo('budget apollo')).toMatch(/€900,000/);
    expect(await answerTo('digest apollo', { channel: 'C0HERMES' })).not.toMatch(/Budget|€/);
    expect(await answerTo('digest apollo --json', { channel: 'C0HERMES' })).not.toMatch(/"spent"/);
  });

  it('is who answered, outside the channel that they answered in', async () => {
    stage = await openSlackStage({
      apollo: ', visibleIn: [C0HERMES, C0FAR]',
      slack: { channels: [...channels({}), { id: 'C0FAR', name: 'far' }] },
      yaml: 'channels: { C0FAR: { shows: [people] } }\n',
    });
    await answerTo('snooze "<!here> 1.0"');
    const names = async (channel: string) =>
      `${await answerTo('decisions', { channel })} ${await answerTo('why "<!here> 1.0"', { channel })}`;
    expect(await names(apollo)).toMatch(/sam.*asked for quiet.*asked by sam/s);
    expect(await names('C0FAR')).toMatch(/sam.*asked for quiet/);
    const outside = await names('C0HERMES');
    expect(outside).toMatch(/somebody.*asked for quiet.*asked by somebody/s);
    expect(outside).not.toMatch(/sam\b/);
  });
});
