import type { LinearDocument as Linear } from '@linear/sdk';
import type { SourceRecord } from '../../core/model/record.ts';
import { formatInstant } from '../../core/time/instant.ts';
import { hasStatus } from '../pulling/refusals.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import type { Page } from '../source.ts';
import type { ConnectionPage } from './client.ts';
import type { Stream, Walk } from './cursor.ts';
import { overlapMs, pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import { finish, isTold, remember } from '../pulling/stream.ts';
import type { Stamp } from '../pulling/stream.ts';

export interface WalkOf {
  readonly step: string;
  readonly stream: Stream;
  readonly filter: Linear.IssueFilter;
  /** The records of some issues. */
  tell(raws: readonly unknown[]): Promise<SourceRecord[]>;
  /** When all is told. */
  end(walk: Walk): void;
}

/**
 * All issues that changed since the watermark, in order of birth: by time of change a page would move under our feet, as
 * what changes meanwhile jumps to another place, and the cursor of a page is the issue at its end.
 */
export async function* walkIssues(run: Run, how: WalkOf): AsyncGenerator<Page> {
  const { stream } = how;
  while (stream.walk) {
    const { walk } = stream;
    const { nodes, next } = await readPage(run, walk, how.filter);
    const fresh = nodes.filter((raw) => !isTold(stream, stamp(raw)));
    const records = fresh.length > 0 ? await how.tell(fresh) : [];
    for (const raw of fresh) remember(stream, walk, stamp(raw));
    walk.done += fresh.length;
    if (next === null) {
      how.end(walk);
      finish(stream, walk);
    } else walk.after = next;
    // What brings nothing is no page: the next one, or the last of the pull, carries the place.
    if (records.length > 0) yield pageOf(run, records, { step: how.step, done: walk.done, total: null });
  }
}

async function readPage(run: Run, walk: Walk, filter: Linear.IssueFilter): Promise<ConnectionPage> {
  const window = walk.since === null ? {} : { updatedAt: { gte: new Date(walk.since) } };
  const read = (after: string | null) => run.client.issues({ ...filter, ...window }, after);
  try {
    return await read(walk.after);
  } catch (error) {
    if (walk.after === null || !hasStatus(error, 400, 404)) throw error;
    // The issue that the cursor names is gone for good. From the start: by now nobody knows where it stood.
    run.log.warn({ after: walk.after, since: walk.since && formatInstant(walk.since) }, 'the walk begins anew');
    walk.after = null;
    walk.done = 0;
    return read(null);
  }
}

export function startWalk(run: Run, stream: Stream, isFull: boolean): void {
  const serverAt = run.serverNow();
  // A server clock that was set back must not make a hole.
  const since = isFull || stream.watermark === null ? null : Math.min(stream.watermark, serverAt - overlapMs);
  if (isFull) stream.recent = {};
  stream.walk = { startedAt: run.clock.now(), serverAt, isFull, since, after: null, done: 0 };
}

function stamp(raw: unknown): Stamp {
  const id = ownValue(raw, 'id');
  return [typeof id === 'string' ? id : null, readInstant(ownValue(raw, 'updatedAt'))];
}
