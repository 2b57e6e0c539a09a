import type { SlackMessage, Workspace } from './workspace.ts';

/** A message as conversations.history and .replies give it. Metadata only for who asks for all of it. */
export function presentMessage(
  message: SlackMessage,
  workspace: Workspace,
  options: { readonly withMetadata: boolean; readonly replies: readonly SlackMessage[] },
): Record<string, unknown> {
  const { bot, team } = workspace;
  const { replies } = options;
  const last = replies.at(-1);
  return {
    type: 'message',
    ts: message.ts,
    user: message.user,
    team: team.id,
    text: message.text,
    ...(message.isBot ? { bot_id: bot.botId, app_id: bot.appId, bot_profile: botProfile(workspace) } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(message.editedTs === null ? {} : { edited: { user: message.user, ts: message.editedTs } }),
    ...(options.withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
    ...(last
      ? {
          thread_ts: message.ts,
          reply_count: replies.length,
          reply_users: [...new Set(replies.map((reply) => reply.user))],
          latest_reply: last.ts,
        }
      : {}),
  };
}

export function botProfile({ bot, team }: Workspace): Record<string, unknown> {
  return { id: bot.botId, app_id: bot.appId, name: bot.name, team_id: team.id, deleted: false };
}
