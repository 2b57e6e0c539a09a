import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { made } from '../../src/jobs/making/made.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { readSheet } from '../../src/store/sheets.ts';
import { listSubscriptions } from '../../src/store/subscriptions.ts';
import { at } from '../builders.ts';
import { claire, sam } from '../demo/slack/stage.ts';
import { isPicture, jsonOf } from './seen.ts';
import { hostile, openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const apollo = 'C0APOLLO';
let stage: SlackStage;
let slack: SlackServer;
let app: App;
beforeAll(async () => {
  const teams = '[{ name: Payments, projects: [APO] }, { name: Web shop, components: [web] }]';
  stage = await openSlackStage({ apollo: `, teams: ${teams}` });
  ({ slack, app } = stage);
});
afterAll(() => stage.close());

const own = (user: string, channel: string) =>
  slack.messages(channel, user).filter((message) => message.onlyFor === user && !isPicture(message));

/** What somebody is answered to a command: the newest of what only they see. */
async function answerTo(text: string, { user = sam.id, channel = apollo } = {}) {
  const before = own(user, channel).length;
  expect(await slack.command({ user, channel, text })).toMatchObject({ ok: true });
  await expect.poll(() => own(user, channel).length).toBeGreaterThan(before);
  await allParts(user, channel);
  return own(user, channel)[before]!;
}

/** A long answer comes in several parts, one after the other: until the last one is there. */
async function allParts(user: string, channel: string): Promise<void> {
  let count = -1;
  while (own(user, channel).length !== count) {
    count = own(user, channel).length;
    await systemClock.sleep(250);
  }
}

const zone = 'Europe/Paris';
const wordsOf = (message: { blocks: readonly unknown[] }) => JSON.stringify(message.blocks);

describe('/pmo', () => {
  it.each([
    ['help', /What you can ask me/, /forecast --by/],
    ['status', /Apollo/, /current date/],
    ['status', /Open alerts/, /Milestone slipped \(.*1\.0.*\)/],
    ['status as-of 2026-11-20', /As it stood 20 Nov 23:59/, /^(?!.*Open alerts)/s],
    ['forecast as-of 2026-11-20', /As it stood 20 Nov 23:59/, /forecast/],
    ['digest as-of 2026-11-20', /As it stood 20 Nov 23:59/, /Apollo · week 47/],
    ['portfolio as-of 2026-11-20', /As it stood 20 Nov 23:59/, /Portfolio · week 47/],
    ['status apollo', /Apollo/, /open/],
    ['milestones', /milestones/, /moved from 18 Dec to 29 Jan/],
    ['risks', /risks/, /Data of/],
    ['sprint', /no sprint is running/, /Data of/],
    ['capacity', /capacity/, /Teams, not persons/],
    ['capacity payments', /Apollo.*Payments.*capacity/, /1 open.*A team, not persons/],
    ['capacity apollo web shop as-of 2026-11-20', /Web shop/, /Nothing open.*no history of its own yet/],
    ['budget', /Budget unknown/, /vigie calc budget/],
    ['forecast', /forecast/, /weeks.* of its own history/],
    ['forecast --by "20 Dec"', /By Sun 20 Dec/, /with 85/],
    ['forecast —by 20 Dec', /By Sun 20 Dec/, /with 85/],
    ['as-of 20 Nov', /^\[[^}]*As it stood 20 Nov 23:59 \(Europe/, /^(?!.*Open alerts).*Apollo/s],
    ['status as-of 2026-11-30', /Apollo/, /Open alerts/],
    ['forecast --items 4', /4 items/, /85.% sure by|not within/],
    ['forecast apollo "<!here> 1.0"', /forecast/, /1\.0/],
    ['explain', /What can be explained of Apollo/, /cycleTimeDays/],
    ['explain apollo cycleTimeDays', /Apollo/, /APO-/],
    ['explain cycle-time-days', /Apollo/, /APO-/],
    ['explain portfolio', /portfolio/i, /Apollo/],
    ['digest', /Apollo · week/, /open/],
    ['portfolio', /Portfolio/, /Apollo/],
    ['decisions', /Decisions/, /None yet/],
    ['why', /Open alerts/, /alert-why/],
    ['why "<!here> 1.0"', /What happened/, /told/],
    ['why 9.9', /No open alert here is called “9\.9”/, /alert-why/],
    ['unsubscribe', /Nobody subscribed/, /subscribe/],
  ])('%s', async (text, first, second) => {
    const answer = await answerTo(text);
    expect(wordsOf(answer)).toMatch(first);
    expect(wordsOf(answer)).toMatch(second);
    expect(answer.text).not.toBe('');
    expect(slack.violations).toEqual([]);
  });

  it.each([
    ['status as-of "31 Feb"', /can’t read “31 Feb” as a date/],
    ['forecast --by "31 Feb"', /can’t read “31 Feb” as a date.*--by 2027-02-28/],
    ['forecast --by 31 Feb', /can’t read “31 Feb” as a date.*--by 2027-02-28/],
    ['forecast --by 2020-01-01', /Wed 1 Jan 2020 is over.*status APOLLO as-of 2020-01-01/],
    ['status as-of 2030-01-01', /Tue 1 Jan 2030 is yet to come.*forecast APOLLO --by 2030-01-01/],
    ['portfolio as-of 2030-01-01', /yet to come.*forecast --by 2030-01-01/],
    ['status --verbose', /takes no.*--verbose.*did nothing/],
    ['forecast --items some', /can’t read “some” as a number/],
    ['forecast apollo 9.9', /no milestone called “9\.9”/],
    ['why as-of 2026-11-20', /`?\/pmo why`?.*takes no.*as-of/],
    ['snooze "<!here> 1.0" as-of 2026-11-20', /takes no.*as-of.*did nothing/],
    ['unsubscribe --json', /takes no.*--json/],
    ['status --by 2026-12-20', /takes no.*--by/],
    ['risks --items 4', /takes no.*--items/],
    ['capacity apollo paymnets', /no team called “paymnets”.*Did you mean.*capacity APOLLO Payments/],
    ['capacity warehouse', /no team called “warehouse”.*Its teams: Payments and Web shop/],
    ['capacity apolo', /no project I may show here.*Did you mean.*Apollo/],
    ['explain apollo cycletimeday', /Did you mean.*cycleTimeDays/],
    ['explain apollo cycletime', /Did you mean.*cycleTimeDays/],
    ['explain portfolio nowhere', /No programme that I may show here is called “nowhere”/],
    ['stauts', /Did you mean.*status/],
    ['status apolo', /no project I may show here.*Did you mean.*Apollo/],
    ['milestones hermes', /no project I may show here/],
    ['decisions hermes', /no project I may show here/],
  ])('%s says what was expected', async (text, said) => {
    expect(wordsOf(await answerTo(text))).toMatch(said);
  });

  it('answers as of then, in the language of who asks, and as data', async () => {
    const then = await answerTo('milestones as-of 2026-11-20', { user: claire.id });
    expect(wordsOf(then)).toMatch(/jalons/);
    expect(wordsOf(then)).toMatch(/18 décembre/);
    expect(wordsOf(then)).not.toMatch(/29 janvier/);
  });

  it('gives the data of an answer whole', async () => {
    const { sheet, dataAt } = (await readSheet(app.db, 'APOLLO'))!;
    const trust = { ...sheet.capacity.trust, dataAt };
    const [payments] = sheet.capacity.teams!;
    const { teams: _, halfDoneBy: _half, finished: _finished, ...about } = sheet.capacity;
    const asOf = at('2026-11-20T22:59:59.999Z');
    const { report } = await made(app, 'projectDigest', { project: 'APOLLO', asOf, zone, readIn: apollo });
    for (const [text, expected] of [
      ['capacity --json', { ...sheet.capacity, trust }],
      ['capacity payments --json', { ...about, trust, ...payments, kind: 'team-capacity' }],
      ['digest as-of 2026-11-20 --json', report],
    ] as const)
      expect(JSON.parse(jsonOf([await answerTo(text)]))).toEqual(JSON.parse(JSON.stringify(expected)));
  });

  it('says how a project names teams where it has none', async () => {
    const hermes = { channel: 'C0HERMES' };
    expect(wordsOf(await answerTo('capacity payments', hermes))).toMatch(/Hermes.*has no teams yet.*teams: \[/);
    const inFrench = await answerTo('capacity hermes payments', { ...hermes, user: claire.id });
    expect(wordsOf(inFrench)).toMatch(/n’a pas encore d’équipes.*teams: \[/);
  });

  it('shows a project of another channel to nobody, whatever is asked, and says the same as for one that is not there', async () => {
    const hidden = await answerTo('status hermes');
    const absent = await answerTo('status zermes');
    expect(wordsOf(hidden).replace('hermes', 'zermes')).toBe(wordsOf(absent));
    expect(wordsOf(await answerTo('portfolio'))).not.toContain('Hermes');
    expect(wordsOf(await answerTo('explain portfolio'))).not.toContain('Hermes');
  });

  it('keeps the answers that are asked for most, so that none waits for a measuring', async () => {
    const { madeAt, sheet } = (await readSheet(app.db, 'APOLLO'))!;
    await answerTo('status');
    await answerTo('risks');
    expect(wordsOf(await answerTo('forecast'))).toContain(sheet.forecast.milestones[0]!.name);
    expect((await readSheet(app.db, 'APOLLO'))!.madeAt).toBe(madeAt);
    expect(sheet.status.project.name).toBe('Apollo');
  });

  it('leads on by buttons, and is shared with the channel only when somebody says so', async () => {
    const answer = await answerTo('status');
    const public_ = () => slack.messages(apollo, sam.id).filter(({ onlyFor }) => onlyFor === null).length;
    const before = public_();
    const press = (actionId: string) =>
      slack.interact({ user: sam.id, channel: apollo, messageTs: answer.ts, actionId });
    const count = own(sam.id, apollo).length;
    await press('answer-ask:milestones');
    await expect.poll(() => own(sam.id, apollo).length).toBe(count + 1);
    expect(public_()).toBe(before);
    await press('answer-share');
    await expect.poll(public_).toBe(before + 1);
    const shared = slack.messages(apollo, claire.id).findLast(({ onlyFor }) => onlyFor === null)!;
    expect(wordsOf(shared)).toContain('Shared by sam');
    expect(wordsOf(shared)).not.toContain('"actions"');
  });

  it('snoozes an alert by its name, once and for everybody', async () => {
    expect(wordsOf(await answerTo('snooze "<!here> 1.0"'))).toMatch(
      /Quiet until 3 Dec 08:30: .*moved.*told again then if it still holds/,
    );
    expect(wordsOf(await answerTo('snooze "<!here> 1.0"', { user: claire.id }))).toMatch(/rien n’a changé/);
    expect(wordsOf(await answerTo('decisions'))).toMatch(/sam.*asked for quiet until/);
  });

  it('keeps the text of others text', async () => {
    const answer = await answerTo('risks');
    const said = `${answer.text} ${wordsOf(answer)}`;
    expect(said).not.toMatch(/"type":"broadcast"|<!channel>(?!.*")|"url":"https:\/\/evil/);
    expect(hostile).toContain('<!channel>');
  });
});

describe('minutes', () => {
  it('are written in a form with the agenda in it, told to the channel, and their actions chased until closed', async () => {
    await slack.command({ user: sam.id, channel: apollo, text: 'minutes' });
    await expect.poll(() => slack.workspace.viewsOf(sam.id).length).toBe(1);
    expect(JSON.stringify(slack.workspace.viewsOf(sam.id)[0]!.content)).toMatch(/moved from 18 Dec to 29 Jan/);
    const send = (values: Record<string, string>) => slack.submit({ user: sam.id, values });
    const action = { 'action-what-1': 'Ask <!channel> again', 'action-owner-1': claire.id };
    expect(await send(action)).toMatchObject({ errors: { 'action-due-1': 'Say by when.' } });
    expect(await send({ ...action, 'action-due-1': '2020-01-01' })).toMatchObject({
      errors: { 'action-due-1': 'That day is over.' },
    });
    const soon = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    const people = { 'minutes-participants': `${sam.id},${claire.id}`, 'minutes-notes': 'Agreed: *ship* <@U1>' };
    expect(await send({ ...action, ...people, 'action-due-1': soon })).toMatchObject({ ok: true, errors: null });
    const told = () => slack.messages(apollo, claire.id).find((message) => wordsOf(message).includes('minutes'));
    await expect.poll(() => told() && wordsOf(told()!)).toContain(JSON.stringify({ type: 'user', user_id: claire.id }));
    expect(wordsOf(told()!)).toContain('"text":"Agreed: *ship* <@U1>"');
    const decisions = await answerTo('decisions');
    expect(wordsOf(decisions)).toMatch(/Open actions.*Ask <!channel> again.*answer-done/);
    const done = () =>
      slack.interact({ user: sam.id, channel: apollo, messageTs: decisions.ts, actionId: 'answer-done' });
    const count = own(sam.id, apollo).length;
    await done();
    await expect.poll(() => own(sam.id, apollo)[count]?.text).toMatch(/^Done: /);
    await done();
    await expect.poll(() => own(sam.id, apollo)[count + 1]?.text).toBe('That is closed already.');
    expect(slack.violations).toEqual([]);
  });
});

describe('App Home', () => {
  const open = async (user: string) => {
    await slack.event({ type: 'app_home_opened', user, channel: 'D1', tab: 'home' });
    await expect.poll(() => slack.workspace.homeOf(user)).not.toBe(null);
    return JSON.stringify(slack.workspace.homeOf(user)!.content);
  };
  const act = async (user: string, actionId: string, value: string, expected: RegExp) => {
    await slack.interactHome({ user, actionId, value });
    await expect.poll(() => JSON.stringify(slack.workspace.homeOf(user)!.content)).toMatch(expected);
  };

  it('shows the projects of the channels of a person, what is open, and what comes next', async () => {
    const page = await open(claire.id);
    for (const part of [/Votre vigie/, /Apollo/, /Hermes/, /Alertes ouvertes/, /En pause jusqu/])
      expect(page).toMatch(part);
    expect(slack.violations).toEqual([]);
  });

  it('is in the language that they choose there, and so is every answer from then on', async () => {
    await open(claire.id);
    await act(claire.id, 'home-locale', 'en', /Your lookout/);
    expect(wordsOf(await answerTo('milestones', { user: claire.id }))).toMatch(/milestones/);
    await act(claire.id, 'home-locale', 'slack', /Votre vigie/);
    await act(claire.id, 'home-zone', 'UTC', /\(UTC\)/);
  });

  it('adds and ends what a channel is told', async () => {
    await open(sam.id);
    await slack.interactHome({ user: sam.id, actionId: 'home-subscribe' });
    await expect.poll(() => slack.workspace.viewsOf(sam.id).length).toBe(1);
    const send = (channel: string) =>
      slack.submit({
        user: sam.id,
        values: {
          'subscribe-report': JSON.stringify(['project-digest', 'APOLLO']),
          'subscribe-rhythm': 'daily',
          'subscribe-channel': channel,
        },
      });
    expect(await send('C0HERMES')).toMatchObject({
      errors: { 'subscribe-report': expect.stringMatching(/may not be shown/) },
    });
    expect(await send(apollo)).toMatchObject({ ok: true, errors: null });
    await expect
      .poll(() => listSubscriptions(app.db))
      .toMatchObject([
        { report: 'project-digest', subject: 'APOLLO', channel: apollo, every: '30 8 * * MON-FRI', createdBy: sam.id },
      ]);
    await expect.poll(() => JSON.stringify(slack.workspace.homeOf(sam.id)!.content)).toContain('home-unsubscribe');
    await act(sam.id, 'home-unsubscribe', JSON.stringify(['project-digest', 'APOLLO', apollo]), /What your channels/);
    await expect.poll(() => listSubscriptions(app.db)).toEqual([]);
    expect(slack.violations).toEqual([]);
  });
});
