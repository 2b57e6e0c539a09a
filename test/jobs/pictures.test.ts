import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/demo/slack/faults.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { pictureOf } from '../../src/render/chart/picture.ts';
import { toSlack } from '../../src/render/slack.ts';
import { renderTemplate } from '../../src/render/templates.ts';
import { enqueue, listParts } from '../../src/store/outbox.ts';
import { aPoster, monday, openStage } from '../demo/slack/stage.ts';
import { chartSamples } from '../render/chart/chart-samples.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

const channel = 'C0APOLLO';
let stage: JobStage;
let slack: SlackServer;

beforeEach(async () => {
  stage = await openJobStage(
    'projects: {}\nsources: {}\nslack: { botToken: "${TOKEN}", signingSecret: "${SECRET}" }',
    monday,
  );
  slack = await openStage({ clock: stage.clock, app: { botToken: 'xoxb-test' } });
});
afterEach(async () => {
  await slack.close();
  await stage.close();
});

/** A message with a picture in its thread, and a reply after it; its id. */
async function send(name = 'burn-up.usual', key = 'digest:1'): Promise<number> {
  const words = renderTemplate(stage.templates, 'answer-failed', { reference: 'Apollo', command: '/pmo' }, 'en');
  const picture = pictureOf(stage.templates, chartSamples[name]!, 'en');
  const { replies, ...root } = toSlack({ ...words, pictures: [picture] });
  const message = { root, replies: [...replies, { text: 'after it', blocks: [] }] };
  const about = { report: null, project: null, scheduleId: null, slot: null, asOf: null, expiresAt: null };
  const { id } = await enqueue(
    stage.db,
    { key, kind: 'digest', channel, dueAt: stage.now, message, ...about },
    stage.now,
  );
  return id;
}

const deliver = () => {
  const poster = aPoster({
    botToken: 'xoxb-test',
    apiUrl: slack.apiUrl,
    timeoutMs: 4_000,
    clock: stage.clock,
    log: silentLogger,
  });
  return deliverDue({ ...stage, poster }, { signal: new AbortController().signal });
};
/** Looks at the lane until all is posted, as the worker does. */
async function deliverAll(id: number): Promise<void> {
  for (let round = 0; round < 12; round += 1) {
    await deliver();
    const parts = await listParts(stage.db, id);
    if (parts.every(({ state }) => state === 'sent')) return;
    stage.now += 30_000;
  }
  throw new Error(JSON.stringify(await listParts(stage.db, id)));
}

const calls = (method: string) => slack.calls.filter((call) => call.method === method && call.outcome === 'ok').length;
const thread = () => slack.messages(channel).filter(({ threadTs }) => threadTs !== null);
const alt = () => pictureOf(stage.templates, chartSamples['burn-up.usual']!, 'en').alt;
const words = () => [
  { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: alt() }] }] },
];

describe('a picture in a thread', () => {
  it('is uploaded, waited for and shown in its place, with words for who does not see it', async () => {
    await deliverAll(await send());
    const [shown, after] = thread();
    const [file] = slack.workspace.files.values();
    expect(shown).toMatchObject({
      text: 'Half of the likely futures end by 8 Jan 2027, 12 working days after the target',
      blocks: [{ type: 'image', slack_file: { id: file!.id }, alt_text: alt() }],
    });
    expect(after!.text).toBe('after it');
    expect(file).toMatchObject({ name: 'burn-up.png', alt: alt(), length: file!.bytes!.length });
    expect(Buffer.from(file!.bytes!).subarray(1, 4).toString()).toBe('PNG');
    expect(slack.violations).toEqual([]);
  });

  it('is uploaded once and shown once, however often its message is tried', async () => {
    const id = await send();
    slack.faults.next({ kind: 'rate-limit', retryAfter: '2' }, { method: 'chat.postMessage', times: 3 });
    await deliverAll(id);
    await deliver();
    expect(calls('files.completeUploadExternal')).toBe(1);
    expect(slack.messages(channel)).toHaveLength(3);
  });

  it('is looked for, not shown twice, when nobody knows whether it was posted', async () => {
    const id = await send();
    slack.faults.next({ kind: 'late', ms: 0 }, { method: 'chat.postMessage', times: 2 });
    await deliverAll(id);
    expect(slack.messages(channel)).toHaveLength(3);
    expect(slack.workspace.files.size).toBe(1);
  });

  it('is one file where two messages of a channel show the same', async () => {
    await deliverAll(await send());
    await deliverAll(await send('burn-up.usual', 'digest:2'));
    expect(slack.messages(channel)).toHaveLength(6);
    expect(slack.workspace.files.size).toBe(1);
  });

  it('waits while Slack works on it', async () => {
    slack.faults.processingMs = 12_000;
    await deliverAll(await send());
    expect(thread()[0]!.blocks).toMatchObject([{ type: 'image' }]);
    expect(calls('files.completeUploadExternal')).toBe(1);
    expect(slack.violations).toEqual([]);
  });

  it.each<[string, string, Fault]>([
    ['the connection breaks at the upload', 'files.getUploadURLExternal', { kind: 'drop', accepted: false }],
    ['nobody knows whether it was completed', 'files.completeUploadExternal', { kind: 'drop', accepted: true }],
    ['Slack fails', 'files.completeUploadExternal', { kind: 'status', status: 503, accepted: false }],
    ['Slack asks for patience', 'files.getUploadURLExternal', { kind: 'rate-limit', retryAfter: '7' }],
    ['the look at it fails', 'files.info', { kind: 'html', accepted: false }],
  ])('is tried again when %s', async (_name, method, fault) => {
    slack.faults.next(fault, { method });
    await deliverAll(await send());
    expect(thread()[0]!.blocks).toMatchObject([{ type: 'image' }]);
    expect(slack.messages(channel)).toHaveLength(3);
  });
});

