import type { Cursor, SourceDeps } from '../source.ts';

interface Place extends Cursor {
  readonly scopes: Record<string, unknown>;
}

interface Read<P> {
  readonly cursor: Cursor | null;
  /** The place that the cursor holds; null where this version cannot read it. */
  readonly known: P | null;
  readonly start: P;
}

/** Where a pull goes on: at its cursor, and at the start where there is none that can be read. */
export function openPlace<P extends Place>(deps: SourceDeps, { cursor, known, start }: Read<P>): P {
  if (cursor && !known)
    deps.log.warn({ source: deps.id }, 'the cursor is of another version, everything is read again');
  const place = known ?? start;
  for (const id of Object.keys(place.scopes)) {
    // A project that the config no longer has: if it comes back one day, it starts anew.
    if (!deps.scopes.some((scope) => scope.id === id)) delete place.scopes[id];
  }
  return place;
}
