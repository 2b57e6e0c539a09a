const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Characters as Slack counts them: Unicode code points. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * The longest start of `text` that has at most `limit` code points and ends where a letter or an emoji ends for the
 * reader. A single one of these that is longer than the limit is cut between code points, so that something is left.
 */
export function startOf(text: string, limit: number): string {
  const points = takePoints(text, limit);
  if (points.length === text.length) return text;
  // The segment that the cut falls into decides where it may fall; what follows it cannot change that.
  const cut = segmenter.segment(text.slice(0, points.length + 1_000)).containing(points.length)?.index ?? points.length;
  return cut > 0 ? text.slice(0, cut) : points;
}

/** `text` in at most `limit` code points, with `…` for what was cut. */
export function truncate(text: string, limit: number): string {
  if (takePoints(text, limit).length === text.length) return text;
  return `${startOf(text, Math.max(0, limit - 1)).trimEnd()}…`;
}

function takePoints(text: string, limit: number): string {
  let end = 0;
  for (let left = limit; left > 0 && end < text.length; left -= 1) end += text.codePointAt(end)! > 0xffff ? 2 : 1;
  return text.slice(0, end);
}
