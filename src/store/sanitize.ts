/** What came out of the sanitizer, and where a number had to give way to null, as paths such as `item.points`. */
export interface Sanitized<T> {
  readonly value: T;
  readonly mended: readonly string[];
}

const replacement = '\uFFFD';

/** NUL and lone surrogates become U+FFFD: PostgreSQL refuses them, SQLite cuts or changes them without a word. */
export function sanitizeText(text: string): string {
  return isCleanText(text) ? text : text.toWellFormed().replaceAll('\0', replacement);
}

/**
 * The one door for what comes from outside: after it, both databases keep a value as it is. Text as in `sanitizeText`;
 * numbers that JSON or a column cannot hold (NaN, Infinity, integers beyond 2^53) become null and are named in `mended`;
 * `undefined` leaves objects and becomes null in lists. What needs no change is the same object, not a copy.
 */
export function sanitize<T>(value: T): Sanitized<T> {
  // Nearly everything is clean, and a look costs a tenth of a copy.
  if (isClean(value)) return { value, mended: none };
  const mended: string[] = [];
  return { value: clean(value, '', mended) as T, mended };
}

const none: readonly string[] = [];

function isClean(value: unknown): boolean {
  if (typeof value === 'string') return isCleanText(value);
  if (typeof value === 'number') return fits(value);
  if (typeof value === 'boolean' || value === null) return true;
  if (Array.isArray(value)) return value.every(isClean);
  if (typeof value !== 'object') return false;
  for (const key of Object.keys(value)) {
    if (!isCleanText(key) || !isClean((value as Record<string, unknown>)[key])) return false;
  }
  return true;
}

function isCleanText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function fits(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function clean(value: unknown, path: string, mended: string[]): unknown {
  if (typeof value === 'string') return sanitizeText(value);
  if (typeof value === 'boolean' || value === null || value === undefined) return value ?? null;
  if (typeof value === 'number') return cleanNumber(value, path, mended);
  if (Array.isArray(value)) return cleanList(value, path, mended);
  if (typeof value === 'object') return cleanObject(value, path, mended);
  // A function, a symbol, a bigint: no JSON has these.
  mended.push(path);
  return null;
}

function cleanNumber(value: number, path: string, mended: string[]): number | null {
  if (fits(value)) return value;
  mended.push(path);
  return null;
}

function cleanList(list: readonly unknown[], path: string, mended: string[]): readonly unknown[] {
  let copy: unknown[] | null = null;
  for (let index = 0; index < list.length; index++) {
    const cleaned = clean(list[index], `${path}[${index}]`, mended);
    if (cleaned === list[index]) continue;
    copy ??= [...list];
    copy[index] = cleaned;
  }
  return copy ?? list;
}

function cleanObject(object: object, path: string, mended: string[]): object {
  const entries = Object.entries(object);
  let isChanged = false;
  const cleaned: [string, unknown][] = [];
  for (const [key, value] of entries) {
    if (value === undefined) {
      isChanged = true;
      continue;
    }
    const cleanKey = sanitizeText(key);
    const cleanValue = clean(value, path === '' ? key : `${path}.${key}`, mended);
    isChanged ||= cleanKey !== key || cleanValue !== value;
    cleaned.push([cleanKey, cleanValue]);
  }
  // fromEntries defines properties, so a key such as `__proto__` stays a plain key.
  return isChanged ? Object.fromEntries(cleaned) : object;
}
