import type { SlackMessage } from '../slack/workspace.ts';
import { html, joinHtml, nothing } from './html.ts';
import type { Html } from './html.ts';
import type { Reader } from './reader.ts';
import { dayKey, formatDay, formatMoment, formatTime, instantOf, labelsFor } from './reader.ts';
import { renderBlocks } from './render-blocks.ts';
import { renderMrkdwn } from './render-mrkdwn.ts';

/** Messages of one author within this time stand under one name. */
const groupMs = 300_000;
const colours = ['#e8912d', '#2bac76', '#36c5f0', '#b4397a', '#5b6ee1', '#8d6e63', '#00897b', '#c0592b'];

const bot = html`<svg class="avatar" viewBox="0 0 36 36" aria-hidden="true">
  <rect width="36" height="36" rx="8" fill="#1f3a5f" />
  <path d="M18 6v24M9 30h18" stroke="#9fb8d6" stroke-width="2" stroke-linecap="round" />
  <path d="M18 7h9l-3 3.5 3 3.5h-9z" fill="#f2b441" />
  <path d="M11 19h14l-2 5H13z" fill="#fff" />
  <circle cx="18" cy="16.5" r="2.2" fill="#fff" />
</svg>`;

function avatar(message: SlackMessage, name: string): Html {
  if (message.isBot) return bot;
  const sum = Array.from(message.user).reduce((total, character) => total + character.codePointAt(0)!, 0);
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => Array.from(word)[0] ?? '')
    .join('');
  const colour = colours[sum % colours.length]!;
  return html`<svg class="avatar" viewBox="0 0 36 36" aria-hidden="true">
    <rect width="36" height="36" rx="8" fill="${colour}" />
    <text x="18" y="23.5" text-anchor="middle" font-size="15" font-weight="700" fill="#fff">
      ${initials.toUpperCase()}
    </text>
  </svg>`;
}

export interface MessageListOptions {
  readonly reader: Reader;
  /** What is in the channel, oldest first, with the replies. */
  readonly all: readonly SlackMessage[];
  readonly threadLink: (ts: string) => string;
}

/** The messages of a channel by day, without what stands in threads. */
export function renderMessages({ reader, all, threadLink }: MessageListOptions): Html {
  const roots = all.filter((message) => message.threadTs === null);
  const parts: Html[] = [];
  let previous: SlackMessage | null = null;
  for (const message of roots) {
    const at = instantOf(message.ts);
    const isNewDay = previous === null || dayKey(instantOf(previous.ts), reader) !== dayKey(at, reader);
    if (isNewDay) parts.push(html`<div class="day" role="separator"><span>${formatDay(at, reader)}</span></div>`);
    const isGrouped =
      !isNewDay &&
      previous?.user === message.user &&
      previous.onlyFor === message.onlyFor &&
      message.onlyFor === null &&
      at - instantOf(previous.ts) < groupMs &&
      !all.some(({ threadTs }) => threadTs === previous?.ts);
    const replies = all.filter((reply) => reply.threadTs === message.ts);
    parts.push(
      renderMessage(message, { reader, isGrouped, footer: threadFooter(message, replies, { reader, threadLink }) }),
    );
    previous = message;
  }
  return parts.length > 0 ? joinHtml(parts) : html`<p class="empty">${labelsFor(reader).empty}</p>`;
}

/** The root of a thread and its replies, for the pane at the side. */
export function renderThread(root: SlackMessage, replies: readonly SlackMessage[], reader: Reader): Html {
  const plain = { reader, isGrouped: false, footer: nothing };
  const count =
    replies.length > 0
      ? html`<div class="reply-count"><span>${labelsFor(reader).replies(replies.length)}</span></div>`
      : nothing;
  return joinHtml([renderMessage(root, plain), count, ...replies.map((reply) => renderMessage(reply, plain))]);
}

function threadFooter(
  message: SlackMessage,
  replies: readonly SlackMessage[],
  { reader, threadLink }: Pick<MessageListOptions, 'reader' | 'threadLink'>,
): Html {
  const last = replies.at(-1);
  if (!last) return nothing;
  const words = labelsFor(reader);
  const at = instantOf(last.ts);
  const when = words.at(formatDay(at, reader).toLocaleLowerCase(reader.locale), formatTime(at, reader));
  return html`<a class="thread-link" href="${threadLink(message.ts)}" data-thread="${message.ts}"
    >${avatar(last, reader.userName(last.user))}<b>${words.replies(replies.length)}</b>
    <span>${words.lastReply(when)}</span></a
  >`;
}

function renderMessage(
  message: SlackMessage,
  { reader, isGrouped, footer }: { readonly reader: Reader; readonly isGrouped: boolean; readonly footer: Html },
): Html {
  const words = labelsFor(reader);
  const name = reader.userName(message.user);
  const at = instantOf(message.ts);
  const isOnlyMine = message.onlyFor !== null;
  const kind = ['message', isGrouped ? 'grouped' : '', isOnlyMine ? 'ephemeral' : ''].filter(Boolean).join(' ');
  const time = html`<time title="${formatMoment(at, reader)}">${formatTime(at, reader)}</time>`;
  const head = isGrouped
    ? nothing
    : html`<div class="who">
        <b>${name}</b>${message.isBot ? html`<span class="badge">${words.app}</span>` : nothing} ${time}
      </div>`;
  const only = isOnlyMine
    ? html`<div class="only-you">
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path
            d="M10 4C5.5 4 2.2 7.6 1 10c1.2 2.400 4.500 6 9 6s7.800-3.600 9-6c-1.200-2.400-4.500-6-9-6zm0 9.500a3.500 3.500 0 1 1 0-7 3.500 3.500 0 0 1 0 7z"
          /></svg
        >${words.onlyYou}
      </div>`
    : nothing;
  const content =
    message.blocks.length > 0
      ? renderBlocks(message.blocks, reader)
      : html`<div class="b-rich-text">${renderMrkdwn(message.text, reader)}</div>`;
  const edited = message.editedTs === null ? nothing : html` <small class="edited">${words.edited}</small>`;
  const aside = isGrouped ? html`<div class="gutter">${time}</div>` : avatar(message, name);
  return html`<article class="${kind}" data-ts="${message.ts}" aria-label="${name}">
    ${only}${aside}
    <div class="body">
      ${head}
      <div class="content">${content}${edited}</div>
      ${footer}
    </div>
  </article>`;
}
