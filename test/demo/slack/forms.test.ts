import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackServer } from '../../../src/demo/slack/start-slack.ts';
import { claire, monday, openStage, sam, standingClock } from './stage.ts';

let slack: SlackServer;
let app: Server;
let clock: ReturnType<typeof standingClock>;
/** What the app answers to a form. */
let answer: object | null;
let heard: URLSearchParams[];

beforeEach(async () => {
  clock = standingClock(monday);
  slack = await openStage({ clock });
  answer = null;
  heard = [];
  app = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push(new URLSearchParams(body));
      response.setHeader('Content-Type', 'application/json');
      response.end(answer === null ? '' : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  slack.requestUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/`;
});
afterEach(async () => {
  await slack.close();
  await new Promise((resolve) => app.close(resolve));
});

async function call(method: string, args: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${slack.bot.botToken}` },
    body: JSON.stringify(args),
  });
  return (await response.json()) as Record<string, unknown>;
}

const text = (value: string) => ({ type: 'plain_text', text: value });
const field = (id: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: id,
  label: text(id),
  element: { action_id: `a-${id}`, ...element },
  ...more,
});
const formOf = (...blocks: object[]) => ({ type: 'modal', title: text('T'), submit: text('Send'), blocks });
const reason = field('reason', { type: 'plain_text_input', min_length: 3, max_length: 10 });
const owner = field('owner', { type: 'users_select' }, { optional: true });

async function trigger(user = sam.id): Promise<string> {
  await slack.command({ user, channel: 'C0APOLLO', text: '' });
  return heard.at(-1)!.get('trigger_id')!;
}
const open = async (view: object) => call('views.open', { trigger_id: await trigger(), view });
const send = (values: Record<string, string>) => slack.submit({ user: sam.id, values });

describe('a form', () => {
  it.each([
    ['without what it requires', {}, { reason: 'Please complete this required field.' }],
    ['too short', { reason: 'no' }, { reason: 'Please enter at least 3 characters.' }],
    ['too long', { reason: 'a'.repeat(11) }, { reason: 'Please enter at most 10 characters.' }],
  ])('%s is held back by Slack, and the app hears nothing', async (_, values, errors) => {
    await open(formOf(reason, owner));
    const before = heard.length;
    expect(await send(values)).toMatchObject({ ok: false, error: 'form_incomplete', errors });
    expect(heard).toHaveLength(before);
    expect(slack.workspace.viewsOf(sam.id)).toHaveLength(1);
  });

  it('closes when the app takes it, and stays with what the app says is wrong', async () => {
    await open(formOf(reason, owner));
    answer = { response_action: 'errors', errors: { reason: 'Say more.' } };
    expect(await send({ reason: 'because' })).toMatchObject({ ok: true, errors: { reason: 'Say more.' } });
    expect(slack.workspace.viewsOf(sam.id)).toHaveLength(1);
    answer = null;
    expect(await send({ reason: 'because' })).toMatchObject({ ok: true, errors: null });
    expect(slack.workspace.viewsOf(sam.id)).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  it('that is told of mistakes where it has no field is our mistake', async () => {
    await open(formOf(reason));
    answer = { response_action: 'errors', errors: { ground: 'Say more.' } };
    await send({ reason: 'because' });
    expect(slack.violations).toEqual(['view_submission: errors for no field: ground']);
  });

  it.each<[string, object, RegExp]>([
    [
      'a menu that starts with what it does not offer',
      { type: 'static_select', options: [option('a')], initial_option: option('b') },
      /initial_option/,
    ],
    [
      '101 options',
      { type: 'static_select', options: Array.from({ length: 101 }, (_, at) => option(`o${at}`)) },
      /max_items/,
    ],
    ['an option of 76 letters', { type: 'static_select', options: [option('a'.repeat(76))] }, /options\/0\/text/],
    ['a shortest longer than the longest', { type: 'plain_text_input', min_length: 9, max_length: 3 }, /min_length/],
    ['more text than it takes', { type: 'plain_text_input', max_length: 3, initial_value: 'four' }, /initial_value/],
  ])('is refused with %s', async (_, element, pointer) => {
    expect(JSON.stringify(await open(formOf(field('x', element))))).toMatch(pointer);
    expect(slack.violations.join()).toMatch(/^views.open: invalid_arguments/);
  });

  it.each<[string, object, string]>([
    ['101 blocks', { blocks: Array.from({ length: 101 }, () => ({ type: 'divider' })) }, 'invalid_arguments'],
    [
      'a table, which stands in messages and homes only',
      { blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }] },
      'invalid_arguments',
    ],
    ['a title of 25 letters', { title: text('a'.repeat(25)) }, 'invalid_arguments'],
    ['no button to send it with', { submit: undefined }, 'invalid_arguments'],
    ['3,001 letters that it carries', { private_metadata: 'a'.repeat(3001) }, 'invalid_arguments'],
    [
      'more than 250 kB',
      { blocks: Array.from({ length: 90 }, () => ({ type: 'section', text: text('ö'.repeat(3000)) })) },
      'view_too_large',
    ],
  ])('is refused with %s', async (_, parts, error) => {
    expect(await open({ ...formOf(reason), ...parts })).toMatchObject({ ok: false, error });
    expect(slack.workspace.viewsOf(sam.id)).toEqual([]);
  });
});

