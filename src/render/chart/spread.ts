/** Places as near as can be to those wanted, in their order, `least` apart, and within the limits where all fit. */
export function spread(
  wanted: readonly number[],
  { least, from, to }: { readonly least: number; readonly from: number; readonly to: number },
): readonly number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]! || b - a);
  const places = [...wanted];
  let free = from + least / 2;
  for (const index of order) {
    places[index] = Math.max(wanted[index]!, free);
    free = places[index] + least;
  }
  let limit = to - least / 2;
  for (const index of order.toReversed()) {
    places[index] = Math.min(places[index]!, limit);
    limit = places[index] - least;
  }
  return places;
}
