import type { SlackServer } from '../slack/start-slack.ts';
import type { SlackChannel, SlackUser } from '../slack/workspace.ts';
import { Html, html, nothing } from './html.ts';
import type { Reader } from './reader.ts';
import { labelsFor, languageOf } from './reader.ts';
import { renderMessages, renderThread } from './render-message.ts';

/** Which page: the channel, who looks at it, and the thread that is open beside it. */
export interface Place {
  readonly channel: SlackChannel;
  readonly user: SlackUser;
  readonly thread: string | null;
}

export function readerOf(slack: SlackServer, user: SlackUser, now: number): Reader {
  const { workspace } = slack;
  return {
    id: user.id,
    locale: user.locale,
    tz: user.tz,
    now,
    userName(id) {
      if (id === workspace.bot.userId) return workspace.bot.name;
      return id === 'USLACKBOT' ? 'Slackbot' : (workspace.users.get(id)?.realName ?? id);
    },
    channelName: (id) => workspace.channels.get(id)?.name ?? id,
  };
}

/** The channels in a person's sidebar. */
export function channelsFor(slack: SlackServer, user: SlackUser): readonly SlackChannel[] {
  return [...slack.workspace.channels.values()].filter(
    (channel) => !channel.isArchived && (!channel.isPrivate || channel.members.has(user.id)),
  );
}

export function linkTo(channel: string, user: string, thread: string | null = null): string {
  const query = new URLSearchParams(thread === null ? { as: user } : { as: user, thread });
  return `/c/${channel}?${query.toString()}`;
}

/** What changes while a page is open. */
export interface Panes {
  readonly messages: string;
  readonly thread: string;
}

export function renderPanes(slack: SlackServer, place: Place, now: number): Panes {
  const reader = readerOf(slack, place.user, now);
  const all = slack.messages(place.channel.id, place.user.id);
  const messages = renderMessages({ reader, all, threadLink: (ts) => linkTo(place.channel.id, place.user.id, ts) });
  const root = place.thread === null ? null : all.find(({ ts }) => ts === place.thread);
  const thread = root
    ? renderThread(
        root,
        all.filter(({ threadTs }) => threadTs === root.ts),
        reader,
      )
    : nothing;
  return { messages: messages.text, thread: thread.text };
}

function channelLabel(channel: SlackChannel): Html {
  if (channel.id.startsWith('D')) return html`<i>●</i>${channel.name || 'Vigie'}`;
  if (!channel.isPrivate) return html`<i>#</i>${channel.name}`;
  return html`<i
      ><svg viewBox="0 0 16 16" aria-label="private">
        <path d="M4 7V5a4 4 0 0 1 8 0v2h1v7H3V7zm1.600 0h4.800V5a2.400 2.400 0 0 0-4.800 0z" /></svg></i
    >${channel.name}`;
}

/** `français`, in the language itself. */
function languageName(locale: string): string {
  const language = locale.split('-')[0]!;
  return new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? language;
}

function renderSidebar(slack: SlackServer, { channel, user }: Place, reader: Reader): Html {
  const words = labelsFor(reader);
  const { team, bot, users } = slack.workspace;
  const channels = channelsFor(slack, user).map((each) => {
    const last = slack.messages(each.id, user.id).at(-1)?.ts ?? '0';
    const current = each.id === channel.id ? html` aria-current="page"` : nothing;
    return html`<li>
      <a href="${linkTo(each.id, user.id)}" data-channel="${each.id}" data-last="${last}" ${current}
        >${channelLabel(each)}</a
      >
    </li>`;
  });
  const people = [...users.values()].map((each) => {
    const language = languageName(each.locale);
    const current = each.id === user.id ? html` aria-current="true"` : nothing;
    return html`<li>
      <a href="${linkTo(channel.id, each.id)}" lang="${languageOf(each.locale)}" ${current}
        >${each.realName} <small>${language}</small></a
      >
    </li>`;
  });
  return html`<nav class="sidebar" id="menu" aria-label="${words.menu}">
    <div class="team"><b>${team.name}</b><a class="menu-close" href="#" aria-label="${words.close}">✕</a></div>
    <h2>${words.channels}</h2>
    <ul>
      ${channels}
    </ul>
    <h2>${words.apps}</h2>
    <ul>
      <li>
        <span class="app-name"><i>◆</i>${bot.name}</span>
      </li>
    </ul>
    <div class="people">
      <h2>${words.readingAs}</h2>
      <ul>
        ${people}
      </ul>
      <p>${words.simulated}</p>
    </div>
  </nav>`;
}

function renderComposer(slack: SlackServer, place: Place, reader: Reader, thread: string | null): Html {
  const words = labelsFor(reader);
  const { command } = slack.workspace.bot;
  const prompt = thread === null ? words.message(`#${place.channel.name}`) : words.reply;
  const chips = ['status', 'help'].map(
    (name) => html`<button type="button" class="chip" data-fill="${command} ${name}">${command} ${name}</button>`,
  );
  return html`<form class="composer" method="post" action="/c/${place.channel.id}/send">
    <input type="hidden" name="as" value="${place.user.id}" /><input
      type="hidden"
      name="thread"
      value="${thread ?? ''}"
    />
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
      ${thread === null ? chips : nothing}<button class="send" aria-label="${words.send}" title="${words.send}">
        <svg viewBox="0 0 20 20" aria-hidden="true"><path d="M2 3l16 7-16 7 2-7 8 0-8 0z" /></svg>
      </button>
    </div>
  </form>`;
}

/** The whole page. Its script only keeps it fresh: links and the form work without. */
export function renderPage(slack: SlackServer, place: Place, now: number): string {
  const { channel, user, thread } = place;
  const reader = readerOf(slack, user, now);
  const words = labelsFor(reader);
  const panes = renderPanes(slack, place, now);
  const isOpen = panes.thread !== '';
  return html`<!doctype html>
    <html lang="${languageOf(user.locale)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${channel.name} · ${slack.workspace.team.name}</title>
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body data-channel="${channel.id}" data-as="${user.id}" data-thread="${isOpen ? (thread ?? '') : ''}">
        ${renderSidebar(slack, place, reader)}
        <main>
          <header class="top">
            <a class="menu-open" href="#menu" aria-label="${words.menu}">☰</a>
            <h1>${channelLabel(channel)}</h1>
            <span class="topic">${channel.topic}</span
            ><span class="members">${words.members(channel.members.size)}</span>
          </header>
          <div class="scroll" id="messages" role="log" aria-live="polite" tabindex="0">${new Html(panes.messages)}</div>
          ${renderComposer(slack, place, reader, null)}
        </main>
        <aside class="thread" id="thread" aria-label="${words.thread}" ${isOpen ? nothing : html` hidden`}>
          <header class="top">
            <h1>${words.thread}</h1>
            <span class="topic"># ${channel.name}</span
            ><a class="thread-close" href="${linkTo(channel.id, user.id)}" aria-label="${words.close}">✕</a>
          </header>
          <div class="scroll" id="replies" tabindex="0">${new Html(panes.thread)}</div>
          ${renderComposer(slack, place, reader, thread ?? '')}
        </aside>
        <script src="/client.js"></script>
      </body>
    </html>`.text;
}
