import type { WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { SlackConfig } from './config.ts';
import { createDirectory } from './directory.ts';
import type { Directory } from './directory.ts';
import { createInstalledClient } from './installed-client.ts';
import type { Installations } from './installed-client.ts';
import { createSlackClient } from './post.ts';

/** The workspaces that the app is installed in: one by its token, or those that installed it. */
export interface Workspaces {
  /** With a token that is good now; null: of the only one. Rejects with `NotInstalled` where there is none. */
  readonly client: (team: string | null) => Promise<WebClient>;
  /** Who reads what there. */
  readonly directory: (team: string | null) => Directory;
}

export interface WorkspacesOptions {
  readonly config: SlackConfig;
  /** Needed where the config has `oauth`. */
  readonly installations: Installations | null;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly log: Logger;
}

export function openWorkspaces(options: WorkspacesOptions): Workspaces {
  const { clock, log } = options;
  const client = clientsOf(options);
  return {
    client,
    directory: perWorkspace((team) => createDirectory({ client: () => client(team), clock, log })),
  };
}

function clientsOf({ config, installations, ...options }: WorkspacesOptions): Workspaces['client'] {
  const { oauth, botToken, apiUrl } = config;
  if (oauth === undefined) {
    const client = createSlackClient({ ...options, apiUrl, botToken: botToken! });
    return () => Promise.resolve(client);
  }
  if (installations === null) throw new Error('`slack.oauth` without a place to keep installations in');
  return createInstalledClient({ ...options, oauth, installations, apiUrl });
}

/** One of a kind for each workspace: what it remembers is of that one. */
export function perWorkspace<T>(make: (team: string | null) => T): (team: string | null) => T {
  const known = new Map<string | null, T>();
  return (team) => {
    const held = known.get(team);
    if (held !== undefined) return held;
    const made = make(team);
    known.set(team, made);
    return made;
  };
}
