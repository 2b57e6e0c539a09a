import type { SourceRecord } from '../../core/model/record.ts';
import { formatInstant } from '../../core/time/instant.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import type { Page } from '../source.ts';
import { itemsAtOnce } from './client.ts';
import type { Stream, Walk } from './cursor.ts';
import { field } from './fields.ts';
import { overlapMs, pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import { idsQuery } from './targets.ts';
import type { Target } from './targets.ts';
import { finish, isTold, remember } from '../pulling/stream.ts';
import type { Stamp } from '../pulling/stream.ts';

export interface WalkOf {
  readonly step: string;
  readonly stream: Stream;
  readonly target: Target;
  /** The records of some work items. */
  tell(raws: readonly unknown[]): Promise<SourceRecord[]>;
  /** When all is told. */
  end(walk: Walk): void;
}

/** All that changed since the watermark, in order of id: a query by id is the only order that nothing disturbs. */
export async function* walkItems(run: Run, { stream, target, ...how }: WalkOf): AsyncGenerator<Page> {
  while (stream.walk) {
    const { walk } = stream;
    const since = walk.since === null ? null : formatInstant(walk.since);
    const ids = await run.client.itemIds(idsQuery(target, { after: walk.after, since }), target.project.id);
    // What was deleted between the two questions is left out of the second answer.
    const raws = ids.length === 0 ? [] : (await run.client.items(ids)).filter((raw) => raw !== null);
    const fresh = raws.filter((raw) => !isTold(stream, stamp(raw)));
    const records = fresh.length === 0 ? [] : await how.tell(fresh);
    for (const raw of fresh) remember(stream, walk, stamp(raw));
    walk.done += fresh.length;
    if (ids.length < itemsAtOnce) {
      how.end(walk);
      finish(stream, walk);
    } else walk.after = Math.max(...ids);
    // What brings nothing is no page: the next one, or the last of the pull, carries the place.
    if (records.length > 0) yield pageOf(run, records, { step: how.step, done: walk.done, total: null });
  }
}

export function startWalk(run: Run, stream: Stream, isFull: boolean): void {
  const serverAt = run.serverNow();
  // A server clock that was set back must not make a hole.
  const since = isFull || stream.watermark === null ? null : Math.min(stream.watermark, serverAt - overlapMs);
  if (isFull) stream.recent = {};
  stream.walk = { startedAt: run.clock.now(), serverAt, isFull, since, after: 0, done: 0 };
}

function stamp(raw: unknown): Stamp {
  const id = ownValue(raw, 'id');
  const at = readInstant(ownValue(ownValue(raw, 'fields'), field.changedAt) ?? null);
  return [typeof id === 'number' ? String(id) : null, at];
}
