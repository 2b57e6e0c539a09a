import type { IncomingMessage, ServerResponse } from 'node:http';

/** A further page on Slack's port, such as a health check. */
export interface Route {
  readonly path: string;
  readonly method: string | string[];
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}
