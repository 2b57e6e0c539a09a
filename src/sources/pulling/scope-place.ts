/** Where the reading of one scope stands. */
interface ScopePlace {
  /** What the config asks for. */
  readonly query: string;
}

/** The place of a scope; it starts anew when the config asks for something else. */
export function openScopePlace<Place extends ScopePlace>(
  places: Record<string, Place>,
  id: string,
  { query, start }: { readonly query: string; readonly start: (query: string) => Place },
): Place {
  const known = Object.hasOwn(places, id) ? places[id] : undefined;
  const at = known?.query === query ? known : start(query);
  places[id] = at;
  return at;
}

interface Counted {
  census: object | null;
  censusAt: number | null;
}

/** What left a scope takes its items along: the count that is due now finds them gone. */
export function forgetLost(at: Counted, streams: Record<string, unknown>, there: readonly (string | number)[]): void {
  const names = new Set(there.map(String));
  for (const name of Object.keys(streams)) {
    if (names.has(name)) continue;
    delete streams[name];
    at.census = null;
    if (at.censusAt !== null) at.censusAt = 0;
  }
}
