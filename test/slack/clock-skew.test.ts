import { expect, it } from 'vitest';
import { readSlackSkew } from '../../src/slack/clock-skew.ts';
import { monday, openStage, standingClock } from '../demo/slack/stage.ts';

it("tells how far Slack's clock is ahead, and nothing where Slack does not answer", async () => {
  const slack = await openStage({ clock: standingClock(monday) });
  const skewAt = (now: number) => readSlackSkew({ apiUrl: slack.apiUrl, clock: standingClock(now) });
  expect(await skewAt(monday)).toBe(0);
  expect(await skewAt(monday - 90_000)).toBe(90_000);
  expect(await skewAt(monday + 400 * 86_400_000)).toBe(-400 * 86_400_000);
  await slack.close();
  expect(await skewAt(monday)).toBeNull();
});
