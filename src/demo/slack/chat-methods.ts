import type { Call, Method } from './call.ts';
import { Refusal, jsonArgument, required, textArgument } from './call.ts';
import { postableChannel } from './channel-methods.ts';
import { botProfile, presentMessage } from './present-message.ts';
import { missingFiles } from './file-methods.ts';
import { isObject } from './shape.ts';
import { validateMessage } from './validate-blocks.ts';
import type { SlackMessage } from './workspace.ts';

/** Text and blocks that pass, or Slack's refusal with a pointer to each thing that is wrong. */
function readContent(call: Call): { text: string; blocks: readonly unknown[] } {
  const text = textArgument(call, 'text') ?? '';
  const blocks = jsonArgument(call, 'blocks', 'invalid_blocks_format');
  const { error, errors } = validateMessage({ text, blocks });
  if (error !== null) {
    const messages = errors.map(({ message, pointer }) => `[ERROR] ${message} [json-pointer:${pointer}]`);
    const details = errors.length > 0 ? { errors, response_metadata: { messages } } : {};
    throw new Refusal(error, details);
  }
  const shown = Array.isArray(blocks) ? blocks : [];
  const [missing] = missingFiles(shown, call.workspace, call.now);
  if (missing !== undefined) throw new Refusal('invalid_blocks', invalidFile(missing));
  return { text, blocks: shown };
}

/** As Slack says it of a file that is not there, or not ready (python-slack-sdk 1797). */
function invalidFile(pointer: string): Readonly<Record<string, unknown>> {
  const messages = [`[ERROR] invalid slack file [json-pointer:${pointer}]`];
  return {
    errors: [{ pointer, code: 'invalid_file', message: 'invalid slack file' }],
    response_metadata: { messages },
  };
}

function readMetadata(call: Call): unknown {
  const metadata = jsonArgument(call, 'metadata', 'invalid_metadata_format');
  if (metadata === undefined) return null;
  if (!isObject(metadata) || typeof metadata['event_type'] !== 'string' || !isObject(metadata['event_payload'])) {
    throw new Refusal('invalid_metadata_schema');
  }
  return metadata;
}

const postMessage: Method = (call) => {
  const { workspace, landsAt } = call;
  const channel = postableChannel(call);
  const content = readContent(call);
  const threadTs = textArgument(call, 'thread_ts');
  if (threadTs !== null) {
    const root = workspace.find(channel.id, threadTs);
    if (!root || root.landsAt > call.now) throw new Refusal('thread_not_found');
    // A reply to a reply goes to the root's thread.
    if (root.threadTs !== null) throw new Refusal('cannot_reply_to_message');
  }
  const message = workspace.add({
    channel: channel.id,
    user: workspace.bot.userId,
    isBot: true,
    ...content,
    threadTs,
    metadata: readMetadata(call),
    landsAt,
    onlyFor: null,
  });
  return { channel: channel.id, ts: message.ts, message: present(call, message) };
};

const postEphemeral: Method = (call) => {
  const { workspace, landsAt } = call;
  const channel = postableChannel(call);
  const user = required(call, 'user');
  if (!channel.members.has(user)) throw new Refusal('user_not_in_channel');
  const message = workspace.add({
    channel: channel.id,
    user: workspace.bot.userId,
    isBot: true,
    ...readContent(call),
    threadTs: textArgument(call, 'thread_ts'),
    metadata: null,
    landsAt,
    onlyFor: user,
  });
  return { message_ts: message.ts };
};

function ownMessage(call: Call, refusal: string): SlackMessage {
  const { workspace } = call;
  const channel = required(call, 'channel');
  if (!workspace.channels.has(channel)) throw new Refusal('channel_not_found');
  const message = workspace.find(channel, required(call, 'ts'));
  if (!message || message.onlyFor !== null || message.landsAt > call.now) throw new Refusal('message_not_found');
  if (!message.isBot) throw new Refusal(refusal);
  return message;
}

const update: Method = (call) => {
  const { workspace, args } = call;
  const message = ownMessage(call, 'cant_update_message');
  const { text, blocks } = readContent(call);
  message.text = text;
  // Text without blocks takes the old blocks away; blocks hide the mark "(edited)".
  message.blocks = blocks;
  message.editedTs = args['blocks'] === undefined ? workspace.nextTs(call.now) : null;
  if (args['metadata'] !== undefined) message.metadata = readMetadata(call);
  workspace.tell({ kind: 'updated', channel: message.channel, ts: message.ts });
  return { channel: message.channel, ts: message.ts, text: message.text, message: present(call, message) };
};

const remove: Method = (call) => {
  const message = ownMessage(call, 'cant_delete_message');
  call.workspace.remove(message);
  return { channel: message.channel, ts: message.ts };
};

const getPermalink: Method = (call) => {
  const { team } = call.workspace;
  const channel = required(call, 'channel');
  const ts = required(call, 'message_ts');
  if (!call.workspace.find(channel, ts)) throw new Refusal('message_not_found');
  return { channel, permalink: `https://${team.domain}.slack.com/archives/${channel}/p${ts.replace('.', '')}` };
};

function present(call: Call, message: SlackMessage): Record<string, unknown> {
  const shown = presentMessage(message, call.workspace, { withMetadata: true, replies: [] });
  return { ...shown, bot_profile: botProfile(call.workspace) };
}

export const chatMethods: Readonly<Record<string, { readonly scope: string | null; readonly run: Method }>> = {
  'chat.postMessage': { scope: 'chat:write', run: postMessage },
  'chat.postEphemeral': { scope: 'chat:write', run: postEphemeral },
  'chat.update': { scope: 'chat:write', run: update },
  'chat.delete': { scope: 'chat:write', run: remove },
  'chat.getPermalink': { scope: null, run: getPermalink },
};
