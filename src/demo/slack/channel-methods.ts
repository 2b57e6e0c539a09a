import type { Call, Method } from './call.ts';
import { Refusal, isTrue, numberArgument, required, textArgument } from './call.ts';
import { presentMessage } from './present-message.ts';
import type { SlackChannel, SlackMessage, Workspace } from './workspace.ts';

/** A channel as the bot sees it: a private one without it does not exist. */
function seenChannel(call: Call, name = 'channel'): SlackChannel {
  const { workspace } = call;
  const channel = workspace.channels.get(required(call, name));
  if (!channel || (channel.isPrivate && !isIn(channel, workspace))) throw new Refusal('channel_not_found');
  return channel;
}

function isIn(channel: SlackChannel, { bot }: Workspace): boolean {
  return channel.members.has(bot.userId);
}

/** A channel that the bot may write to. */
export function postableChannel(call: Call): SlackChannel {
  const named = required(call, 'channel');
  // A message to a person goes to the direct conversation with them.
  if (call.workspace.users.has(named)) return call.workspace.directWith(named);
  const channel = seenChannel(call);
  if (channel.isArchived) throw new Refusal('is_archived');
  if (!isIn(channel, call.workspace) && !call.workspace.bot.scopes.includes('chat:write.public')) {
    throw new Refusal('not_in_channel');
  }
  return channel;
}

function scopeFor({ isPrivate, id }: SlackChannel, what: 'read' | 'history'): string {
  if (id.startsWith('D')) return `im:${what}`;
  return `${isPrivate ? 'groups' : 'channels'}:${what}`;
}

function needScope({ bot }: Workspace, needed: string): void {
  if (bot.scopes.includes(needed)) return;
  throw new Refusal('missing_scope', { needed, provided: bot.scopes.join(',') });
}

function readableChannel(call: Call): SlackChannel {
  const channel = seenChannel(call);
  needScope(call.workspace, scopeFor(channel, 'history'));
  if (!isIn(channel, call.workspace)) throw new Refusal('not_in_channel');
  return channel;
}

function present(channel: SlackChannel, workspace: Workspace): Record<string, unknown> {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: !channel.isPrivate,
    is_group: channel.isPrivate,
    is_im: channel.id.startsWith('D'),
    is_private: channel.isPrivate,
    is_archived: channel.isArchived,
    is_member: isIn(channel, workspace),
    is_ext_shared: channel.isShared,
    is_shared: channel.isShared,
    num_members: channel.members.size,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    context_team_id: workspace.team.id,
  };
}

const info: Method = (call) => {
  const channel = seenChannel(call);
  needScope(call.workspace, scopeFor(channel, 'read'));
  return { channel: present(channel, call.workspace) };
};

const list: Method = (call) => {
  const { workspace } = call;
  const types = (textArgument(call, 'types') ?? 'public_channel').split(',');
  const wanted = [...workspace.channels.values()].filter(
    (channel) =>
      !channel.id.startsWith('D') &&
      types.includes(channel.isPrivate ? 'private_channel' : 'public_channel') &&
      (!channel.isPrivate || isIn(channel, workspace)) &&
      !(channel.isArchived && isTrue(call, 'exclude_archived')),
  );
  const page = paged(call, wanted, { usual: 100, most: 1000 });
  return { channels: page.items.map((channel) => present(channel, workspace)), response_metadata: page.metadata };
};

const members: Method = (call) => {
  const page = paged(call, [...seenChannel(call).members], { usual: 100, most: 1000 });
  return { members: page.items, response_metadata: page.metadata };
};

/** The channels that a person is in, as far as the bot may know: private ones only where it is too. */
const ofUser: Method = (call) => {
  const { workspace } = call;
  const user = textArgument(call, 'user') ?? workspace.bot.userId;
  const types = (textArgument(call, 'types') ?? 'public_channel').split(',');
  const wanted = [...workspace.channels.values()].filter(
    (channel) =>
      !channel.id.startsWith('D') &&
      channel.members.has(user) &&
      types.includes(channel.isPrivate ? 'private_channel' : 'public_channel') &&
      (!channel.isPrivate || isIn(channel, workspace)) &&
      !(channel.isArchived && isTrue(call, 'exclude_archived')),
  );
  const page = paged(call, wanted, { usual: 100, most: 999 });
  return { channels: page.items.map((channel) => present(channel, workspace)), response_metadata: page.metadata };
};

