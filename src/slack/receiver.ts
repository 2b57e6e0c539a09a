import type { IncomingMessage, Server } from 'node:http';
import type { Receiver } from '@slack/bolt';
import { HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { Clock } from '../lib/clock.ts';
import { RemoteError } from '../lib/errors.ts';
import { explainListenError } from '../lib/explain-listen-error.ts';
import type { Logger } from '../lib/logger.ts';
import type { SlackConfig } from './config.ts';
import { classifyFailure } from './failure.ts';
import { installRoutes } from './install-routes.ts';
import type { Installations } from './installed-client.ts';
import { slackLogger } from './logger.ts';
import { withSlash } from './post.ts';
import type { Route } from './route.ts';

export interface HttpOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly routes?: readonly Route[];
}

/** Where requests of Slack come in. */
export interface Door {
  readonly receiver: Receiver;
  /** The address that listens; null over Socket Mode. */
  open(): Promise<string | null>;
  /** Takes no more requests; those under way go on until `cut`. */
  close(): Promise<void>;
  cut(): void;
  /** Whether Slack can bring us something now, as far as we can tell. */
  isOpen(): boolean;
}

export const eventsPath = '/slack/events';
/** Bolt refuses old requests but takes any from the future; both are a replay or a wrong clock. */
const maxSkewMs = 300_000;
const bodyLimit = '1mb';

export function openHttpDoor(
  config: SlackConfig,
  http: HttpOptions,
  options: { readonly installations: Installations | null; readonly clock: Clock; readonly log: Logger },
): Door {
  const { signingSecret } = config;
  const { clock, log } = options;
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: [eventsPath],
    customRoutes: [...(http.routes ?? []), ...installRoutes(config, options)],
    logger: slackLogger(log),
    bodyLimit,
  });
  const inner = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    const isOfSlack = request.url?.split('?')[0] === eventsPath;
    if (isOfSlack && request.method === 'POST' && !isFresh(request, clock.now())) {
      log.warn({ timestamp: request.headers['x-slack-request-timestamp'] }, 'request refused: not of this moment');
      response.writeHead(401).end();
      return;
    }
    inner(request, response);
  };
  let server: Server | null = null;
  return {
    receiver,
    async open() {
      try {
        server = await receiver.start({ host: http.host, port: http.port });
      } catch (error) {
        throw explainListenError(error, http);
      }
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : http.port;
      return `http://${http.host.includes(':') ? `[${http.host}]` : http.host}:${port}`;
    },
    close() {
      const closing = server;
      if (!closing) return Promise.resolve();
      return new Promise((resolve) => {
        closing.close(() => resolve());
        closing.closeIdleConnections();
      });
    },
    cut: () => server?.closeAllConnections(),
    isOpen: () => server?.listening === true,
  };
}

function isFresh(request: IncomingMessage, now: number): boolean {
  const seconds = Number(request.headers['x-slack-request-timestamp'] ?? Number.NaN);
  return Math.abs(now - seconds * 1000) <= maxSkewMs;
}

export function openSocketDoor(config: SlackConfig & { readonly appToken: string }, log: Logger): Door {
  const receiver = new SocketModeReceiver({
    appToken: config.appToken,
    logger: slackLogger(log),
    installerOptions: { clientOptions: config.apiUrl ? { slackApiUrl: withSlash(config.apiUrl) } : {} },
  });
  return {
    receiver,
    async open() {
      try {
        await receiver.start();
        return null;
      } catch (error) {
        const { reason } = classifyFailure(error);
        const todo = 'check SLACK_APP_TOKEN: an app-level token (xapp-…) with the scope connections:write';
        throw new RemoteError('slack', `Socket Mode does not open: ${reason}`, { todo, cause: error });
      }
    },
    close: () => receiver.stop(),
    cut() {},
    isOpen: () => receiver.client.websocket?.isActive() === true,
  };
}
