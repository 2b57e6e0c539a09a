import type { SlackProblem } from '../../slack/check-slack.ts';
import { channelTraits, requestTimeoutMs } from '../../slack/config.ts';
import type { ChannelTrait } from '../../slack/config.ts';
import { isDirect } from '../../slack/directory.ts';
import { installPath } from '../../slack/install-routes.ts';
import { openWorkspaces } from '../../slack/workspaces.ts';
import { listSubscriptions } from '../../store/subscriptions.ts';
import type { JobContext } from '../context.ts';
import { openInstallations, teamOfChannel } from './installations.ts';
import { projectsToldIn, refusedTraits } from '../targets/told-there.ts';
import { configuredChannels } from '../channels/watch-channels.ts';

type Allowed = ReadonlyMap<string, readonly ChannelTrait[]>;
type Context = Pick<JobContext, 'config' | 'db' | 'clock' | 'log'>;

/** The check of Slack, for each workspace with its channels. */
export async function checkWorkspaces(context: Context): Promise<readonly SlackProblem[]> {
  const { config, clock, log } = context;
  const slack = config.slack!;
  const { checkSlack } = await import('../../slack/check-slack.ts');
  const channels = await allowedTraits(context);
  const { botToken, oauth } = slack;
  if (oauth === undefined) return checkSlack({ config: { ...slack, botToken: botToken! }, channels, clock, log });
  const installations = openInstallations(config, context)!;
  const workspaces = openWorkspaces({ config: slack, installations, timeoutMs: requestTimeoutMs(slack), clock, log });
  const teams = await installations.teams();
  if (teams.length === 0) return [notInstalled()];
  const problems: SlackProblem[] = [];
  const teamOf = await teamsOf(context, [...channels.keys()], teams);
  for (const team of teams) {
    const { token } = await workspaces.client(team);
    const own = new Map([...channels].filter(([channel]) => teamOf.get(channel) === team));
    const found = await checkSlack({ config: { ...slack, botToken: token ?? '' }, channels: own, clock, log });
    problems.push(...found.map((problem) => ({ ...problem, what: `workspace ${team}: ${problem.what}` })));
  }
  const homeless = [...channels.keys()].filter((channel) => teamOf.get(channel) === null);
  return [...problems, ...homeless.map(nowhere)];
}

/** What each channel may be for what it is told. */
async function allowedTraits({ config, db }: Context): Promise<Allowed> {
  const subscriptions = (await listSubscriptions(db)).filter(({ channel }) => !isDirect(channel));
  const ids = [...configuredChannels(config), ...subscriptions.map(({ channel }) => channel)];
  return new Map(
    ids.map((id) => {
      const own = subscriptions.filter(({ channel }) => channel === id);
      const refused = refusedTraits(config, projectsToldIn(config, id, own), channelTraits);
      return [id, channelTraits.filter((trait) => !refused.includes(trait))];
    }),
  );
}

async function teamsOf({ config, db }: Context, channels: readonly string[], teams: readonly string[]) {
  const only = teams.length === 1 ? teams[0]! : null;
  const found = new Map<string, string | null>();
  for (const channel of channels) found.set(channel, (await teamOfChannel(config, db, channel)) ?? only);
  return found;
}

function notInstalled(): SlackProblem {
  return {
    severity: 'error',
    what: 'slack.oauth',
    expected: 'a workspace that has installed the app',
    found: 'none',
    todo: `start Vigie, open ${installPath} of its public address, and install the app`,
  };
}

function nowhere(channel: string): SlackProblem {
  return {
    severity: 'error',
    what: `channel ${channel}`,
    expected: 'a workspace that it is in',
    found: 'several workspaces, and nobody said which',
    todo: `say so: channels: { ${channel}: { workspace: T… } }; or type the slash command there once`,
  };
}
