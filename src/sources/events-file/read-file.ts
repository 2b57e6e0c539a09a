import { stat } from 'node:fs/promises';
import { RemoteError } from '../../lib/errors.ts';
import type { Instant } from '../../core/time/instant.ts';
import { CutFile, readLines } from '../reading/read-lines.ts';
import { csvElements } from './csv-elements.ts';
import type { Element } from './element.ts';
import { formatOf } from './settings.ts';

/** All lines of a file, and what is told by them. */
export interface EventsFile {
  readonly lines: readonly string[];
  readonly elements: readonly Element[];
  /** The last line has no end and is no JSON: perhaps it is being written. */
  readonly isUnended: boolean;
}

export interface FileMark {
  /** The same as long as nobody has written to the file. */
  readonly mark: string;
  readonly writtenAt: Instant;
}

/** Throws RemoteError when there is no such file. */
export async function markOf(path: string): Promise<FileMark> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error('it is no file');
    return { mark: `${found.size}:${Math.round(found.mtimeMs)}`, writtenAt: Math.round(found.mtimeMs) };
  } catch (error) {
    throw new RemoteError('events-file', `${path} cannot be read: ${(error as Error).message}`, {
      todo: 'set `path` of this source to the file of events; it is relative to the working directory',
      cause: error,
    });
  }
}

/** Throws RemoteError when the file cannot be read to its end, or its columns have no names. */
export async function readEventsFile(path: string, signal: AbortSignal): Promise<EventsFile> {
  const lines: string[] = [];
  let isEnded = true;
  try {
    for await (const batch of readLines(path, signal))
      for (const { text, isUnended } of batch) {
        lines.push(text.endsWith('\r') ? text.slice(0, -1) : text);
        isEnded = !isUnended;
      }
  } catch (error) {
    if (signal.aborted) throw error;
    const isCut = error instanceof CutFile;
    throw new RemoteError(
      'events-file',
      `${path} cannot be read${isCut ? ' to its end' : ''}: ${(error as Error).message}; nothing of it was kept`,
      { todo: 'write this file again, or mend its rights; the next sync then reads it', cause: error },
    );
  }
  if (formatOf(path) === 'csv') return { lines, elements: csvElements(lines, path), isUnended: false };
  const elements = lines.flatMap((text, index) => jsonElement(text, index + 1) ?? []);
  return { lines, elements, isUnended: !isEnded && elements.at(-1)?.problem !== null };
}

function jsonElement(text: string, line: number): Element | null {
  if (text.trim() === '') return null;
  try {
    return { first: line, last: line, value: JSON.parse(text) as unknown, problem: null };
  } catch {
    const problem = `expected one event as JSON, found ${JSON.stringify(text.slice(0, 60))}`;
    return { first: line, last: line, value: null, problem };
  }
}
