import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import { hasStatus } from '../pulling/refusals.ts';
import { overlapMs, pageOf } from '../pulling/page-of.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import type { Page } from '../source.ts';
import type { Stream, Walk } from './cursor.ts';
import { nextOf, nodesOf } from './names.ts';
import type { Run } from './run.ts';
import { finish, isTold, remember } from '../pulling/stream.ts';
import type { Stamp } from '../pulling/stream.ts';

export interface WalkOf {
  readonly step: string;
  readonly stream: Stream;
  /** The time by which the list is in order, newest first. */
  readonly by: 'updatedAt' | 'createdAt';
  /** The field of `owner` in which the connection stands. */
  readonly field: string;
  /** Reads the owner of the connection; `after` is where the page begins. */
  read(after: string | null, walk: Walk): Promise<unknown>;
  /** The records of some elements. */
  tell(nodes: readonly unknown[], walk: Walk): Promise<SourceRecord[]>;
  /** What the page that ends the walk tells beside. */
  end?(walk: Walk): SourceRecord[];
}

/**
 * All that changed since the watermark of a stream, from the newest down: what changes meanwhile moves to the top and
 * out of the way, so that nothing is passed over, and the next walk finds it there.
 */
export async function* walkDown(run: Run, { stream, ...how }: WalkOf): AsyncGenerator<Page> {
  while (stream.walk) {
    const { walk } = stream;
    const owner = await readOrRestart(walk, how);
    if (owner === null) continue;
    const nodes = nodesOf(owner, how.field);
    const next = nextOf(owner, how.field);
    const within = nodes.filter((node) => walk.until === null || (timeOf(node, how.by) ?? Infinity) >= walk.until);
    const fresh = within.filter((node) => !isTold(stream, stamp(node, how.by)));
    const records = await how.tell(fresh, walk);
    for (const node of fresh) remember(stream, walk, stamp(node, how.by));
    walk.done += fresh.length;
    if (next === null || within.length < nodes.length) {
      records.push(...(how.end?.(walk) ?? []));
      finish(stream, walk);
    } else turn(walk, next);
    const total = ownValue(ownValue(owner, how.field), 'totalCount');
    // What brings nothing is no page: the next one, or the last of the pull, carries the place.
    if (records.length > 0) {
      const whole = walk.isFull && walk.until === null && typeof total === 'number' ? total : null;
      yield pageOf(run, records, { step: how.step, done: walk.done, total: whole });
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
  if (how.isFull) stream.recent = {};
  stream.walk = {
    startedAt: run.clock.now(),
    serverAt,
    isFull: how.isFull,
    until: how.isFull ? how.since : watermark,
    after: null,
    done: 0,
  };
}

/** A place in a list that GitHub no longer knows, as after a move of its database: the walk begins anew. */
async function readOrRestart(walk: Walk, how: Pick<WalkOf, 'read'>): Promise<unknown> {
  try {
    return await how.read(walk.after, walk);
  } catch (error) {
    if (walk.after === null || !hasStatus(error, 422)) throw error;
    walk.after = null;
    walk.done = 0;
    return null;
  }
}

function turn(walk: Walk, next: string): void {
  if (next === walk.after) {
    throw new RemoteError('github', 'GitHub gives the same page of a list again and again; it would never end', {
      todo: 'pull again; if it stays, tell the authors of Vigie',
    });
  }
  walk.after = next;
}

function stamp(node: unknown, by: WalkOf['by']): Stamp {
  const id = ownValue(node, 'id');
  return [typeof id === 'string' ? id : null, timeOf(node, by)];
}

function timeOf(node: unknown, by: WalkOf['by']): number | null {
  return readInstant(ownValue(node, by));
}
