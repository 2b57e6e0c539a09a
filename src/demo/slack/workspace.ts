export interface SlackTeam {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

export interface SlackUser {
  readonly id: string;
  /** `claire` */
  readonly name: string;
  readonly realName: string;
  /** `fr-FR` */
  readonly locale: string;
  /** IANA */
  readonly tz: string;
  /** Invited to some channels only. */
  readonly isGuest?: boolean;
  /** Of another organisation, in a channel that is shared with it. */
  readonly isStranger?: boolean;
}

export interface SlackChannel {
  readonly id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  /** With another organisation. */
  isShared: boolean;
  readonly topic: string;
  readonly members: Set<string>;
}

/** The app that is installed in the workspace, as its bot. */
export interface SlackBot {
  readonly appId: string;
  readonly botId: string;
  readonly userId: string;
  readonly name: string;
  readonly command: string;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly appToken: string;
  scopes: readonly string[];
  isRevoked: boolean;
  /** Tokens that were given to who installed it, and until when each is good; null: for ever. */
  readonly issued: Map<string, number | null>;
  isInstalled: boolean;
}

export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  /** User id of the author; the bot's for its own. */
  readonly user: string;
  readonly isBot: boolean;
  text: string;
  blocks: readonly unknown[];
  readonly threadTs: string | null;
  metadata: unknown;
  editedTs: string | null;
  /** From when on it is there: a late one is not yet. */
  readonly landsAt: number;
  /** Who alone sees it; null for everybody in the channel. */
  readonly onlyFor: string | null;
}

/** A file that the bot uploads. */
export interface SlackFile {
  readonly id: string;
  /** Names the address that its bytes go to. */
  readonly uploadKey: string;
  readonly name: string;
  readonly length: number;
  readonly alt: string;
  title: string;
  /** Null until they came. */
  bytes: Uint8Array | null;
  /** From when on messages can show it; null until its upload is completed. */
  readyAt: number | null;
}

/** A modal that a person has open, or their home. */
export interface SlackView {
  readonly id: string;
  readonly user: string;
  hash: string;
  /** As the app gave it. */
  content: Readonly<Record<string, unknown>>;
}

export interface SlackChange {
  readonly kind: 'posted' | 'updated' | 'deleted' | 'view';
  readonly channel: string;
  readonly ts: string;
}

/** All that a workspace holds. Time comes in from outside. */
export class Workspace {
  readonly team: SlackTeam;
  readonly bot: SlackBot;
  readonly users: ReadonlyMap<string, SlackUser>;
  readonly channels: Map<string, SlackChannel>;
  /** People of user groups, by the id of the group. */
  readonly groups = new Map<string, readonly string[]>();
  readonly messages: SlackMessage[] = [];
  readonly files = new Map<string, SlackFile>();
  /** Modals, the one on top last. */
  readonly #views: SlackView[] = [];
  readonly #homes = new Map<string, SlackView>();
  readonly #listeners = new Set<(change: SlackChange) => void>();
  readonly #used = new Set<number>();

  constructor(parts: {
    team: SlackTeam;
    bot: SlackBot;
    users: readonly SlackUser[];
    channels: readonly SlackChannel[];
  }) {
    this.team = parts.team;
    this.bot = parts.bot;
    this.users = new Map(parts.users.map((user) => [user.id, { ...user }]));
    this.channels = new Map(parts.channels.map((channel) => [channel.id, channel]));
  }

  /** Slack's name of a message: seconds with six decimals, never the same twice. */
  nextTs(at: number): string {
    let micros = Math.floor(at * 1000);
    while (this.#used.has(micros)) micros += 1;
    this.#used.add(micros);
    const digits = String(micros).padStart(16, '0');
    return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
  }

  add(message: Omit<SlackMessage, 'ts' | 'editedTs'>): SlackMessage {
    const added = { ...message, ts: this.nextTs(message.landsAt), editedTs: null };
    this.messages.push(added);
    this.tell({ kind: 'posted', channel: added.channel, ts: added.ts });
    return added;
  }

  addFile({ name, length, alt }: Pick<SlackFile, 'name' | 'length' | 'alt'>): SlackFile {
    const number = String(this.files.size + 1).padStart(8, '0');
    const file: SlackFile = {
      id: `F${number}V`,
      uploadKey: `k${number}`,
      name,
      length,
      alt,
      title: name,
      bytes: null,
      readyAt: null,
    };
    this.files.set(file.id, file);
    return file;
  }

  /** What is in a channel at an instant, oldest first, with what one reader alone sees. */
  visible(channel: string, at: number, reader: string | null = null): SlackMessage[] {
    return this.messages
      .filter((message) => message.channel === channel && message.landsAt <= at)
      .filter(({ onlyFor }) => onlyFor === null || onlyFor === reader)
      .sort((left, right) => (left.ts < right.ts ? -1 : 1));
  }

  find(channel: string, ts: string): SlackMessage | null {
    return this.messages.find((message) => message.channel === channel && message.ts === ts) ?? null;
  }

  remove(message: SlackMessage): void {
    this.messages.splice(this.messages.indexOf(message), 1);
    this.tell({ kind: 'deleted', channel: message.channel, ts: message.ts });
  }

  /** The conversation of the bot with one person. */
  directWith(user: string): SlackChannel {
    const id = `D${user.slice(1)}`;
    const known = this.channels.get(id);
    if (known) return known;
    const members = new Set([user, this.bot.userId]);
    const channel = { id, name: '', isPrivate: true, isArchived: false, isShared: false, topic: '', members };
    this.channels.set(id, channel);
    return channel;
  }

  viewsOf(user: string): readonly SlackView[] {
    return this.#views.filter((view) => view.user === user);
  }

  findView(id: string): SlackView | null {
    return this.#views.find((view) => view.id === id) ?? null;
  }

  homeOf(user: string): SlackView | null {
    return this.#homes.get(user) ?? null;
  }

  openView(user: string, content: SlackView['content'], at: number): SlackView {
    const view = this.#viewOf(user, content, at);
    this.#views.push(view);
    this.#tellView(user);
    return view;
  }

  changeView(view: SlackView, content: SlackView['content'], at: number): SlackView {
    view.content = content;
    view.hash = this.nextTs(at);
    this.#tellView(view.user);
    return view;
  }

  /** All that the person has open, as their form was taken or they closed it. */
  closeViews(user: string): void {
    const others = this.#views.filter((view) => view.user !== user);
    this.#views.splice(0, this.#views.length, ...others);
    this.#tellView(user);
  }

  publishHome(user: string, content: SlackView['content'], at: number): SlackView {
    const view = this.#viewOf(user, content, at);
    this.#homes.set(user, view);
    this.#tellView(user);
    return view;
  }

  #viewOf(user: string, content: SlackView['content'], at: number): SlackView {
    const hash = this.nextTs(at);
    return { id: `V${hash.replace('.', '')}`, user, hash, content };
  }

  #tellView(user: string): void {
    this.tell({ kind: 'view', channel: '', ts: user });
  }

  onChange(listener: (change: SlackChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: SlackChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
