import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import { answerResponseUrl } from './answer-response-url.ts';
import { Refusal, readBytes } from './call.ts';
import { createDispatcher } from './dispatch.ts';
import type { CommandInput, InteractInput, SubmitInput } from './dispatch.ts';
import type { Dispatched } from './carry.ts';
import type { FieldErrors } from './fill-form.ts';
import { Faults } from './faults.ts';
import { Grants } from './grants.ts';
import type { OauthApp } from './grants.ts';
import { takeUpload } from './file-methods.ts';
import { ResponseUrls } from './response-urls.ts';
import { createSocketMode } from './socket-mode.ts';
import { createWebApi } from './web-api.ts';
import type { ApiCall } from './web-api.ts';
import type { SlackBot, SlackChannel, SlackMessage, SlackTeam, SlackUser } from './workspace.ts';
import { Workspace } from './workspace.ts';

export interface SlackOptions {
  /** 0, the default: any free one. */
  readonly port?: number;
  readonly clock?: Clock;
  readonly team: { readonly name: string; readonly id?: string; readonly domain?: string };
  readonly users: readonly SlackUser[];
  readonly channels: readonly {
    readonly id: string;
    readonly name: string;
    readonly topic?: string;
    readonly isPrivate?: boolean;
    readonly isArchived?: boolean;
    readonly isShared?: boolean;
    /** User ids; everybody when left out. The bot is in unless `hasBot` is false. */
    readonly members?: readonly string[];
    readonly hasBot?: boolean;
  }[];
  /** What workspaces install the app by. */
  readonly oauth?: OauthApp;
  readonly app?: Partial<Pick<SlackBot, 'name' | 'command' | 'signingSecret' | 'botToken' | 'appToken' | 'scopes'>>;
  /** One message a second and channel (the default), or as many as come. */
  readonly isStrict?: boolean;
}

