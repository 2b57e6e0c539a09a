import type { SlackServer } from '../slack/start-slack.ts';
import type { SlackChannel } from '../slack/workspace.ts';
import { Html, html, nothing } from './html.ts';
import type { Reader } from './reader.ts';
import { labelsFor, languageOf } from './reader.ts';
import { channelLabel, linkTo, pathOf, readerOf, renderPanes, renderSidebar } from './render-panes.ts';
import type { Place } from './render-panes.ts';

/** Commands that show what the product does, in the order in which one would try them. */
const chips = ['status', 'milestones', 'forecast', 'risks', 'help'];

function renderComposer(
  slack: SlackServer,
  { channel, user }: Place & { readonly channel: SlackChannel },
  { reader, thread }: { readonly reader: Reader; readonly thread: string | null },
): Html {
  const words = labelsFor(reader);
  const { command } = slack.workspace.bot;
  const prompt = thread === null ? words.message(`#${channel.name}`) : words.reply;
  const buttons = chips.map(
    (name) => html`<button type="button" class="chip" data-fill="${command} ${name}">${command} ${name}</button>`,
  );
  return html`<form class="composer" method="post" action="${pathOf(channel.id)}/send">
    <input type="hidden" name="as" value="${user.id}" /><input type="hidden" name="thread" value="${thread ?? ''}" />
    <input
      class="text"
      name="text"
      autocomplete="off"
      maxlength="4000"
      required
      placeholder="${prompt}"
      aria-label="${prompt}"
    />
    <div class="tools">
      ${thread === null ? buttons : nothing}<button class="send" aria-label="${words.send}" title="${words.send}">
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M2 3l16 7-16 7 2-7 8 0-8 0z" /></svg>
      </button>
    </div>
  </form>`;
}

/** The whole page. Its script only keeps it fresh: links and the form work without. */
export function renderPage(slack: SlackServer, place: Place, now: number): string {
  const { channel, user } = place;
  const reader = readerOf(slack, user, now);
  const panes = renderPanes(slack, place, now);
  const { team, bot } = slack.workspace;
  const isOpen = panes.thread !== '';
  return html`<!doctype html>
    <html lang="${languageOf(user.locale)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${channel?.name ?? bot.name} · ${team.name}</title>
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body
        data-path="${pathOf(channel?.id ?? null)}"
        data-channel="${channel?.id ?? ''}"
        data-as="${user.id}"
        data-thread="${isOpen ? (place.thread ?? '') : ''}"
      >
        ${renderSidebar(slack, place, reader)}
        <main>
          ${renderTop(slack, place, reader)}
          <div class="scroll" id="messages" role="log" aria-live="polite" tabindex="0">${new Html(panes.messages)}</div>
          ${channel === null ? nothing : renderComposer(slack, { ...place, channel }, { reader, thread: null })}
        </main>
        ${channel === null ? nothing : renderThreadPane(slack, { ...place, channel }, { reader, thread: panes.thread })}
        <div id="modal">${new Html(panes.modal)}</div>
        <script src="/client.js"></script>
      </body>
    </html>`.text;
}

function renderTop(slack: SlackServer, { channel }: Place, reader: Reader): Html {
  const words = labelsFor(reader);
  const menu = html`<a class="menu-open" href="#menu" aria-label="${words.menu}">☰</a>`;
  if (channel === null)
    return html`<header class="top">
      ${menu}
      <h1>${slack.workspace.bot.name}</h1>
      <span class="topic">${words.home}</span>
    </header>`;
  return html`<header class="top">
    ${menu}
    <h1>${channelLabel(channel)}</h1>
    <span class="topic">${channel.topic}</span><span class="members">${words.members(channel.members.size)}</span>
  </header>`;
}

function renderThreadPane(
  slack: SlackServer,
  place: Place & { readonly channel: SlackChannel },
  { reader, thread }: { readonly reader: Reader; readonly thread: string },
): Html {
  const words = labelsFor(reader);
  const { channel, user } = place;
  return html`<aside class="thread" id="thread" aria-label="${words.thread}" ${thread === '' ? html` hidden` : nothing}>
    <header class="top">
      <h1>${words.thread}</h1>
      <span class="topic"># ${channel.name}</span
      ><a class="thread-close" href="${linkTo(channel.id, user.id)}" aria-label="${words.close}">✕</a>
    </header>
    <div class="scroll" id="replies" tabindex="0">${new Html(thread)}</div>
    ${renderComposer(slack, place, { reader, thread: place.thread ?? '' })}
  </aside>`;
}
