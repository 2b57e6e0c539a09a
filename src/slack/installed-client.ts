import { InstallProvider } from '@slack/oauth';
import type { Installation, InstallationQuery, InstallationStore } from '@slack/oauth';
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { OauthConfig } from './config.ts';
import { slackLogger } from './logger.ts';
import { createSlackClient, withSlash } from './post.ts';
import { NotInstalled } from './not-installed.ts';

/** Where installations are kept; it is given from outside, since this folder knows no database. */
export interface Installations {
  find(team: string): Promise<Installation<'v2'> | null>;
  /** Ids of all. */
  teams(): Promise<readonly string[]>;
  save(team: string, installation: Installation<'v2'>): Promise<void>;
  remove(team: string): Promise<boolean>;
  /** Only one process at a time renews the tokens of a workspace. Null when another one does. */
  alone<T>(team: string, work: () => Promise<T>): Promise<T | null>;
}

export interface InstalledOptions {
  readonly oauth: OauthConfig;
  readonly installations: Installations;
  readonly apiUrl?: string | undefined;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Tokens live for twelve hours; they are renewed when less is left than this, as Slack's own provider does. */
const renewBeforeMs = 2 * 3_600_000;

/** The client of each workspace, whose token is renewed before it ends: at each event, and before each post. */
export function createInstalledClient(options: InstalledOptions): (team: string | null) => Promise<WebClient> {
  const { installations, clock } = options;
  const provider = new InstallProvider({
    clientId: options.oauth.clientId,
    clientSecret: options.oauth.clientSecret,
    stateSecret: options.oauth.stateSecret,
    installationStore: installationStore(options),
    logger: slackLogger(options.log),
    clientOptions: clientOptions(options),
  });
  const renewals = new Map<string, Promise<void>>();
  const clients = new Map<string, { readonly token: string; readonly client: WebClient }>();

  return async (wanted) => {
    const team = wanted ?? (await onlyTeam());
    const token = await tokenOf(team);
    const known = clients.get(team);
    if (known?.token === token) return known.client;
    const client = createSlackClient({ ...options, botToken: token });
    clients.set(team, { token, client });
    return client;
  };

  async function onlyTeam(): Promise<string> {
    const [first, ...others] = await installations.teams();
    // Of several nobody said which: nothing is told to the wrong one.
    if (first === undefined || others.length > 0) throw new NotInstalled(null);
    return first;
  }

  async function tokenOf(team: string): Promise<string> {
    const found = await installations.find(team);
    if (!found?.bot) throw new NotInstalled(team);
    const { token, expiresAt } = found.bot;
    if (expiresAt === undefined || expiresAt * 1000 - clock.now() > renewBeforeMs) return token;
    await renew(team);
    return (await installations.find(team))?.bot?.token ?? token;
  }

  /** What renews a token is good for once: those who want it at the same time wait for the same renewal. */
  async function renew(team: string): Promise<void> {
    const running = renewals.get(team);
    if (running) return running;
    const renewal = installations
      .alone(team, () => provider.authorize({ teamId: team, enterpriseId: undefined, isEnterpriseInstall: false }))
      .then(() => undefined)
      .finally(() => renewals.delete(team));
    renewals.set(team, renewal);
    return renewal;
  }
}

export function clientOptions({ apiUrl }: Pick<InstalledOptions, 'apiUrl'>) {
  return { retryConfig: { retries: 0 }, ...(apiUrl ? { slackApiUrl: withSlash(apiUrl) } : {}) };
}

/** What Slack's provider keeps installations in. An installation for a whole organisation is not ours to have. */
export function installationStore({
  oauth,
  installations,
  log,
}: Pick<InstalledOptions, 'oauth' | 'installations' | 'log'>): InstallationStore {
  return {
    async storeInstallation(installation) {
      const { team } = installation;
      if (installation.isEnterpriseInstall || team === undefined)
        throw new Error('install it in a workspace, not in the whole organisation');
      if (oauth.workspaces !== undefined && !oauth.workspaces.includes(team.id)) {
        log.warn({ team: team.id }, 'a workspace that is not named under `slack.oauth.workspaces` wanted to install');
        throw new Error('this workspace may not install it');
      }
      await installations.save(team.id, installation as Installation<'v2'>);
      log.info({ team: team.id }, 'installation kept');
    },
    async fetchInstallation({ teamId }: InstallationQuery<boolean>) {
      const found = teamId === undefined ? null : await installations.find(teamId);
      if (found === null) throw new NotInstalled(teamId ?? null);
      return found;
    },
    async deleteInstallation({ teamId }) {
      if (teamId !== undefined) await installations.remove(teamId);
    },
  };
}