describe('its words are posted instead', () => {
  it('where the app may not upload', async () => {
    slack.bot.scopes = slack.bot.scopes.filter((scope) => scope !== 'files:write');
    await deliverAll(await send());
    expect(thread()[0]!.blocks).toEqual(words());
    expect(thread()[1]!.text).toBe('after it');
  });

  it('where Slack refuses the message with the picture, and the next message uploads it anew', async () => {
    const id = await send();
    const poster = aPoster({ botToken: 'xoxb-test', apiUrl: slack.apiUrl, clock: stage.clock, log: silentLogger });
    const refusing = {
      ...poster,
      post: (post: Parameters<typeof poster.post>[0]) =>
        JSON.stringify(post.part.blocks).includes('slack_file')
          ? Promise.resolve({ kind: 'rejected' as const, reason: 'invalid_blocks', todo: null })
          : poster.post(post),
    };
    await deliverDue({ ...stage, poster: refusing }, { signal: new AbortController().signal });
    expect(await listParts(stage.db, id)).toMatchObject([{ state: 'sent' }, { state: 'sent' }, { state: 'sent' }]);
    expect(thread()[0]!.blocks).toEqual(words());
    await deliverAll(await send('burn-up.usual', 'digest:2'));
    expect(slack.workspace.files.size).toBe(2);
  });

  it('after three failures, so that the channel does not wait for it', async () => {
    slack.faults.next(
      { kind: 'status', status: 500, accepted: false },
      { method: 'files.getUploadURLExternal', times: 99 },
    );
    await deliverAll(await send());
    expect(thread()[0]!.blocks).toEqual(words());
    expect(slack.calls.filter(({ method }) => method === 'files.getUploadURLExternal')).toHaveLength(4);
  });
});

describe('the simulated Slack', () => {
  const ask = async (method: string, args: Record<string, string>) => {
    const response = await fetch(`${slack.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-test' },
      body: new URLSearchParams(args),
    });
    return (await response.json()) as Record<string, string>;
  };
  const image = (id: string) => JSON.stringify([{ type: 'image', slack_file: { id }, alt_text: 'a chart' }]);
  const post = (id: string) => ask('chat.postMessage', { channel, text: 'a chart', blocks: image(id) });
  const open = (length = 4) => ask('files.getUploadURLExternal', { filename: 'a.png', length: String(length) });
  const bytes = Buffer.from('\u0089PNG', 'latin1');

  it('shows no file that it does not know, that is not whole, not completed, or not ready', async () => {
    expect(await post('F00000099V')).toMatchObject({ ok: false, error: 'invalid_blocks' });
    const { upload_url: url, file_id: id } = await open();
    const complete = () => ask('files.completeUploadExternal', { files: JSON.stringify([{ id, title: 'A' }]) });
    expect(await complete()).toMatchObject({ error: 'file_not_found' });
    const wrong = await fetch(url!, { method: 'POST', body: Buffer.concat([bytes, bytes]) });
    expect([wrong.status, await wrong.text()]).toEqual([400, 'expected 4 bytes, found 8']);
    expect(await complete()).toMatchObject({ error: 'file_not_found' });
    expect((await fetch(url!, { method: 'POST', body: bytes })).status).toBe(200);
    expect(await post(id!)).toMatchObject({ error: 'invalid_blocks' });
    expect(await complete()).toMatchObject({ ok: true, files: [{ id, title: 'A' }] });
    expect(await post(id!)).toMatchObject({ error: 'invalid_blocks' });
    expect(await ask('files.info', { file: id! })).toMatchObject({ file: { mimetype: '' } });
    stage.now += 1_000;
    expect(await ask('files.info', { file: id! })).toMatchObject({ file: { mimetype: 'image/png', title: 'A' } });
    expect(await post(id!)).toMatchObject({ ok: true });
  });

  it('asks for the scopes, a name and a length', async () => {
    expect(await open(0)).toMatchObject({ error: 'invalid_arguments' });
    expect(await ask('files.getUploadURLExternal', { length: '4' })).toMatchObject({ error: 'invalid_arguments' });
    expect(await ask('files.info', { file: 'F0' })).toMatchObject({ error: 'file_not_found' });
    slack.bot.scopes = ['chat:write'];
    expect(await open()).toMatchObject({ error: 'missing_scope', needed: 'files:write' });
    expect(await ask('files.info', { file: 'F0' })).toMatchObject({ error: 'missing_scope', needed: 'files:read' });
  });
});
