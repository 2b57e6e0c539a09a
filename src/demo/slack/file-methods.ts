import type { Call, Method } from './call.ts';
import { Refusal, jsonArgument, numberArgument, required, textArgument } from './call.ts';
import { countCharacters, isObject } from './shape.ts';
import type { SlackFile, Workspace } from './workspace.ts';

const mostBytes = 10 * 1_048_576;
const mostAltCharacters = 1_000;

/** The first step: where the bytes are to go, and what the file will be called. */
const getUploadUrl: Method = (call) => {
  const { workspace, origin } = call;
  const name = required(call, 'filename');
  const length = numberArgument(call, 'length', 0);
  if (!Number.isInteger(length) || length === 0) throw new Refusal('invalid_arguments');
  if (length > mostBytes) throw new Refusal('file_upload_size_restricted');
  const alt = textArgument(call, 'alt_text') ?? textArgument(call, 'alt_txt') ?? '';
  if (countCharacters(alt) > mostAltCharacters) throw new Refusal('invalid_arguments');
  const file = workspace.addFile({ name, length, alt });
  return { upload_url: `${origin}/upload/v1/${file.uploadKey}`, file_id: file.id };
};

/** The last step: from now on Slack works on it. Without a channel nobody but the bot has it. */
const completeUpload: Method = (call) => {
  const files = jsonArgument(call, 'files', 'invalid_arguments');
  if (!Array.isArray(files) || files.length === 0) throw new Refusal('invalid_arguments');
  // Real Slack would show the file in that channel; here nobody does that yet, and to ignore it would be a lie.
  if (textArgument(call, 'channel_id') !== null) throw new Refusal('not_simulated');
  const found = files.map((asked) => fileToComplete(call, isObject(asked) ? asked['id'] : null));
  for (const [index, file] of found.entries()) {
    const asked: unknown = files[index];
    const title = isObject(asked) ? asked['title'] : null;
    file.title = typeof title === 'string' ? title : file.name;
    file.readyAt = call.now + call.faults.processingMs;
  }
  return { files: found.map(({ id, title }) => ({ id, title })) };
};

/** Unknown, or its bytes have not come whole. */
function fileToComplete({ workspace }: Call, id: unknown): SlackFile {
  const file = typeof id === 'string' ? workspace.files.get(id) : undefined;
  if (!file || file.bytes === null) throw new Refusal('file_not_found');
  return file;
}

const fileInfo: Method = (call) => {
  const file = call.workspace.files.get(required(call, 'file'));
  if (!file || file.readyAt === null) throw new Refusal('file_not_found');
  const isReady = file.readyAt <= call.now;
  return {
    file: {
      id: file.id,
      name: file.name,
      title: file.title,
      mimetype: isReady ? 'image/png' : '',
      filetype: isReady ? 'png' : '',
      size: file.length,
      user: call.workspace.bot.userId,
      alt_txt: file.alt,
      shares: {},
    },
  };
};

/** What a message may show: a file that Slack has made ready. A pointer to each block that shows another. */
export function missingFiles(blocks: readonly unknown[], workspace: Workspace, now: number): readonly string[] {
  return blocks.flatMap((block, index) => {
    if (!isObject(block) || block['type'] !== 'image' || !isObject(block['slack_file'])) return [];
    const file = workspace.files.get(String(block['slack_file']['id']));
    const isReady = file !== undefined && file.readyAt !== null && file.readyAt <= now;
    return isReady ? [] : [`/blocks/${index}/slack_file`];
  });
}

/** The bytes of a file, as a form of parts or by themselves. What is wrong with them; null when they are taken. */
export function takeUpload(workspace: Workspace, key: string, body: Buffer, contentType: string): string | null {
  const file = [...workspace.files.values()].find(({ uploadKey }) => uploadKey === key);
  if (!file) return 'no such upload';
  const bytes = contentType.startsWith('multipart/form-data') ? firstPart(body, contentType) : body;
  if (bytes === null) return 'no file in the form';
  if (bytes.length !== file.length) return `expected ${file.length} bytes, found ${bytes.length}`;
  if (bytes.subarray(0, 4).toString('latin1') !== '\u0089PNG') return 'expected a PNG';
  file.bytes = bytes;
  return null;
}

function firstPart(body: Buffer, contentType: string): Buffer | null {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const begin = body.indexOf('\r\n\r\n');
  const end = body.indexOf(`\r\n--${boundary}`, begin);
  return begin === -1 || end === -1 ? null : body.subarray(begin + 4, end);
}

export const fileMethods: Readonly<Record<string, { readonly scope: string | null; readonly run: Method }>> = {
  'files.getUploadURLExternal': { scope: 'files:write', run: getUploadUrl },
  'files.completeUploadExternal': { scope: 'files:write', run: completeUpload },
  'files.info': { scope: 'files:read', run: fileInfo },
};
