import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import type { SlackMessage } from '../../src/demo/slack/workspace.ts';
import { claire, sam } from '../demo/slack/stage.ts';
import { isPicture } from './seen.ts';
import { openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const channel = 'C0APOLLO';
let stage: SlackStage;
let slack: SlackServer;
beforeAll(async () => {
  stage = await openSlackStage();
  ({ slack } = stage);
});
afterAll(() => stage.close());
beforeEach(() => slack.faults.clear());

const seen = (user: string) => slack.messages(channel, user);

/** What comes after a command is typed, once there are so many messages. */
async function answersTo(text: string, count: number, user = sam.id): Promise<readonly SlackMessage[]> {
  const before = seen(user).length;
  expect(await slack.command({ user, channel, text })).toMatchObject({ ok: true });
  await expect.poll(() => seen(user).length).toBe(before + count);
  return seen(user).slice(before);
}

describe('below an answer', () => {
  it.each([
    ['milestones', /<!here> 1\.0 is now promised/],
    ['forecast', /^(Half of the likely futures|Even odds|Nothing|No|Too little)/i],
    ['explain cumulativeFlow', /came in and/],
  ])('of %s stands its chart, for who asked alone', async (text, point) => {
    const [words, picture] = await answersTo(text, 2);
    expect(isPicture(words!)).toBe(false);
    expect(picture).toMatchObject({ onlyFor: sam.id, blocks: [{ type: 'image' }] });
    const [image] = picture!.blocks as { slack_file: { id: string }; alt_text: string }[];
    expect(image!.alt_text).toMatch(point);
    expect(slack.workspace.files.get(image!.slack_file.id)!.bytes).not.toBeNull();
    expect(slack.violations).toEqual([]);
  });

  it('of the digest stand those that its channel sees, after all that its thread says', async () => {
    const answers = await answersTo('digest', 4);
    expect(answers.map(isPicture)).toEqual([false, false, true, true]);
    const points = answers.filter(isPicture).map(({ blocks }) => (blocks as { alt_text: string }[])[0]!.alt_text);
    expect(points[0]).toMatch(/Burn-up of <!here> 1\.0 in Apollo/);
    expect(points[1]).toMatch(/Milestone trend of Apollo/);
    const words = JSON.stringify(answers.map(({ blocks }) => blocks));
    expect(words).toMatch(/All that the figures show/);
    expect(words).toMatch(/to mend/);
    expect(slack.violations).toEqual([]);
  });

  it('is in the language of the reader', async () => {
    const [, picture] = await answersTo('explain cumulativeFlow', 2, claire.id);
    expect(JSON.stringify(picture!.blocks)).toMatch(/Flux cumulé dans Apollo/);
  });

  it('there is none for a question of numbers, for JSON, and where there is nothing to draw', async () => {
    for (const text of ['forecast --items 4', 'milestones --json', 'sprint', 'explain sayDo']) {
      expect((await answersTo(text, 1)).some(isPicture)).toBe(false);
    }
  });

  it('its words stand where the app may not upload', async () => {
    const { scopes } = slack.bot;
    slack.bot.scopes = scopes.filter((scope) => scope !== 'files:write');
    const [, words] = await answersTo('explain cumulativeFlow as-of 2026-11-20', 2);
    slack.bot.scopes = scopes;
    expect(JSON.stringify(words!.blocks)).toMatch(/Cumulative flow of Apollo over/);
    expect(words!.onlyFor).toBe(sam.id);
  });

  it('its words stand where Slack refuses the message', async () => {
    slack.faults.next({ kind: 'refuse', error: 'invalid_blocks', accepted: false }, { method: 'chat.postEphemeral' });
    const [, words] = await answersTo('milestones', 2);
    expect(isPicture(words!)).toBe(false);
    expect(JSON.stringify(words!.blocks)).toMatch(/Milestone trend of Apollo/);
  });

  it('goes with the answer when it is shared', async () => {
    const [answer] = await answersTo('milestones', 2);
    const before = seen(claire.id).length;
    const share = JSON.stringify(answer!.blocks).match(/"action_id":"answer-share".*?"value":"((?:[^"\\]|\\.)*)"/)!;
    const value = JSON.parse(`"${share[1]}"`) as string;
    await slack.interact({ user: sam.id, channel, messageTs: answer!.ts, actionId: 'answer-share', value });
    await expect.poll(() => seen(claire.id).length).toBe(before + 2);
    const [words, picture] = seen(claire.id).slice(before);
    expect(words!.onlyFor).toBeNull();
    expect(picture).toMatchObject({ onlyFor: null, blocks: [{ type: 'image' }] });
  });
});
