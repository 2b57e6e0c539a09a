import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import type { Page } from '../source.ts';
import type { ListPage, Window } from './client.ts';
import type { Stream, Walk } from './cursor.ts';
import { overlapMs, pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';

/** Elements handed over at once: each may need several requests of its own, and a kill loses no more than these. */
const chunkSize = 20;

export interface WalkOf {
  readonly step: string;
  readonly stream: Stream;
  read(window: Window): Promise<ListPage>;
  /** The records of some elements. */
  tell(raws: readonly unknown[], walk: Walk): Promise<SourceRecord[]>;
  /** What the page that ends the walk tells beside. */
  end?(walk: Walk): SourceRecord[];
}

/**
 * All that changed since the watermark of a stream, in order of time of change. Each page begins at the last time of the
 * page before, not at a number of elements: what changes meanwhile moves to the end, and by numbers its neighbours would
 * be passed over. Only when a whole page has one time does the next one count elements.
 */
export async function* walkStream(run: Run, { stream, ...how }: WalkOf): AsyncGenerator<Page> {
  while (stream.walk) {
    const { walk } = stream;
    const { items, nextPage, total } = await how.read({ by: 'updated', after: walk.after, page: walk.page });
    if (walk.after === null && walk.page === 1) walk.total = total;
    const fresh = items.filter((raw) => !isTold(stream, raw));
    for (let from = 0; from < fresh.length || from === 0; from += chunkSize) {
      const chunk = fresh.slice(from, from + chunkSize);
      const records = await how.tell(chunk, walk);
      for (const raw of chunk) remember(stream, raw);
      walk.done += chunk.length;
      const isLast = from + chunkSize >= fresh.length;
      if (isLast && nextPage === null) {
        records.push(...(how.end?.(walk) ?? []));
        finish(stream, walk);
      } else if (isLast) turn(stream, walk, lastTime(items));
      // What brings nothing is no page: the next one, or the last of the pull, carries the place.
      if (records.length > 0) yield pageOf(run, records, { step: how.step, done: walk.done, total: walk.total });
    }
  }
}

export function startWalk(
  run: Run,
  stream: Stream,
  how: { readonly isFull: boolean; readonly since: number | null },
): void {
  const serverAt = run.serverNow();
  // A server clock that was set back must not make a hole.
  const watermark = stream.watermark === null ? null : Math.min(stream.watermark, serverAt - overlapMs);
  const after = how.isFull ? how.since : watermark;
  if (how.isFull) stream.recent = {};
  stream.walk = {
    startedAt: run.clock.now(),
    serverAt,
    isFull: how.isFull,
    after,
    page: 1,
    done: 0,
    total: null,
  };
}

/** The watermark moves only now: to GitLab's clock at the start of the walk, less the overlap. */
function finish(stream: Stream, walk: Walk): void {
  stream.watermark = walk.serverAt - overlapMs;
  stream.walk = null;
  forget(stream, stream.watermark);
}

function turn(stream: Stream, walk: Walk, last: number | null): void {
  if (last !== null && (walk.after === null || last > walk.after)) {
    walk.after = last;
    walk.page = 1;
    // What the next pull will be given again stays known, too.
    forget(stream, Math.min(last, walk.serverAt - overlapMs));
  } else if (++walk.page > mostPages) {
    throw new RemoteError('gitlab', `GitLab gives more than ${mostPages} pages that are no later than each other`, {
      todo: 'pull again; if it stays, tell the authors of Vigie',
    });
  }
}

/** Elements of one moment, such as those of an import: a hundred thousand. */
const mostPages = 1_000;

function forget(stream: Stream, before: number): void {
  // The next page asks from a millisecond before its bound.
  stream.recent = Object.fromEntries(Object.entries(stream.recent).filter(([, at]) => at >= before - 1));
}

function isTold(stream: Stream, raw: unknown): boolean {
  const [id, at] = stamp(raw);
  return id !== null && Object.hasOwn(stream.recent, id) && stream.recent[id] === at;
}

function remember(stream: Stream, raw: unknown): void {
  const [id, at] = stamp(raw);
  if (id !== null && at !== null) stream.recent[id] = at;
}

function stamp(raw: unknown): [id: string | null, at: number | null] {
  const id = ownValue(raw, 'id');
  return [typeof id === 'number' ? String(id) : null, readInstant(ownValue(raw, 'updated_at'))];
}

function lastTime(items: readonly unknown[]): number | null {
  return items.reduce<number | null>((last, raw) => {
    const [, at] = stamp(raw);
    return at !== null && (last === null || at > last) ? at : last;
  }, null);
}
