import type { Method } from './call.ts';
import { Refusal, isTrue, jsonArgument, required } from './call.ts';
import { validateBlocks } from './validate-blocks.ts';
import type { SlackUser, Workspace } from './workspace.ts';

const authTest: Method = ({ workspace: { team, bot } }) => ({
  url: `https://${team.domain}.slack.com/`,
  team: team.name,
  user: bot.name.toLowerCase(),
  team_id: team.id,
  user_id: bot.userId,
  bot_id: bot.botId,
  is_enterprise_install: false,
});

function presentUser(user: SlackUser, { team }: Workspace, withLocale: boolean): Record<string, unknown> {
  return {
    id: user.id,
    team_id: team.id,
    name: user.name,
    real_name: user.realName,
    deleted: false,
    is_bot: false,
    is_restricted: user.isGuest === true,
    is_ultra_restricted: false,
    is_stranger: user.isStranger === true,
    tz: user.tz,
    profile: { real_name: user.realName, display_name: user.name },
    ...(withLocale ? { locale: user.locale } : {}),
  };
}

/** Bots are users, too. */
const presentBot = ({ bot, team }: Workspace): Record<string, unknown> => ({
  id: bot.userId,
  team_id: team.id,
  name: bot.name.toLowerCase(),
  deleted: false,
  is_bot: true,
});

const userInfo: Method = (call) => {
  if (call.args['user'] === call.workspace.bot.userId) return { user: presentBot(call.workspace) };
  const user = call.workspace.users.get(required(call, 'user'));
  if (!user) throw new Refusal('user_not_found');
  return { user: presentUser(user, call.workspace, isTrue(call, 'include_locale')) };
};

const userList: Method = (call) => ({
  // Strangers are in the channel, and in no list of this workspace.
  members: [
    ...[...call.workspace.users.values()]
      .filter(({ isStranger }) => isStranger !== true)
      .map((user) => presentUser(user, call.workspace, isTrue(call, 'include_locale'))),
    presentBot(call.workspace),
  ],
  response_metadata: { next_cursor: '' },
});

const groupPeople: Method = (call) => {
  const people = call.workspace.groups.get(required(call, 'usergroup'));
  if (!people) throw new Refusal('no_such_subteam');
  return { users: [...people] };
};

const validate: Method = (call) => {
  const errors = validateBlocks(jsonArgument(call, 'blocks', 'invalid_blocks_format'));
  if (errors.length > 0) throw new Refusal('invalid_blocks', { errors });
  return {};
};

export const otherMethods: Readonly<Record<string, { readonly scope: string | null; readonly run: Method }>> = {
  'api.test': { scope: null, run: () => ({}) },
  'auth.test': { scope: null, run: authTest },
  'users.info': { scope: 'users:read', run: userInfo },
  'users.list': { scope: 'users:read', run: userList },
  'usergroups.users.list': { scope: 'usergroups:read', run: groupPeople },
  'blocks.validate': { scope: null, run: validate },
};
