import type { SlackConfig } from './config.ts';
import { redirectPath } from './install-routes.ts';
import { eventsPath } from './receiver.ts';
import { botScopes } from './scopes.ts';

export interface ManifestOptions {
  readonly config: Pick<SlackConfig, 'command'> & {
    readonly appToken?: string | undefined;
    /** Several workspaces install it. */
    readonly oauth?: unknown;
  };
  /** Where Slack reaches us from outside, without a path; not needed for Socket Mode. */
  readonly publicUrl?: string;
}

/** The app as Slack wants it described (https://api.slack.com/apps, "From a manifest"), to be printed as JSON or YAML. */
export function createManifest({ config, publicUrl }: ManifestOptions) {
  const isSocket = config.appToken !== undefined;
  const isOfMany = config.oauth !== undefined;
  const host = (publicUrl ?? 'https://YOUR-HOST').replace(/\/+$/, '');
  const url = isSocket ? {} : { url: `${host}${eventsPath}` };
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Vigie',
      description: "The project office's lookout: slips, risks and delivery, with the evidence for every number.",
      background_color: '#1f3a5f',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      bot_user: { display_name: 'vigie', always_online: true },
      slash_commands: [
        {
          command: config.command,
          ...url,
          description: 'How projects stand, what is likely, and why',
          usage_hint: 'status | milestones | forecast | sprint | risks | explain | help [project]',
          should_escape: false,
        },
      ],
    },
    oauth_config: {
      ...(isOfMany ? { redirect_urls: [`${host}${redirectPath}`] } : {}),
      scopes: { bot: Object.keys(botScopes) },
    },
    settings: {
      org_deploy_enabled: false,
      event_subscriptions: {
        ...(isSocket ? {} : { request_url: `${url.url}` }),
        bot_events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked'],
      },
      // Buttons and forms come to the same address as commands.
      interactivity: { is_enabled: true, ...(isSocket ? {} : { request_url: `${url.url}` }) },
      socket_mode_enabled: isSocket,
      // A token of one's own does not renew itself.
      token_rotation_enabled: isOfMany,
    },
  };
}
