import { InstallProvider } from '@slack/oauth';
import type { Logger } from '../lib/logger.ts';
import type { SlackConfig } from './config.ts';
import { clientOptions, installationStore } from './installed-client.ts';
import type { Installations } from './installed-client.ts';
import { slackLogger } from './logger.ts';
import { withSlash } from './post.ts';
import type { Route } from './route.ts';
import { botScopes } from './scopes.ts';

export const installPath = '/slack/install';
export const redirectPath = '/slack/oauth_redirect';

/**
 * The pages on which a workspace installs the app; none where the config has no `oauth`. They stand beside Bolt, not in
 * it: its own installer would renew tokens before it acknowledges a request.
 */
export function installRoutes(
  { oauth, apiUrl }: SlackConfig,
  { installations, log }: { readonly installations: Installations | null; readonly log: Logger },
): readonly Route[] {
  if (oauth === undefined || installations === null) return [];
  const { clientId, clientSecret, stateSecret } = oauth;
  const provider = new InstallProvider({
    clientId,
    clientSecret,
    stateSecret,
    installationStore: installationStore({ oauth, installations, log }),
    clientOptions: clientOptions({ apiUrl }),
    logger: slackLogger(log),
    ...(apiUrl ? { authorizationUrl: new URL('../oauth/v2/authorize', withSlash(apiUrl)).href } : {}),
  });
  const asked = { scopes: Object.keys(botScopes) };
  return [
    {
      path: installPath,
      method: 'GET',
      handler: (request, response) => {
        provider.handleInstallPath(request, response, {}, asked).catch((error: unknown) => {
          log.error({ error: String(error) }, 'the page of installation cannot be shown');
          response.writeHead(500).end();
        });
      },
    },
    {
      path: redirectPath,
      method: 'GET',
      handler: (request, response) => {
        provider.handleCallback(request, response, {}, asked).catch((error: unknown) => {
          log.error({ error: String(error) }, 'an installation has failed');
          if (!response.headersSent) response.writeHead(500);
          response.end();
        });
      },
    },
  ];
}
