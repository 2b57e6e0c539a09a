import { stringify } from 'yaml';
import { loadConfig, requireVariables } from '../config/load.ts';
import type { Config } from '../config/load.ts';
import { ConfigError } from '../lib/errors.ts';
import { createManifest } from '../slack/manifest.ts';
import type { ExitCode, Io } from './io.ts';

export interface ManifestCommandOptions {
  readonly config: string;
  readonly json: boolean;
  /** Where Slack reaches this machine from outside; null when nobody said. */
  readonly url: string | null;
}

/** Prints what to paste at api.slack.com. The secrets come from the app that this makes, so none are needed yet. */
export function manifest(options: ManifestCommandOptions, io: Io): Promise<ExitCode> {
  const config = loadBeforeSecrets(options.config, io);
  const slack = config.slack ?? { command: '/pmo' };
  const publicUrl = options.url === null ? {} : { publicUrl: checkUrl(options.url) };
  const made = createManifest({ config: slack, ...publicUrl });
  io.stdout(options.json ? `${JSON.stringify(made, null, 2)}\n` : stringify(made, { lineWidth: 0 }));
  if (!made.settings.socket_mode_enabled && options.url === null) {
    io.stderr(
      'Slack has to reach this machine: say where with --url https://your.host, or write it in place of YOUR-HOST.\n' +
        'Without a public address use Socket Mode: add appToken: "${SLACK_APP_TOKEN}" under `slack:` and ask again.\n',
    );
  }
  return Promise.resolve(0);
}

/** Never sent anywhere: they only let the rest of the section be read. */
const standIns: Readonly<Record<string, string>> = {
  'slack.botToken': 'xoxb-not-made-yet',
  'slack.signingSecret': 'not-made-yet',
  'slack.appToken': 'xapp-not-made-yet',
  'slack.oauth.clientId': 'not-made-yet',
  'slack.oauth.clientSecret': 'not-made-yet',
  'slack.oauth.stateSecret': 'a text of your own, not chosen yet',
  'slack.oauth.encryptionSecret': 'a text of your own, not chosen yet',
};

function loadBeforeSecrets(directory: string, { environment }: Io): Config {
  const { missing } = loadConfig(directory, environment);
  const standing = missing.filter(({ path }) => path in standIns);
  const config = loadConfig(directory, {
    ...environment,
    ...Object.fromEntries(standing.map(({ path, variable }) => [variable, standIns[path]])),
  });
  requireVariables(config, ['slack']);
  return config;
}

function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'https:') return `${url.origin}${url.pathname}`;
  throw new ConfigError([
    { where: '--url', path: '', expected: 'an address that starts with https://', found: JSON.stringify(text) },
  ]);
}
