import type { SourceRecord } from '../../core/model/record.ts';
import type { Cursor, Page, PullOptions } from '../source.ts';
import { commitRecord, releaseRecord } from './normalize.ts';
import { globTest } from '../reading/globs.ts';
import { readRepository } from './read-repository.ts';
import type { GitSettings } from './settings.ts';

/** Each page is one transaction. */
const linesPerPage = 1000;

/** Where the reading of a repository stands: the list that was read, and the lines of it that are stored. */
interface Place {
  readonly fingerprint: string;
  readonly line: number;
  readonly isDone: boolean;
}

export interface GitRequest {
  readonly service: string;
  readonly cursor: Cursor | null;
  readonly options: PullOptions;
  readonly signal: AbortSignal;
}

/** Releases first, then commits; an unchanged repository is not read again, and a reading that was killed goes on. */
export async function* pullGit(settings: GitSettings, request: GitRequest): AsyncGenerator<Page> {
  const { service, cursor, options, signal } = request;
  const { commits, tags, fingerprint: content } = await readRepository(settings.path);
  const fingerprint = `${content} ${settings.tags} ${service}`;
  const before = readPlace(cursor);
  const isSame = before?.fingerprint === fingerprint;
  if (isSame && before.isDone && !options.isFull) {
    yield {
      records: [],
      cursor: { ...before },
      progress: { step: 'unchanged', done: before.line, total: before.line },
    };
    return;
  }
  const isRelease = globTest(settings.tags);
  const lines = [
    ...tags.filter((line) => isRelease(line.split('\t', 1)[0]!)).map((line) => () => releaseRecord(line, service)),
    ...commits.map((line) => () => commitRecord(line, service)),
  ];
  let line = isSame && !before.isDone ? before.line : 0;
  do {
    signal.throwIfAborted();
    const records: SourceRecord[] = lines.slice(line, line + linesPerPage).map((read) => read());
    line += records.length;
    const isDone = line >= lines.length;
    yield {
      records,
      cursor: { fingerprint, line, isDone } satisfies Place,
      progress: { step: 'commits', done: line, total: lines.length },
    };
  } while (line < lines.length);
}

function readPlace(cursor: Cursor | null): Place | null {
  if (!cursor || typeof cursor['line'] !== 'number' || typeof cursor['fingerprint'] !== 'string') return null;
  return { fingerprint: cursor['fingerprint'], line: cursor['line'], isDone: cursor['isDone'] === true };
}
