import type { Page } from '../source.ts';
import type { Stream } from './stream.ts';

interface TargetOf<Id> {
  readonly id: Id;
  readonly stream: Stream<{ readonly isFull: boolean }>;
  /** A reading of everything under way, with the targets that are read to the end. */
  readonly full: { readonly done: readonly Id[] } | null;
  /** This pull goes on where an earlier one was ended. */
  readonly wasResumed: boolean;
}

interface Walking {
  readonly start: (isFull: boolean) => void;
  readonly walk: () => AsyncGenerator<Page>;
}

/** What changed in one target of a scope; all of it when everything is read, and when it is read for the first time. */
export async function* walkTarget<Id>(
  { id, stream, full, wasResumed }: TargetOf<Id>,
  { start, walk }: Walking,
): AsyncGenerator<Page> {
  const isFull = full !== null && !full.done.includes(id);
  if (stream.walk && isFull && !stream.walk.isFull) stream.walk = null;
  const goesOn = stream.walk !== null;
  if (!stream.walk) start(isFull || stream.watermark === null);
  yield* walk();
  // It began with an earlier pull: what changed since then comes now.
  if (wasResumed && goesOn) {
    start(false);
    yield* walk();
  }
}
