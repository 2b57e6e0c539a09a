/** A point in time: milliseconds since 1970-01-01T00:00:00Z. Printed as ISO 8601 in UTC at the edges. */
export type Instant = number;

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** `2026-11-24T08:30:00.000Z`. Throws RangeError outside the years that a Date can hold. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString();
}

const isoInstant = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2}))?(?:[.,](\d{1,9}))?\s*(Z|[+-]\d{2}(?::?\d{2})?)$/i;

/**
 * ISO 8601 with an offset (`Z`, `+02:00`, `+0200`, `+02`) to an instant; null when it is anything else.
 * Seconds may be missing; second 60 counts as second 59. A calendar date that does not exist (29 Feb 2026) is null.
 */
export function parseInstant(text: string): Instant | null {
  const match = isoInstant.exec(text.trim());
  if (!match) return null;
  const [, date, time, seconds = '00', fraction = '0', offset] = match as unknown as string[];
  const zone =
    offset!.toUpperCase() === 'Z'
      ? 'Z'
      : offset!.length === 3
        ? `${offset}:00`
        : offset!.replace(/^(.\d{2}):?(\d{2})$/, '$1:$2');
  const millis = fraction.slice(0, 3).padEnd(3, '0');
  const at = Date.parse(`${date}T${time}:${seconds === '60' ? '59' : seconds}.${millis}${zone}`);
  if (Number.isNaN(at)) return null;
  const sameDay = new Date(Date.parse(`${date}T00:00:00Z`)).toISOString().startsWith(date!);
  return sameDay ? at : null;
}
