import type { RespondArguments } from '@slack/bolt';
import type { Logger } from '../lib/logger.ts';
import type { Message, Part } from '../render/message.ts';
import type { Below } from './answers.ts';
import { describeFailure } from './failure.ts';
import type { Workspaces } from './workspaces.ts';

/** Slack takes five answers on one response_url. */
const mostAnswers = 5;

export type Respond = (message: RespondArguments) => Promise<unknown>;

/** Whom to tell something, and how they can be reached. */
export interface Listener {
  /** The workspace; null where there is only one. */
  readonly team: string | null;
  readonly channel: string;
  readonly user: string;
  /** Null where Slack gave no address to answer to, as in App Home. */
  readonly respond: Respond | null;
}

/** Brings answers and the pictures below them to people. */
export interface Teller {
  readonly tell: (message: Message, to: Listener, isForAll?: boolean) => Promise<void>;
  readonly show: (below: Below, to: Listener, isForAll: boolean) => Promise<void>;
}

export function createTeller({ workspaces, log }: { readonly workspaces: Workspaces; readonly log: Logger }): Teller {
  return { tell, show };

  /** Slack's own chart, else a picture, else its words. */
  async function show({ native, picture }: Below, to: Listener, isForAll: boolean): Promise<void> {
    const { channel, user, respond } = to;
    if (native && respond) {
      try {
        await respond(toRespond(native, isForAll));
        return;
      } catch (error) {
        log.info({ channel, error: describeFailure(error) }, 'no charts of Slack here: a picture is shown');
      }
    }
    const made = await picture();
    if (!made) return;
    const { shown, words } = made;
    // A file of the bot's own is shown by the bot alone: a response_url cannot.
    if (shown) {
      try {
        const client = await workspaces.client(to.team);
        if (channel === '' || isForAll)
          await client.chat.postMessage({ channel: channel || user, ...contentOf(shown) });
        else await client.chat.postEphemeral({ channel, user, text: shown.text, blocks: [...shown.blocks] });
        return;
      } catch (error) {
        log.warn({ channel, error: describeFailure(error) }, 'picture refused: its words are told');
      }
    }
    await tell({ ...words, replies: [] }, to, isForAll);
  }

  /** To the person alone, through the address that Slack gave; beside it when that is used up, gone or none. */
  async function tell(message: Message, to: Listener, isForAll = false): Promise<void> {
    const { respond } = to;
    for (const [index, part] of [message as Part, ...message.replies].entries()) {
      const isTaken = respond !== null && index < mostAnswers;
      try {
        if (!isTaken) throw new Error('no answer left');
        await respond(toRespond(part, isForAll));
      } catch (error) {
        if (isTaken) log.warn({ error: describeFailure(error) }, 'the response_url does not take the answer');
        await tellBeside(part, to, isForAll);
      }
    }
  }

  async function tellBeside(part: Part, { team, channel, user }: Listener, isForAll: boolean): Promise<void> {
    const client = await workspaces.client(team);
    if (channel !== '') {
      try {
        if (isForAll) await client.chat.postMessage({ channel, ...contentOf(part) });
        else await client.chat.postEphemeral({ channel, user, text: part.text, blocks: [...part.blocks] });
        return;
      } catch (error) {
        if (isForAll) throw error;
        // Where the bot is not in the channel, it may still write to the person.
        log.warn({ channel, error: describeFailure(error) }, 'told to the person alone');
      }
    }
    await client.chat.postMessage({ channel: user, ...contentOf(part) });
  }
}

/** Links are no news that needs a preview. */
function contentOf({ text, blocks }: Part) {
  return { text, blocks: [...blocks], unfurl_links: false, unfurl_media: false };
}

function toRespond(part: Part, isForAll: boolean): RespondArguments {
  const response_type = isForAll ? 'in_channel' : 'ephemeral';
  return { response_type, replace_original: false, ...contentOf(part) };
}