export interface SlackServer {
  /** http://127.0.0.1:1234 */
  readonly url: string;
  /** What goes into `slack.apiUrl`. */
  readonly apiUrl: string;
  /** The secrets of the app, and what it may do; both can be changed while the server runs. */
  readonly bot: SlackBot;
  readonly workspace: Workspace;
  readonly faults: Faults;
  /** Every call of the Web API in its order. */
  readonly calls: readonly ApiCall[];
  /** What the app did that Slack documents as wrong; a client that behaves leaves it empty. */
  readonly violations: readonly string[];
  /** Where the app listens (`…/slack/events`); not needed while it is connected over Socket Mode. */
  requestUrl: string | null;
  isStrict: boolean;
  isSocketConnected(): boolean;
  /** What somebody sees in a channel now, oldest first; without a reader only what everybody sees. */
  messages(channel: string, reader?: string): readonly SlackMessage[];
  /** A person types a slash command. */
  command(input: CommandInput): Promise<Dispatched>;
  /** A person presses a button. */
  interact(input: InteractInput): Promise<Dispatched>;
  /** A person presses or chooses something in their home. */
  interactHome(input: Omit<InteractInput, 'channel' | 'messageTs'>): Promise<Dispatched>;
  /** A person sends the form that is open. */
  submit(input: SubmitInput): Promise<Dispatched & { readonly errors: FieldErrors | null }>;
  /** Slack tells the app of an event, again while it is not taken. */
  event(event: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<readonly Dispatched[]>;
  /** How workspaces install the app. */
  readonly grants: Grants;
  /** People of another workspace may install the app, too: its calls come here. */
  join(other: SlackServer): void;
  /** What is asked of this workspace, wherever it came in. */
  callApi(request: IncomingMessage, response: ServerResponse, method: string): Promise<void>;
  /** An owner of the workspace takes the app out. */
  uninstall(): Promise<void>;
  /** A person writes a message. */
  say(message: { user: string; channel: string; text: string; threadTs?: string }): SlackMessage;
  close(): Promise<void>;
}

const usualScopes = [
  'chat:write',
  'commands',
  'channels:read',
  'groups:read',
  'channels:history',
  'groups:history',
  'im:write',
  'im:history',
  'usergroups:read',
  'users:read',
  'files:write',
  'files:read',
];
const usualOauthApp: OauthApp = { clientId: '1.2', clientSecret: 'a-client-secret-of-the-demo' };
const mostUploaded = 10 * 1_048_576;
/** Ports above 1023 that fetch refuses; the system may hand one of them out. */
const refusedPorts = new Set([1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080]);

/** A Slack on loopback over real HTTP: it takes, refuses, limits and fails as the real one is documented to. */
export async function startSlack(options: SlackOptions): Promise<SlackServer> {
  const clock = options.clock ?? systemClock;
  const now = () => clock.now();
  const workspace = createWorkspace(options);
  const { bot } = workspace;
  const faults = new Faults();
  const urls = new ResponseUrls();
  const calls: ApiCall[] = [];
  const violations: string[] = [];
  let origin = '';
  const sockets = createSocketMode(() => origin, bot.appId);
  const state = { requestUrl: null as string | null, isStrict: options.isStrict ?? true };
  const dispatcher = createDispatcher({
    workspace,
    urls,
    sockets,
    clock,
    origin: () => origin,
    requestUrl: () => state.requestUrl,
    violations,
  });
  const grants = new Grants(options.oauth ?? usualOauthApp, now);
  grants.add(workspace);
  const others: SlackServer[] = [];
  const callApi = createWebApi({
    grants,
    workspace,
    faults,
    triggers: urls,
    now,
    origin: () => origin,
    isStrict: () => state.isStrict,
    openSocket: () => sockets.offer(),
    calls,
    violations,
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0]!;
    const method = /^\/api\/([\w.]+)$/.exec(path)?.[1];
    if (method) {
      const token = request.headers.authorization?.replace(/^Bearer\s+/i, '') ?? '';
      const owner = others.find(({ bot: { botToken, issued } }) => botToken === token || issued.has(token));
      return owner ? owner.callApi(request, response, method) : callApi(request, response, method);
    }
    if (path === '/oauth/v2/authorize') return grants.consent(request, response);
    const answered = /^\/commands\/([0-9a-f]+)$/.exec(path)?.[1];
    if (answered && request.method === 'POST') {
      return answerResponseUrl(request, response, answered, {
        workspace,
        urls,
        now,
        violations,
        hasCharts: () => faults.hasCharts,
      });
    }
    const upload = /^\/upload\/v1\/(\w+)$/.exec(path)?.[1];
    if (upload && request.method === 'POST') {
      const body = await readBytes(request, mostUploaded);
      const wrong = takeUpload(workspace, upload, body, request.headers['content-type'] ?? '');
      if (wrong !== null) violations.push(`upload: ${wrong}`);
      return void response.writeHead(wrong === null ? 200 : 400).end(wrong ?? `OK - ${body.length}`);
    }
    response.writeHead(404).end('not found');
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!(error instanceof Refusal)) violations.push(`the simulator failed: ${(error as Error).stack}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.on('upgrade', (request, socket, head) => sockets.accept(request, socket, head));
  const listen = (port: number) =>
    new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
  let port = await listen(options.port ?? 0);
  while (refusedPorts.has(port) && !options.port) {
    await new Promise((resolve) => server.close(resolve));
    port = await listen(0);
  }
  origin = `http://127.0.0.1:${port}`;

  return {
    url: origin,
    apiUrl: `${origin}/api/`,
    bot,
    workspace,
    faults,
    calls,
    violations,
    get requestUrl() {
      return state.requestUrl;
    },
    set requestUrl(url) {
      state.requestUrl = url;
    },
    get isStrict() {
      return state.isStrict;
    },
    set isStrict(isStrict) {
      state.isStrict = isStrict;
    },
    isSocketConnected: () => sockets.isConnected(),
    messages: (channel, reader) => workspace.visible(channel, now(), reader ?? null),
    ...dispatcher,
    grants,
    callApi,
    join(other) {
      others.push(other);
      grants.add(other.workspace);
    },
    async uninstall() {
      bot.isInstalled = false;
      const revoked = { type: 'tokens_revoked', tokens: { oauth: [], bot: [bot.userId] } };
      await dispatcher.event(revoked);
      await dispatcher.event({ type: 'app_uninstalled' });
    },
    say: ({ user, channel, text, threadTs }) =>
      workspace.add({
        channel,
        user,
        isBot: false,
        text,
        blocks: [],
        threadTs: threadTs ?? null,
        metadata: null,
        landsAt: now(),
        onlyFor: null,
      }),
    close: () =>
      new Promise((resolve) => {
        sockets.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function createWorkspace({ team, users, channels, app = {} }: SlackOptions): Workspace {
  const bot: SlackBot = {
    appId: 'A0VIGIE0001',
    botId: 'B0VIGIE0001',
    userId: 'U0VIGIE0001',
    name: app.name ?? 'Vigie',
    command: app.command ?? '/pmo',
    signingSecret: app.signingSecret ?? 'a-signing-secret-of-the-demo',
    botToken: app.botToken ?? 'xoxb-demo-token-of-vigie',
    appToken: app.appToken ?? 'xapp-demo-token-of-vigie',
    scopes: app.scopes ?? usualScopes,
    isRevoked: false,
    issued: new Map(),
    isInstalled: true,
  };
  const fullTeam: SlackTeam = { id: team.id ?? 'T0DEMO0001', name: team.name, domain: team.domain ?? 'demo' };
  const everybody = users.map((user) => user.id);
  const fullChannels = channels.map((channel): SlackChannel => {
    const members = new Set(channel.members ?? everybody);
    if (channel.hasBot !== false) members.add(bot.userId);
    const { id, name, topic = '', isPrivate = false, isArchived = false, isShared = false } = channel;
    return { id, name, topic, isPrivate, isArchived, isShared, members };
  });
  return new Workspace({ team: fullTeam, bot, users, channels: fullChannels });
}
