import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chaseActions } from '../../src/jobs/minutes/chase-actions.ts';
import { saveMinutes } from '../../src/store/minutes.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { claire, heinz, sam } from '../demo/slack/stage.ts';
import { openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const apollo = 'C0APOLLO';
const eva = { id: 'U0EVA', name: 'eva', realName: 'Eva Novak', locale: 'en-GB', tz: 'Europe/Prague' };
let stage: SlackStage;
beforeEach(async () => {
  // Heinz reads of Apollo in another channel, Eva nowhere.
  stage = await openSlackStage({
    apollo: ', visibleIn: [C0HERMES]',
    slack: {
      users: [claire, sam, heinz, eva],
      channels: [
        { id: apollo, name: 'apollo', members: [sam.id, claire.id] },
        { id: 'C0HERMES', name: 'hermes', members: [heinz.id] },
      ],
    },
  });
});
afterEach(() => stage.close());

const alone = ({ id }: { id: string }) => {
  const place = stage.slack.workspace.directWith(id).id;
  return stage.slack.messages(place, id).map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`);
};
async function enter(people: readonly { id: string }[], owner: { id: string }) {
  await stage.slack.command({ user: sam.id, channel: apollo, text: 'minutes' });
  await expect.poll(() => stage.slack.workspace.viewsOf(sam.id).length).toBe(1);
  const values = {
    'minutes-notes': 'Agreed: *ship*',
    'minutes-participants': people.map(({ id }) => id).join(','),
    'action-what-1': 'Ask the bank',
    'action-owner-1': owner.id,
    'action-due-1': '2030-01-31',
  };
  expect(await stage.slack.submit({ user: sam.id, values })).toMatchObject({ ok: true, errors: null });
}

describe('minutes', () => {
  it('are sent alone to who took part and does not read the channel, once', async () => {
    await enter([sam, claire, heinz], claire);
    await expect.poll(() => alone(heinz).length).toBe(1);
    expect(alone(heinz)[0]).toMatch(/Apollo · minutes.*Agreed: \*ship\*.*Ask the bank/);
    await stage.service.round();
    expect([alone(heinz).length, alone(claire), alone(sam)]).toEqual([1, [], []]);
    expect(stage.slack.violations).toEqual([]);
  });

  it('are not sent to who may not see the project, and who entered them is told whom', async () => {
    await enter([eva, heinz], eva);
    await expect.poll(() => alone(sam).length).toBe(1);
    expect(alone(sam)[0]).toMatch(/minutes of Apollo were not sent to everybody/);
    expect(alone(sam)[0]).toContain(JSON.stringify({ type: 'user', user_id: eva.id }));
    expect(alone(sam)[0]).not.toContain(heinz.id);
    await stage.service.round();
    expect([alone(eva), alone(heinz).length]).toEqual([[], 1]);
  });

  it('are sent by the worker where the one who took them was stopped', async () => {
    const at = stage.app.clock.now();
    const about = { channel: apollo, report: 'minutes', project: 'APOLLO', scheduleId: null, slot: null, asOf: at };
    const message = { root: { text: 'Minutes', blocks: [] }, replies: [] };
    const delivery = { ...about, key: 'minutes:1', kind: 'minutes', dueAt: at, expiresAt: null, message };
    const { id } = await enqueue(stage.app.db, delivery, at);
    const minutes = { project: 'APOLLO', channel: apollo, at, author: sam.id, notes: 'Ship', actions: [] };
    await saveMinutes(stage.app.db, { ...minutes, participants: [heinz.id] }, id);
    await stage.service.round();
    await stage.service.round();
    expect(alone(heinz)).toHaveLength(1);
  });

  it('have their actions chased alone, too, with the button, where the owner does not read the channel', async () => {
    await enter([], heinz);
    await expect.poll(() => alone(heinz).length).toBe(1);
    const clock = { ...stage.app.clock, now: () => Date.parse('2030-01-31T12:00:00Z') };
    expect(await chaseActions({ ...stage.app, clock })).toBe(1);
    const rows = await stage.app.db
      .selectFrom('delivery')
      .select(['channel', 'payload'])
      .where('kind', '=', 'reminder')
      .orderBy('id')
      .execute();
    expect(rows.map(({ channel }) => channel)).toEqual([apollo, stage.slack.workspace.directWith(heinz.id).id]);
    expect(rows[1]!.payload).toMatch(/Ask the bank.*answer-done/);
  });
});
