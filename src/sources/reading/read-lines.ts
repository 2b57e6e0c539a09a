import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';

/** One line of a file with its number, from 1. `isLast` without a line break: perhaps the file ends in its middle. */
export interface Line {
  readonly number: number;
  readonly text: string;
  readonly isUnended: boolean;
}

/** The file could not be read to its end; what came before it was good. */
export class CutFile extends Error {
  override readonly name = 'CutFile';
}

// A line is one issue. One that is longer than this is no issue, and must not fill the memory.
const longestLine = 64 * 1024 * 1024;

/** The lines of a text file, plain or gzip, in batches as they come in. Throws CutFile when it ends too early. */
export async function* readLines(path: string, signal: AbortSignal): AsyncGenerator<readonly Line[]> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  const stream = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => stream.destroy(error));
  const decoder = new StringDecoder('utf8');
  let number = 0;
  let rest = '';
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      const parts = (rest + decoder.write(chunk)).split('\n');
      rest = parts.pop()!;
      if (rest.length > longestLine) throw new CutFile(`line ${number + parts.length + 1} is longer than 64 MB`);
      if (parts.length > 0)
        yield parts.map((text) => ({ number: ++number, text: withoutMark(text, number), isUnended: false }));
    }
    rest += decoder.end();
    if (rest.trim() !== '') yield [{ number: ++number, text: withoutMark(rest, number), isUnended: true }];
  } catch (error) {
    if (isZipError(error)) throw new CutFile(error.message, { cause: error });
    throw error;
  } finally {
    file.destroy();
    stream.destroy();
  }
}

/** A byte order mark in front of the first line is no part of it. */
function withoutMark(text: string, number: number): string {
  return number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function isZipError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
