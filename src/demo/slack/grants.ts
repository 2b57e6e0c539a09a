import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from './call.ts';
import type { Workspace } from './workspace.ts';

/** What an app that workspaces install is known by. */
export interface OauthApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

interface Code {
  readonly workspace: Workspace;
  readonly scopes: readonly string[];
  readonly redirectUri: string | null;
  readonly until: number;
}

const codeMs = 600_000;

/** How workspaces install the app: consent, codes, tokens, and what renews them, each good for once. */
export class Grants {
  /** Seconds that a token lives; null: for ever, and nothing renews it. */
  expiresIn: number | null = 43_200;
  /** Where the app wants people sent back to, unless it says so itself. */
  redirectUrl: string | null = null;
  readonly #app: OauthApp;
  readonly #now: () => number;
  readonly #workspaces: Workspace[] = [];
  readonly #codes = new Map<string, Code>();
  readonly #refresh = new Map<string, Workspace>();

  constructor(app: OauthApp, now: () => number) {
    this.#app = app;
    this.#now = now;
  }

  /** A workspace whose people may install the app. */
  add(workspace: Workspace): void {
    this.#workspaces.push(workspace);
  }

  /** The page of consent, on which somebody agrees at once: `team` says of which workspace they are. */
  consent(request: IncomingMessage, response: ServerResponse): void {
    const asked = new URL(request.url ?? '/', 'http://localhost').searchParams;
    const team = asked.get('team');
    const workspace = team === null ? this.#workspaces[0] : this.#workspaces.find((one) => one.team.id === team);
    const back = asked.get('redirect_uri') ?? this.redirectUrl;
    if (asked.get('client_id') !== this.#app.clientId || !workspace || back === null) {
      response.writeHead(400, { 'Content-Type': 'text/plain' }).end('invalid client_id, team or redirect_uri');
      return;
    }
    const target = new URL(back);
    target.searchParams.set('state', asked.get('state') ?? '');
    if (asked.get('deny') === null) {
      const code = randomUUID();
      const scopes = (asked.get('scope') ?? '').split(',').filter(Boolean);
      const redirectUri = asked.get('redirect_uri');
      this.#codes.set(code, { workspace, scopes, redirectUri, until: this.#now() + codeMs });
      target.searchParams.set('code', code);
    } else target.searchParams.set('error', 'access_denied');
    response.writeHead(302, { Location: target.href }).end();
  }

  /** `oauth.v2.access`: a code, or what renews a token, for a token. */
  access(args: Readonly<Record<string, unknown>>, basic: string | null): Record<string, unknown> {
    const [id, secret] = basic === null ? [args['client_id'], args['client_secret']] : basic.split(':');
    if (id !== this.#app.clientId) throw new Refusal('invalid_client_id');
    if (secret !== this.#app.clientSecret) throw new Refusal('bad_client_secret');
    if (args['grant_type'] === 'refresh_token') return this.#renew(String(args['refresh_token']));
    const name = String(args['code']);
    const code = this.#codes.get(name);
    this.#codes.delete(name);
    if (!code || code.until < this.#now()) throw new Refusal('invalid_code');
    if ((args['redirect_uri'] ?? null) !== code.redirectUri) throw new Refusal('bad_redirect_uri');
    const { bot } = code.workspace;
    bot.scopes = code.scopes;
    bot.isRevoked = false;
    bot.isInstalled = true;
    return this.#token(code.workspace);
  }

  #renew(refreshToken: string): Record<string, unknown> {
    const workspace = this.#refresh.get(refreshToken);
    this.#refresh.delete(refreshToken);
    if (!workspace?.bot.isInstalled) throw new Refusal('invalid_refresh_token');
    return this.#token(workspace);
  }

  #token(workspace: Workspace): Record<string, unknown> {
    const { bot, team } = workspace;
    const token = `${this.expiresIn === null ? '' : 'xoxe.'}xoxb-${randomUUID()}`;
    const renewal = `xoxe-1-${randomUUID()}`;
    bot.issued.set(token, this.expiresIn === null ? null : this.#now() + this.expiresIn * 1000);
    if (this.expiresIn !== null) this.#refresh.set(renewal, workspace);
    return {
      access_token: token,
      token_type: 'bot',
      scope: bot.scopes.join(','),
      bot_user_id: bot.userId,
      app_id: bot.appId,
      team: { id: team.id, name: team.name },
      enterprise: null,
      authed_user: { id: [...workspace.users.keys()][0] },
      is_enterprise_install: false,
      ...(this.expiresIn === null ? {} : { refresh_token: renewal, expires_in: this.expiresIn }),
    };
  }
}
