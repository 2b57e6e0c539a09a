import type { IncomingMessage, ServerResponse } from 'node:http';
import { readArguments, readBody, Refusal } from './call.ts';
import type { ResponseUrls } from './response-urls.ts';
import { isUnfurled, validateMessage } from './validate-blocks.ts';
import type { Workspace } from './workspace.ts';

export interface AnswerOptions {
  readonly workspace: Workspace;
  readonly urls: ResponseUrls;
  readonly now: () => number;
  readonly violations: string[];
  readonly hasCharts: () => boolean;
}

/** What an app posts to a response_url: an answer to one person, to all, or in place of the message it came from. */
export async function answerResponseUrl(
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
  options: AnswerOptions,
): Promise<void> {
  const { workspace, urls, now, violations } = options;
  const say = (status: number, body: object) =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  const url = urls.use(id, now());
  if (typeof url === 'string') {
    violations.push(`response_url: ${url}`);
    return say(404, { ok: false, error: url });
  }
  try {
    const args = readArguments(await readBody(request), 'application/json');
    const original = url.messageTs === null ? null : workspace.find(url.channel, url.messageTs);
    if (args['delete_original'] === true && original) {
      workspace.remove(original);
      return say(200, { ok: true });
    }
    const { error, errors } = validateMessage(args);
    if (error !== null) throw new Refusal(error, { errors });
    const text = typeof args['text'] === 'string' ? args['text'] : '';
    const blocks = Array.isArray(args['blocks']) ? args['blocks'] : [];
    // A response_url speaks for nobody: it cannot show a file that only the bot may see.
    if (JSON.stringify(blocks).includes('"slack_file"')) throw new Refusal('invalid_blocks');
    // Nothing that the app could know beforehand, so no mistake of its own.
    if (!options.hasCharts() && JSON.stringify(blocks).includes('"data_visualization"'))
      return say(400, { ok: false, error: 'invalid_blocks' });
    if (args['response_type'] === 'in_channel' && isUnfurled(args))
      violations.push('response_url: a link would be shown with a preview');
    if (args['replace_original'] === true && original) {
      original.text = text;
      original.blocks = blocks;
      workspace.tell({ kind: 'updated', channel: url.channel, ts: original.ts });
      return say(200, { ok: true });
    }
    workspace.add({
      channel: url.channel,
      user: workspace.bot.userId,
      isBot: true,
      text,
      blocks,
      threadTs: typeof args['thread_ts'] === 'string' ? args['thread_ts'] : null,
      metadata: null,
      landsAt: now(),
      onlyFor: args['response_type'] === 'in_channel' ? null : url.user,
    });
    say(200, { ok: true });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    violations.push(`response_url: ${error.code} ${JSON.stringify(error.details)}`);
    say(400, { ok: false, error: error.code, ...error.details });
  }
}