describe('a trigger', () => {
  it('opens one form, within three seconds', async () => {
    const id = await trigger();
    clock.advance(2_900);
    expect(await call('views.open', { trigger_id: id, view: formOf(reason) })).toMatchObject({ ok: true });
    expect(await call('views.open', { trigger_id: id, view: formOf(reason) })).toMatchObject({
      error: 'exchanged_trigger_id',
    });
    const late = await trigger();
    clock.advance(3_100);
    expect(await call('views.open', { trigger_id: late, view: formOf(reason) })).toMatchObject({
      error: 'expired_trigger_id',
    });
    expect(slack.violations).toHaveLength(2);
  });

  it('stacks no fourth form', async () => {
    for (let count = 0; count < 3; count += 1) expect(await open(formOf(reason))).toMatchObject({ ok: true });
    expect(await open(formOf(reason))).toMatchObject({ error: 'push_limit_reached' });
  });
});

describe('a home', () => {
  it('that was shown anew since is not overwritten by who knows its old state', async () => {
    const view = { type: 'home', blocks: [{ type: 'divider' }] };
    const publish = (hash?: string) => call('views.publish', { user_id: sam.id, view, ...(hash ? { hash } : {}) });
    const first = (await publish()) as { view: { hash: string } };
    clock.advance(1_000);
    expect(await publish(first.view.hash)).toMatchObject({ ok: true });
    expect(await publish(first.view.hash)).toMatchObject({ ok: false, error: 'hash_conflict' });
  });
});

describe('people', () => {
  it('type nothing and press nothing where they are not', async () => {
    expect(await slack.command({ user: claire.id, channel: 'C0SECRET', text: 'status' })).toMatchObject({
      error: 'channel_not_found',
    });
    const blocks = [{ type: 'actions', elements: [{ type: 'button', action_id: 'b', text: text('B') }] }];
    const { ts } = (await call('chat.postMessage', { channel: 'C0SECRET', text: 'x', blocks })) as { ts: string };
    const press = (user: string) => slack.interact({ user, channel: 'C0SECRET', messageTs: ts, actionId: 'b' });
    expect(await press(claire.id)).toMatchObject({ error: 'action_not_found' });
    expect(await press(sam.id)).toMatchObject({ ok: true });
    const own = (await call('chat.postEphemeral', { channel: 'C0APOLLO', user: sam.id, text: 'x', blocks })) as {
      message_ts: string;
    };
    const pressOwn = (user: string) =>
      slack.interact({ user, channel: 'C0APOLLO', messageTs: own.message_ts, actionId: 'b' });
    expect(await pressOwn(claire.id)).toMatchObject({ error: 'action_not_found' });
    expect(await pressOwn(sam.id)).toMatchObject({ ok: true });
  });
});

function option(value: string) {
  return { text: text(value), value: 'v' };
}
