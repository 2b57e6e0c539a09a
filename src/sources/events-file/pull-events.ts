import { createHash } from 'node:crypto';
import { minuteMs } from '../../core/time/instant.ts';
import type { Cursor, Page, PullOptions, SourceDeps } from '../source.ts';
import { collectEvents } from './collect-events.ts';
import { markOf, readEventsFile } from './read-file.ts';
import type { EventsFile } from './read-file.ts';
import type { EventsFileSettings } from './settings.ts';

/** Each page is one transaction. */
const linesPerPage = 1000;

/** Where the reading of a file stands. */
interface Place {
  /** Size and time of the file, and the settings that it was read with. */
  readonly mark: string;
  readonly settings: string;
  /** The last line that is stored. */
  readonly line: number;
  /** Of all lines up to that one: while it is the same, the file has only grown. */
  readonly digest: string;
  readonly isDone: boolean;
}

export interface EventsRequest {
  readonly cursor: Cursor | null;
  readonly options: PullOptions;
  readonly signal: AbortSignal;
}

/**
 * An unchanged file is not read again; of one that has grown only what the new lines tell is handed over; one that was
 * written anew is taken as a whole. What is gone from the file is kept: files are rotated.
 */
export async function* pullEvents(
  settings: EventsFileSettings,
  { service, deps }: { readonly service: string; readonly deps: SourceDeps },
  { cursor, options, signal }: EventsRequest,
): AsyncGenerator<Page> {
  const { path, environments } = settings;
  const { mark, writtenAt } = await markOf(path);
  const read = JSON.stringify([path, service, environments]);
  const before = options.isFull ? null : readPlace(cursor, read);
  if (before?.mark === mark && before.isDone) {
    const progress = { step: 'unchanged', done: before.line, total: before.line };
    yield { records: [], cursor: { ...before }, progress };
    return;
  }
  const file = await readEventsFile(path, signal);
  const isBeingWritten = file.isUnended && deps.clock.now() - writtenAt < minuteMs;
  const lines = isBeingWritten ? file.lines.slice(0, -1) : file.lines;
  const { told, elsewhere, others } = collectEvents(elementsUpTo(file, lines.length), { path, service, environments });
  if (elsewhere.size > 0 || others > 0)
    deps.log.info({ source: deps.id, elsewhere: Object.fromEntries(elsewhere), others }, 'events left out');
  const isGrown = before !== null && before.line <= lines.length && before.digest === digestTo(lines)(before.line);
  const digest = digestTo(lines);
  let line = isGrown ? before.line : 0;
  let next = told.findIndex((one) => one.line > line);
  if (next === -1) next = told.length;
  do {
    signal.throwIfAborted();
    line = Math.min(lines.length, line + linesPerPage);
    const start = next;
    while (next < told.length && told[next]!.line <= line) next += 1;
    const isLast = line >= lines.length;
    yield {
      records: told.slice(start, next).map(({ record }) => record),
      cursor: {
        mark,
        settings: read,
        line,
        digest: digest(line),
        isDone: isLast && !isBeingWritten,
      } satisfies Place,
      progress: { step: 'events', done: line, total: lines.length },
    };
  } while (line < lines.length);
}

function elementsUpTo({ elements, lines }: EventsFile, count: number): EventsFile['elements'] {
  return count === lines.length ? elements : elements.filter(({ last }) => last <= count);
}

/** The digest of the first lines, asked for ever more of them: each is read once. */
function digestTo(lines: readonly string[]): (count: number) => string {
  const hash = createHash('sha256');
  let done = 0;
  return (count) => {
    for (; done < count; done++) hash.update(`${lines[done]!}\n`);
    return hash.copy().digest('hex');
  };
}

/** Null for a cursor of other settings, or of nobody: all is read anew. */
function readPlace(cursor: Cursor | null, settings: string): Place | null {
  const isOurs =
    cursor?.['settings'] === settings && typeof cursor['line'] === 'number' && typeof cursor['digest'] === 'string';
  return isOurs ? (cursor as unknown as Place) : null;
}