const join: Method = (call) => {
  const channel = seenChannel(call);
  if (channel.isPrivate) throw new Refusal('method_not_supported_for_channel_type');
  if (channel.isArchived) throw new Refusal('is_archived');
  channel.members.add(call.workspace.bot.userId);
  return { channel: present(channel, call.workspace) };
};

/** A direct conversation of the bot with one person. */
const open: Method = (call) => {
  const user = required(call, 'users');
  if (!call.workspace.users.has(user)) throw new Refusal('user_not_found');
  return { channel: { id: call.workspace.directWith(user).id } };
};

/** What can be read now: history is a little behind what was posted. */
function settled(call: Call, channel: SlackChannel): SlackMessage[] {
  return call.workspace.visible(channel.id, call.now - call.faults.historyLagMs);
}

function inRange(call: Call, message: SlackMessage): boolean {
  const oldest = numberArgument(call, 'oldest', 0);
  const latest = numberArgument(call, 'latest', Number.MAX_SAFE_INTEGER);
  const at = Number(message.ts);
  return isTrue(call, 'inclusive') ? at >= oldest && at <= latest : at > oldest && at < latest;
}

function show(call: Call, messages: readonly SlackMessage[], all: readonly SlackMessage[]): Record<string, unknown>[] {
  const withMetadata = isTrue(call, 'include_all_metadata');
  return messages.map((message) =>
    presentMessage(message, call.workspace, {
      withMetadata,
      replies: all.filter(({ threadTs }) => threadTs === message.ts),
    }),
  );
}

const history: Method = (call) => {
  const all = settled(call, readableChannel(call));
  const roots = all.filter((message) => message.threadTs === null && inRange(call, message)).reverse();
  const page = paged(call, roots, { usual: 100, most: 999 });
  const { next_cursor: cursor } = page.metadata;
  return { messages: show(call, page.items, all), has_more: cursor !== '', response_metadata: page.metadata };
};

const replies: Method = (call) => {
  const all = settled(call, readableChannel(call));
  const ts = required(call, 'ts');
  const root = all.find((message) => message.ts === ts);
  if (!root) throw new Refusal('thread_not_found');
  const answers = all.filter((message) => message.threadTs === ts && inRange(call, message));
  const page = paged(call, [root, ...answers], { usual: 1000, most: 1000 });
  const { next_cursor: cursor } = page.metadata;
  return { messages: show(call, page.items, all), has_more: cursor !== '', response_metadata: page.metadata };
};

function paged<T>(
  call: Call,
  items: readonly T[],
  { usual, most }: { readonly usual: number; readonly most: number },
): { items: readonly T[]; metadata: { next_cursor: string } } {
  const limit = Math.min(most, Math.max(1, numberArgument(call, 'limit', usual)));
  const cursor = textArgument(call, 'cursor');
  const match = cursor === null ? null : /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  if (cursor !== null && !match) throw new Refusal('invalid_cursor');
  const start = Number(match?.[1] ?? 0);
  const next = start + limit < items.length ? Buffer.from(`offset:${start + limit}`).toString('base64') : '';
  return { items: items.slice(start, start + limit), metadata: { next_cursor: next } };
}

export const channelMethods: Readonly<Record<string, { readonly scope: string | null; readonly run: Method }>> = {
  'conversations.info': { scope: null, run: info },
  'conversations.list': { scope: 'channels:read', run: list },
  'conversations.members': { scope: 'channels:read', run: members },
  'users.conversations': { scope: 'channels:read', run: ofUser },
  'conversations.join': { scope: 'channels:join', run: join },
  'conversations.open': { scope: 'im:write', run: open },
  'conversations.history': { scope: null, run: history },
  'conversations.replies': { scope: null, run: replies },
};
