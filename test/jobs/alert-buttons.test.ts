import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { measureProject } from '../../src/jobs/making/measure-project.ts';
import { listDecisions, readAlerts } from '../../src/store/alerts.ts';
import { claire, sam } from '../demo/slack/stage.ts';
import { openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const channel = 'C0APOLLO';
let stage: SlackStage;
let slack: SlackServer;
let app: App;

beforeEach(async () => {
  stage = await openSlackStage();
  ({ slack, app } = stage);
});
afterEach(() => stage.close());

const alert = () => slack.messages(channel, sam.id)[0]!;
const words = (message = alert()) => JSON.stringify(message.blocks);
const buttons = () => [...words().matchAll(/"action_id":"(alert-[\w-]+)"/g)].map(([, action]) => action);
const press = (user: { id: string }, action: string) =>
  slack.interact({ user: user.id, channel, messageTs: alert().ts, actionId: action });
const heard = async (user: { id: string }, count: number) => {
  const own = () => slack.messages(channel, user.id).filter(({ onlyFor }) => onlyFor === user.id);
  await expect.poll(() => own().length).toBe(count);
  return own().at(-1)!;
};

describe('buttons of an alert', () => {
  it('acknowledge it once, in the message, the log and the state, however often they are pressed', async () => {
    expect(alert().text).toBe('▲ Apollo · Milestone slipped — &lt;!here&gt; 1.0 moved from 18 Dec to 29 Jan 2027');
    expect(buttons()).toEqual(['alert-acknowledge', 'alert-snooze', 'alert-re-baseline', 'alert-dispute', 'alert-why']);
    const { ts } = alert();
    expect(await press(sam, 'alert-acknowledge')).toMatchObject({ ok: true, status: 200 });
    await expect.poll(() => words()).toContain(`Acknowledged by ${sam.name}`);
    expect([alert().ts, buttons()]).toEqual([ts, ['alert-re-baseline', 'alert-dispute', 'alert-why']]);
    const decisions = await listDecisions(app.db, 'APOLLO');
    expect(decisions).toMatchObject([{ actor: sam.id, kind: 'acknowledged', episode: '2026-11-25' }]);
    const { state } = await readAlerts(app.db, 'APOLLO', 0);
    expect(Object.values(state.incidents)).toMatchObject([{ acknowledgedAt: decisions[0]!.at }]);
    expect(slack.violations).toEqual([]);
  });

  it('tell the second of two who press at once who was first', async () => {
    await Promise.all([press(sam, 'alert-acknowledge'), press(claire, 'alert-acknowledge')]);
    await expect.poll(() => words()).toMatch(/Acknowledged by/);
    const whispers = () =>
      [sam, claire].flatMap(({ id }) => slack.messages(channel, id).filter(({ onlyFor }) => onlyFor === id));
    await expect
      .poll(() => whispers().map(({ text }) => text))
      .toEqual([expect.stringMatching(/nothing has changed|rien n’a changé/)]);
    expect(await listDecisions(app.db, 'APOLLO')).toHaveLength(1);
  });

  it('keep it quiet for three working days', async () => {
    // Over a weekend three days are five.
    expect(words()).toContain('Snooze 3 working days');
    await press(sam, 'alert-snooze');
    await expect.poll(() => words()).toContain('Quiet until');
    const [decision] = await listDecisions(app.db, 'APOLLO');
    const { until } = decision!.detail as { until: number };
    expect(decision).toMatchObject({ actor: sam.id, kind: 'snoozed' });
    expect(until).toBeGreaterThan(decision!.at + 2 * 86_400_000);
    expect(buttons()).toEqual(['alert-acknowledge', 'alert-re-baseline', 'alert-dispute', 'alert-why']);
  });

  it('tell the person alone why, in their language, with the text of others as text', async () => {
    await press(claire, 'alert-why');
    const answer = await heard(claire, 1);
    expect(answer.text).toMatch(/^Apollo · Jalon décalé/);
    expect(words(answer)).toContain('Ce qui s’est passé');
    expect(words(answer)).toMatch(/relevé le 25 novembre.*risks APOLLO.*la situation actuelle/);
    expect(slack.messages(channel, sam.id).filter(({ onlyFor }) => onlyFor !== null)).toEqual([]);
    for (const said of [words(answer), words()]) {
      expect(said).not.toMatch(/"type":"(broadcast|link)"[^}]*evil|"type":"broadcast"/);
    }
  });

  it('dispute it with a reason, which the log keeps and the rule feels', async () => {
    await press(claire, 'alert-dispute');
    await expect.poll(() => slack.workspace.viewsOf(claire.id).length).toBe(1);
    const [form] = slack.workspace.viewsOf(claire.id);
    expect(form!.content).toMatchObject({ title: { text: 'Contester cette alerte' }, callback_id: 'form-dispute' });
    const send = (reason: string) => slack.submit({ user: claire.id, values: { 'dispute-reason': reason } });
    expect(await send('  a  ')).toMatchObject({
      errors: { 'dispute-reason': 'Dites en quelques mots ce qui est faux.' },
    });
    expect(await send('Le jalon a été fusionné <!channel>')).toMatchObject({ ok: true, errors: null });
    await expect.poll(() => words()).toContain('Disputed by claire');
    expect(buttons()).toEqual(['alert-why']);
    expect(await listDecisions(app.db, 'APOLLO')).toMatchObject([
      { actor: claire.id, kind: 'disputed', detail: { reason: 'Le jalon a été fusionné <!channel>' } },
    ]);
    const { state } = await readAlerts(app.db, 'APOLLO', 0);
    expect(Object.values(state.incidents)).toMatchObject([{ isWrong: true }]);
    expect(slack.violations).toEqual([]);
  });

  it('re-baseline the milestone, by those whom the config names and nobody else', async () => {
    await press(claire, 'alert-re-baseline');
    expect((await heard(claire, 1)).text).toMatch(/Seules les personnes nommées/);
    expect(slack.workspace.viewsOf(claire.id)).toEqual([]);
    await press(sam, 'alert-re-baseline');
    await expect.poll(() => slack.workspace.viewsOf(sam.id).length).toBe(1);
    expect(JSON.stringify(slack.workspace.viewsOf(sam.id)[0]!.content)).toContain('"initial_date":"2027-01-29"');
    const reason = 'Scope grew with the audit';
    const send = (on: string) =>
      slack.submit({ user: sam.id, values: { 'rebaseline-on': on, 'rebaseline-reason': reason } });
    expect(await send('2020-01-31')).toMatchObject({ errors: { 'rebaseline-on': 'That day is over.' } });
    expect(await send('2027-03-31')).toMatchObject({ ok: true, errors: null });
    await expect.poll(() => words()).toContain('Re-baselined to Wed 31 Mar 2027 by sam');
    expect(buttons()).toEqual(['alert-why']);
    expect(await listDecisions(app.db, 'APOLLO')).toMatchObject([
      { actor: sam.id, kind: 're-baselined', detail: { on: '2027-03-31', reason } },
    ]);
    const [measured] = await measureProject(app, 'APOLLO', [Date.now() + 1000]);
    expect(measured!.metrics.milestones[0]).toMatchObject({
      committedOn: '2026-12-18',
      currentOn: '2027-01-29',
      rebaseline: { on: '2027-03-31', slip: -43 },
      health: { baseline: { colour: 'green' } },
    });
    const [before] = await measureProject(app, 'APOLLO', [Date.parse('2026-11-24T12:00:00Z')]);
    expect(before!.metrics.milestones[0]).not.toHaveProperty('rebaseline');
    expect(slack.violations).toEqual([]);
  });

  it('let those of a user group decide', async () => {
    slack.workspace.groups.set('S0PMO', [claire.id]);
    await press(claire, 'alert-re-baseline');
    await expect.poll(() => slack.workspace.viewsOf(claire.id).length).toBe(1);
  });

  it('are no answer to what is over', async () => {
    const { ts } = alert();
    const kept = await readAlerts(app.db, 'APOLLO', 0);
    const incidents = Object.entries(kept.state.incidents).map(([key, one]) => [key, { ...one, state: 'resolved' }]);
    await app.db
      .updateTable('alert_state')
      .set({ state: JSON.stringify({ ...kept.state, incidents: Object.fromEntries(incidents) as object }) })
      .execute();
    await slack.interact({ user: sam.id, channel, messageTs: ts, actionId: 'alert-acknowledge' });
    expect((await heard(sam, 1)).text).toMatch(/^This alert is over/);
    expect(await listDecisions(app.db, 'APOLLO')).toEqual([]);
  });
});
