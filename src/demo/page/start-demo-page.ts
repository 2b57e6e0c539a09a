import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import { explainListenError } from '../../lib/explain-listen-error.ts';
import { readBody } from '../slack/call.ts';
import type { SlackServer } from '../slack/start-slack.ts';
import type { SlackUser } from '../slack/workspace.ts';
import { renderPage } from './render-page.ts';
import { channelsFor, linkTo, renderPanes } from './render-panes.ts';
import type { Place } from './render-panes.ts';

export interface DemoPageOptions {
  readonly slack: SlackServer;
  /** 0, the default: any free one. */
  readonly port?: number;
  readonly clock?: Clock;
}

export interface DemoPage {
  readonly url: string;
  close(): Promise<void>;
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" rx="8" fill="#1f3a5f"/><path d="M18 6v24M9 30h18" stroke="#9fb8d6" stroke-width="2"/><path d="M18 7h9l-3 3.5 3 3.5h-9z" fill="#f2b441"/></svg>';
const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
/** Nothing is loaded from anywhere else, and nothing in a message can run. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The page of the demo on loopback: the channels of a simulated Slack as Slack would show them. */
export async function startDemoPage({ slack, port = 0, clock = systemClock }: DemoPageOptions): Promise<DemoPage> {
  const files: Readonly<Record<string, readonly [string, string]>> = {
    '/page.css': ['text/css; charset=utf-8', file('page.css')],
    '/client.js': ['text/javascript; charset=utf-8', file('client.js')],
    '/icon.svg': ['image/svg+xml', icon],
  };
  const listeners = new Set<ServerResponse>();
  const forget = slack.workspace.onChange((change) => {
    for (const response of listeners) response.write(`data: ${JSON.stringify(change)}\n\n`);
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!isLocal(request)) return end(response, 403, 'text/plain', 'This page is for this machine only.');
    const found = files[url.pathname];
    if (found) return end(response, 200, ...found);
    if (url.pathname === '/') return redirect(response, firstPlace(slack, url.searchParams.get('as')));
    if (url.pathname === '/events') return listen(response);
    const picture = slack.workspace.files.get(/^\/files\/(\w+)\.png$/.exec(url.pathname)?.[1] ?? '')?.bytes;
    if (picture) return end(response, 200, 'image/png', picture);
    const [, channelPath, channelId, action = ''] = /^\/(home|c\/(\w+))(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    const isPost = request.method === 'POST';
    const form = isPost ? new URLSearchParams(await readBody(request)) : url.searchParams;
    const place = channelPath === undefined ? null : findPlace(slack, channelId ?? null, form);
    if (!place) return end(response, 404, 'text/plain', 'There is nothing here.');
    if (isPost) return act(request, response, { place, action, form });
    if (place.channel === null && action === '') await openHome(place.user);
    if (action === 'panes') return sendJson(response, renderPanes(slack, place, clock.now()));
    end(response, 200, 'text/html; charset=utf-8', renderPage(slack, place, clock.now()));
  }

  /** What a person does; a browser without script is sent back to the page. */
  async function act(
    request: IncomingMessage,
    response: ServerResponse,
    { place, action, form }: { readonly place: Place; readonly action: string; readonly form: URLSearchParams },
  ): Promise<void> {
    const user = place.user.id;
    const value = form.get('value');
    if (action === 'press') {
      const pressed = { user, actionId: form.get('action') ?? '', ...(value === null ? {} : { value }) };
      if (place.channel === null) return sendJson(response, await slack.interactHome(pressed));
      const message = { channel: place.channel.id, messageTs: form.get('ts') ?? '' };
      return sendJson(response, await slack.interact({ ...pressed, ...message }));
    }
    if (action === 'submit') {
      const fields = [...new Set(form.keys())].filter((name) => name !== 'as' && form.get(name) !== '');
      // Several people in one field come as one text each.
      const values = Object.fromEntries(fields.map((name) => [name, form.getAll(name).join(',')]));
      return sendJson(response, await slack.submit({ user, values }));
    }
    if (action === 'close') {
      slack.workspace.closeViews(user);
      return sendJson(response, { ok: true });
    }
    if (place.channel === null) return end(response, 404, 'text/plain', 'There is nothing here.');
    const where = { user, channel: place.channel.id };
    const text = (form.get('text') ?? '').trim().slice(0, 4000);
    if (action !== 'send') return end(response, 404, 'text/plain', 'There is nothing here.');
    if (text.startsWith('/')) {
      const [command = '', ...words] = text.split(/\s+/);
      await slack.command({ ...where, command, text: words.join(' ') });
    } else if (text !== '') {
      slack.say({ ...where, text, ...(place.thread === null ? {} : { threadTs: place.thread }) });
    }
    if (request.headers['x-requested-with'] === 'fetch') return sendJson(response, { ok: true });
    redirect(response, linkTo(place.channel.id, place.user.id, place.thread));
  }

  /** Slack tells the app that somebody looks at their home; the page is there already when it has an answer. */
  async function openHome(user: SlackUser): Promise<void> {
    const channel = `D${user.id.slice(1)}`;
    await slack.event({ type: 'app_home_opened', user: user.id, channel, tab: 'home' }, AbortSignal.timeout(1000));
  }

  function listen(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(': open\n\n');
    listeners.add(response);
    response.on('close', () => listeners.delete(response));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) end(response, 500, 'text/plain', `The page failed: ${(error as Error).message}`);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explainListenError(error, { option: '--port' })));
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        forget();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page elsewhere must not reach the demo through a name that it lets point here, nor post to it. */
function isLocal({ headers, method }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false;
  return method !== 'POST' || origin === undefined || origin === `http://${host}`;
}

function findPlace(slack: SlackServer, channelId: string | null, query: URLSearchParams): Place | null {
  const { users } = slack.workspace;
  const user = users.get(query.get('as') ?? '') ?? firstUser(slack);
  if (channelId === null) return { channel: null, user, thread: null };
  const channel = channelsFor(slack, user).find(({ id }) => id === channelId);
  return channel ? { channel, user, thread: query.get('thread') || null } : null;
}

function firstUser(slack: SlackServer): SlackUser {
  const [user] = slack.workspace.users.values();
  if (!user) throw new Error('expected a workspace with at least one person, found none');
  return user;
}

function firstPlace(slack: SlackServer, as: string | null): string {
  const user = slack.workspace.users.get(as ?? '') ?? firstUser(slack);
  const [channel] = channelsFor(slack, user);
  return linkTo(channel?.id ?? 'none', user.id);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { Location: location }).end();
}

function sendJson(response: ServerResponse, value: object): void {
  end(response, 200, 'application/json', JSON.stringify(value));
}

function end(response: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': policy,
    'X-Content-Type-Options': 'nosniff',
    // With `no-referrer` a browser would send the form with `Origin: null`, which is refused.
    'Referrer-Policy': 'same-origin',
  });
  response.end(body);
}
