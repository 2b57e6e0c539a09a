import type { HomeView, ModalView } from '@slack/types';
import type { Message, Part } from '../render/message.ts';
import type { ChannelState } from './directory.ts';
import type { Ask } from './parse-command.ts';

/** Who speaks to us, where, and in which language they are answered. */
export interface Asker {
  /** Empty where there is no channel, as in App Home. */
  readonly channel: string;
  readonly user: string;
  /** What the person calls themselves. */
  readonly userName: string;
  readonly locale: string;
  /** The time zone that they chose; null leaves it to the channel. */
  readonly zone: string | null;
  /** Whether they are among these people and user groups, by Slack's ids. */
  readonly isOneOf: (ids: readonly string[]) => Promise<boolean>;
  /** The channels that the person is in. */
  readonly channels: () => Promise<readonly string[]>;
  /** The id of their direct conversation with the bot; null when Slack does not open one. */
  readonly direct: () => Promise<string | null>;
  /** Who else reads what they are answered; of App Home and a direct conversation, nobody. */
  readonly audience: () => Promise<ChannelState>;
}

export type Question = Ask & Asker;

/** A button, or a choice in a menu, of ours. */
export interface Press extends Asker {
  /** `alert-acknowledge`: the action of the element. */
  readonly action: string;
  /** What it carries, or what was chosen; it came over the network. */
  readonly value: string;
  /** The view that it stands in; null in a message. */
  readonly view: string | null;
}

/** A form that somebody filled in. */
export interface Submission extends Asker {
  /** Slack's id of the form: the same when it is sent again. */
  readonly id: string;
  /** The name of the form. */
  readonly form: string;
  /** What the form carries from where it was opened; it came over the network. */
  readonly about: string;
  /** What was entered, by the id of its block; null for nothing. A date is a day, a person an id. */
  readonly fields: Readonly<Record<string, string | readonly string[] | null>>;
}

/** What a person is told, or shown to fill in. */
export type Reply =
  /** `isForAll`: everybody in the channel reads it, not only who asked. `below` is made once the message is told. */
  | {
      readonly kind: 'message';
      readonly message: Message;
      readonly isForAll?: boolean;
      readonly below?: () => Promise<readonly Below[]>;
    }
  | { readonly kind: 'form'; readonly view: ModalView };

/** A chart below an answer. */
export interface Below {
  /** As Slack draws it itself; null where its charts do not fit. A workspace that has none refuses it. */
  readonly native: Part | null;
  /** As a picture, and its words where Slack does not show that; null where there is none to be had. */
  readonly picture: () => Promise<{ readonly shown: Part | null; readonly words: Part } | null>;
}

/** What becomes of a form: mistakes by block, shown in it; or it closes, and the rest may take its time. */
export type Submitted =
  | { readonly kind: 'mistakes'; readonly mistakes: Readonly<Record<string, string>> }
  | { readonly kind: 'taken'; readonly after?: () => Promise<Message | null> };

/** What the app says; it is given from outside, since this folder knows no project and no word. */
export interface Answers {
  ask(question: Question): Promise<Reply>;
  /** Null when the message that was pressed tells it. A press in App Home shows that anew. */
  press(press: Press): Promise<Reply | null>;
  /**
   * Mistakes are told in the form when they are found within the time that Slack waits, so what is kept here is looked at
   * first; what takes longer is told once the form has closed.
   */
  submit(submission: Submission): Promise<Submitted>;
  home(asker: Asker): Promise<HomeView>;
  /** Words for a code: `help` { command, asked, nearest }, `failed` { command, reference }, `not-taken` { mistakes, written }. */
  say(
    code: 'help' | 'failed' | 'not-taken',
    data: Readonly<Record<string, string | null | readonly string[]>>,
    locale: string,
  ): Message;
}
