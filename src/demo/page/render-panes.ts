import type { SlackServer } from '../slack/start-slack.ts';
import type { SlackChannel, SlackUser } from '../slack/workspace.ts';
import { html, nothing } from './html.ts';
import type { Html } from './html.ts';
import type { Reader } from './reader.ts';
import { labelsFor, languageOf } from './reader.ts';
import { renderMessages, renderThread } from './render-message.ts';
import { renderHome, renderModal } from './render-view.ts';

/** Which page: the channel, who looks at it, and the thread that is open beside it. */
export interface Place {
  /** Null for the App Home of the person. */
  readonly channel: SlackChannel | null;
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

export function linkTo(channel: string | null, user: string, thread: string | null = null): string {
  const query = new URLSearchParams(thread === null ? { as: user } : { as: user, thread });
  return `${pathOf(channel)}?${query.toString()}`;
}

/** Where the pane of a channel, or of the App Home, is. */
export function pathOf(channel: string | null): string {
  return channel === null ? '/home' : `/c/${channel}`;
}

/** What changes while a page is open. */
export interface Panes {
  readonly messages: string;
  readonly thread: string;
  /** The form that is open over the page; empty when there is none. */
  readonly modal: string;
}

export function renderPanes(slack: SlackServer, place: Place, now: number): Panes {
  const reader = readerOf(slack, place.user, now);
  const { workspace } = slack;
  const { channel, user } = place;
  const modal = renderModal(workspace.viewsOf(user.id).at(-1) ?? null, reader, workspace).text;
  if (channel === null) return { messages: renderHome(workspace.homeOf(user.id), reader).text, thread: '', modal };
  const all = slack.messages(channel.id, user.id);
  const messages = renderMessages({ reader, all, threadLink: (ts) => linkTo(channel.id, user.id, ts) });
  const root = place.thread === null ? null : all.find(({ ts }) => ts === place.thread);
  const thread = root
    ? renderThread(
        root,
        all.filter(({ threadTs }) => threadTs === root.ts),
        reader,
      )
    : nothing;
  return { messages: messages.text, thread: thread.text, modal };
}

export function channelLabel(channel: SlackChannel): Html {
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

export function renderSidebar(slack: SlackServer, { channel, user }: Place, reader: Reader): Html {
  const words = labelsFor(reader);
  const { team, bot, users } = slack.workspace;
  const channels = channelsFor(slack, user).map((each) => {
    const last = slack.messages(each.id, user.id).at(-1)?.ts ?? '0';
    const current = each.id === channel?.id ? html` aria-current="page"` : nothing;
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
      <a href="${linkTo(channel?.id ?? null, each.id)}" lang="${languageOf(each.locale)}" ${current}
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
        <a class="app-name" href="${linkTo(null, user.id)}" ${channel === null ? html` aria-current="page"` : nothing}
          ><i>◆</i>${bot.name}</a
        >
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
