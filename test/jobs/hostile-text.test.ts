import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../src/app.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { targetFor } from '../../src/jobs/targets/digest-target.ts';
import { makeDigest } from '../../src/jobs/making/make-digest.ts';
import { postNow } from '../../src/jobs/digests/post-now.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { toHtmlPage } from '../../src/render/html.ts';
import { render } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { claire, sam } from '../demo/slack/stage.ts';
import {
  expectTold,
  hostileText,
  marks,
  textOfHtml,
  wordsOfBlocks,
  wordsOfForm,
  wordsOfMessage,
  isPicture,
  jsonOf,
} from './seen.ts';
import { openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const apollo = 'C0APOLLO';
const never = () => new AbortController().signal;

describe.each([
  ['full of markup', undefined],
  ['of 5,000 letters', 5_000],
])('titles %s', (_, length) => {
  const texts = marks.map((mark) => hostileText(mark, length).slice(0, mark === 'Zproject' ? 80 : undefined));
  const textOf = (mark: (typeof marks)[number]) => texts[marks.indexOf(mark)]!;
  const told = (words: string, ...expected: readonly (typeof marks)[number][]) => expectTold(words, texts, expected);
  let stage: SlackStage;
  let slack: SlackServer;
  let app: App;

  beforeAll(async () => {
    const plan = {
      sprint: textOf('Zsprint'),
      goal: textOf('Zgoal'),
      epic: textOf('Zepic'),
      status: textOf('Zstatus'),
    };
    // The config takes no longer name of a project.
    const named = { item: textOf('Zitem'), version: textOf('Zversion'), project: textOf('Zproject'), plan };
    stage = await openSlackStage({ texts: named });
    ({ slack, app } = stage);
    Object.assign(slack.workspace.users.get(sam.id)!, { name: textOf('Zperson') });
  });
  afterAll(async () => {
    await stage.close();
  });

  const own = (user: string, channel = apollo) =>
    slack.messages(channel, user).filter((message) => message.onlyFor === user && !isPicture(message));

  /** All that comes after an act, when nothing more does. */
  async function answersTo(act: () => Promise<unknown>, user = sam.id): Promise<string> {
    const before = own(user).length;
    await act();
    await expect.poll(() => own(user).length).toBeGreaterThan(before);
    for (let count = -1; count !== own(user).length; await systemClock.sleep(250)) count = own(user).length;
    return own(user).slice(before).map(wordsOfMessage).join('\n');
  }
  const asked = (text: string, user = sam.id) => answersTo(() => slack.command({ user, channel: apollo, text }), user);
  const alert = () => slack.messages(apollo, sam.id)[0]!;
  const press = (actionId: string) =>
    slack.interact({ user: sam.id, channel: apollo, messageTs: alert().ts, actionId });
  async function formAfter(act: () => Promise<unknown>) {
    await act();
    await expect.poll(() => slack.workspace.viewsOf(sam.id).length).toBe(1);
    return slack.workspace.viewsOf(sam.id)[0]!;
  }

  it('are told by an alert, its evidence and its thread as they are', async () => {
    told(wordsOfMessage(alert()), 'Zproject', 'Zversion');
    await stage.moveAgain();
    const inThread = () => slack.messages(apollo).filter(({ threadTs }) => threadTs === alert().ts);
    await expect.poll(() => inThread().length).toBe(1);
    told(inThread().map(wordsOfMessage).join('\n'), 'Zversion');
    told(slack.messages(apollo).map(wordsOfMessage).join('\n'), 'Zproject', 'Zversion');
    told(await answersTo(() => press('alert-why')), 'Zproject', 'Zversion');
    for (const text of ['why', `why "${textOf('Zversion')}"`]) told(await asked(text), 'Zversion');
  });

  it.each([
    ['status', ['Zproject', 'Zversion', 'Zsprint']],
    ['milestones', ['Zproject', 'Zversion']],
    ['risks', ['Zproject', 'Zversion']],
    ['sprint', ['Zproject', 'Zsprint']],
    ['capacity', ['Zproject']],
    ['forecast', ['Zproject', 'Zversion']],
    ['explain', ['Zproject', 'Zversion', 'Zsprint']],
    ['explain aged-wip', ['Zproject']],
    ['explain MILESTONE_MOVED', ['Zproject']],
    ['explain cycleTimeDays', ['Zproject']],
    ['digest', ['Zproject', 'Zversion', 'Zitem']],
    ['portfolio', ['Zproject', 'Zversion']],
    ['budget', ['Zproject']],
    ['unsubscribe', []],
  ] as const)('are told by %s as they are, in both languages', async (text, expected) => {
    for (const user of length === undefined ? [sam.id, claire.id] : [sam.id])
      told(await asked(text, user), ...expected);
    expect(slack.violations).toEqual([]);
  });

  it.each([
    'status',
    'capacity apollo',
    'forecast apollo',
    'explain apollo',
    'why',
    'stauts',
    'decisions',
    'status as-of',
    '--by',
  ])('typed after “%s” are said back as they are', async (text) => {
    told(await asked(`${text} "${textOf('Zitem')}"`));
    expect(slack.violations).toEqual([]);
  });

  it('are data in JSON, untouched', async () => {
    const before = own(sam.id).length;
    await asked('status --json');
    const posts = own(sam.id).slice(before);
    expect(posts.length).toBe(length === undefined ? 1 : 3);
    const data = JSON.parse(jsonOf(posts)) as object;
    // No database keeps a NUL.
    const kept = textOf('Zversion').replaceAll('\u0000', '\uFFFD');
    expect(data).toMatchObject({ about: { name: kept } });
    const report = await makeDigest(app, targetFor(app.config, 'project-digest', 'APOLLO'), Date.now());
    expect(JSON.parse(JSON.stringify(report))).toMatchObject({ health: { about: { name: kept } } });
  });

  it.each([
    ['project-digest', 'APOLLO', ['Zproject', 'Zversion', 'Zitem']],
    ['portfolio-digest', 'portfolio', ['Zproject', 'Zversion']],
    ['compliance', 'APOLLO', ['Zproject']],
    ['sprint-review', 'APOLLO', ['Zproject', 'Zsprint', 'Zgoal']],
  ] as const)(
    'are told by a %s in the channel, as a page and in a terminal as they are',
    async (kind, id, expected) => {
      const target = { ...targetFor(app.config, kind, id), channel: apollo };
      const sprint = kind === 'sprint-review' ? { sprint: '6' } : {};
      const before = slack.messages(apollo).length;
      const asOf = Date.now();
      expect(await postNow(app, { ...target, ...sprint }, { asOf, signal: never() })).toMatchObject({ kind: 'posted' });
      told(slack.messages(apollo).slice(before).map(wordsOfMessage).join('\n'), ...expected);
      const report = await makeDigest(app, { ...target, ...sprint }, asOf);
      for (const locale of app.templates.locales) {
        const document = render(app.templates, report, locale);
        const page = toHtmlPage([document]);
        expect(page).not.toMatch(/href="[^"]*evil|<b onclick|\u202E|[^\P{Cc}\n]/u);
        told(textOfHtml(page), ...expected);
        const terminal = toText(document, { width: 20_000 });
        expect(terminal).not.toMatch(/\u202E|[^\P{Cc}\n]/u);
        told(terminal, ...expected);
      }
    },
  );

  it('stand in forms, homes and menus as they are, and are kept as typed', async () => {
    await slack.event({ type: 'app_home_opened', user: sam.id, channel: 'D1', tab: 'home' });
    await expect.poll(() => slack.workspace.homeOf(sam.id)).not.toBe(null);
    const home = () => wordsOfBlocks(slack.workspace.homeOf(sam.id)!.content['blocks'] as unknown[]);
    told(home(), 'Zproject', 'Zversion');

    const subscribe = await formAfter(() => slack.interactHome({ user: sam.id, actionId: 'home-subscribe' }));
    told(wordsOfForm(subscribe, slack), 'Zproject');
    const report = JSON.stringify(['project-digest', 'APOLLO']);
    const values = { 'subscribe-report': report, 'subscribe-rhythm': 'weekly', 'subscribe-channel': apollo };
    expect(await slack.submit({ user: sam.id, values })).toMatchObject({ ok: true, errors: null });
    await expect.poll(() => slack.messages('D0SAM').length).toBe(1);
    told(slack.messages('D0SAM').map(wordsOfMessage).join('\n'), 'Zproject');
    told(await asked('unsubscribe'), 'Zproject');
    await expect.poll(home).toMatch(/digest.*Zproject/i);
    told(home());

    const minutes = await formAfter(() => slack.command({ user: sam.id, channel: apollo, text: 'minutes' }));
    told(wordsOfForm(minutes, slack), 'Zversion');
    const typed = hostileText('Ztyped', length === undefined ? undefined : 3_000);
    const action = { 'action-what-1': hostileText('Zaction', length && 300), 'action-owner-1': claire.id };
    const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const before = slack.messages(apollo).length;
    const filled = { 'minutes-notes': typed, 'minutes-participants': claire.id, ...action, 'action-due-1': soon };
    expect(await slack.submit({ user: sam.id, values: filled })).toMatchObject({ ok: true, errors: null });
    await expect.poll(() => slack.messages(apollo).length).toBeGreaterThan(before);
    const said = slack.messages(apollo).slice(before).map(wordsOfMessage);
    expectTold(said.join('\n'), [typed, action['action-what-1']], ['Ztyped', 'Zaction']);

    const dispute = await formAfter(() => press('alert-dispute'));
    told(wordsOfForm(dispute, slack));
    const reason = hostileText('Zreason', length && 500);
    expect(await slack.submit({ user: sam.id, values: { 'dispute-reason': reason } })).toMatchObject({ errors: null });
    await expect.poll(() => wordsOfMessage(alert())).toMatch(/Disputed by Zperson/);
    told(wordsOfMessage(alert()), 'Zperson', 'Zversion');
    const decisions = await asked('decisions');
    expectTold(decisions, [reason, ...texts, action['action-what-1']], ['Zreason', 'Zperson', 'Zversion', 'Zaction']);
    expect(slack.violations).toEqual([]);
  });
});
