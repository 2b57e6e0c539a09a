import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';

/** One problem that zod saw, in words a person can act on. */
export interface Explained {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
  readonly found: string;
  readonly hint?: string;
}

type Issue = z.core.$ZodIssue;

/** Every problem of a value: unknown keys one by one, unions by the choice that came nearest. */
export function explainIssues(schema: z.ZodType, value: unknown, issues: readonly Issue[]): Explained[] {
  return issues.flatMap((issue) => explainIssue(schema, value, issue));
}

function explainIssue(schema: z.ZodType, value: unknown, issue: Issue): Explained[] {
  const path = issue.path;
  const here = valueAt(value, path);
  const found = describe(here);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => {
        const known = keysAt(schema, path);
        const near = nearest(key, known);
        return {
          path: [...path, key],
          expected: known.length > 0 ? `one of ${known.join(', ')}` : 'no such key',
          found: `"${key}"`,
          ...(near ? { hint: `did you mean "${near}"?` } : {}),
        };
      });
    case 'invalid_type':
      return [{ path, expected: issue.expected === 'record' ? 'keys and values' : withArticle(issue.expected), found }];
    case 'invalid_value': {
      const options = issue.values.map(String);
      const near = typeof here === 'string' ? nearest(here, options) : null;
      return [
        { path, expected: `one of ${options.join(', ')}`, found, ...(near ? { hint: `did you mean "${near}"?` } : {}) },
      ];
    }
    case 'invalid_union': {
      const nested = issue.errors.map((branch) =>
        branch.map((inner) => ({ ...inner, path: [...path, ...inner.path] })),
      );
      const best = nested.filter((branch) => branch.length > 0).sort((a, b) => depth(b) - depth(a))[0] ?? [];
      if (depth(best) > path.length) return best.flatMap((inner) => explainIssue(schema, value, inner));
      const expected = nested.flatMap((branch) =>
        branch.flatMap((inner) => explainIssue(schema, value, inner).map((one) => one.expected)),
      );
      return [{ path, expected: [...new Set(expected)].join(' or '), found }];
    }
    case 'too_small':
      return [{ path, expected: `${sizeWord(issue.origin)} at least ${issue.minimum}`, found }];
    case 'too_big':
      return [{ path, expected: `${sizeWord(issue.origin)} at most ${issue.maximum}`, found }];
    case 'invalid_key':
      return [{ path, expected: issue.issues[0]?.message ?? issue.message, found: describe(path.at(-1)) }];
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_element':
    case 'custom':
      return [{ path, expected: issue.message.replace(/^expected /, ''), found }];
  }
}

function depth(branch: readonly Issue[]): number {
  return Math.max(0, ...branch.map((issue) => issue.path.length));
}

function sizeWord(origin: string): string {
  if (origin === 'string') return 'a text of length';
  if (origin === 'array' || origin === 'set') return 'a list of length';
  return 'a number of';
}

function withArticle(type: string): string {
  if (type === 'string') return 'a text';
  if (type === 'array') return 'a list';
  if (type === 'object') return 'keys and values';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

/** Fewer letters begin too much. */
const leastBeginning = 4;

/** The nearest of the known names, when it is near enough to be a slip of the keyboard; else the first that it begins. */
export function nearest(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const near = closest(
    word.toLowerCase(),
    known.map((one) => one.toLowerCase()),
  );
  const original = known.find((one) => one.toLowerCase() === near)!;
  const slips = word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  if (distance(word.toLowerCase(), near) <= slips) return original;
  const begun = known.find((one) => one.toLowerCase().startsWith(word.toLowerCase()));
  return word.length >= leastBeginning ? (begun ?? null) : null;
}

export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text ? '.' : ''}${String(step)}`),
    '',
  );
}

export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'nothing (null)';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'keys and values';
  // JSON has no word for Infinity.
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

/** What stands at a path; undefined where it leads nowhere. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | null | undefined)?.[step], value);
}

/** The names that are valid at a path of the schema. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: unknown = schema;
  for (const step of path) at = inside(at, step);
  const object = unwrap(at);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function inside(schema: unknown, step: PropertyKey): unknown {
  const at = unwrap(schema);
  if (at instanceof z.ZodObject) return (at.shape as Record<PropertyKey, unknown>)[step];
  if (at instanceof z.ZodRecord) return at.valueType;
  if (at instanceof z.ZodArray) return at.element;
  return undefined;
}

function unwrap(schema: unknown): unknown {
  let at = schema;
  for (;;) {
    if (
      at instanceof z.ZodOptional ||
      at instanceof z.ZodDefault ||
      at instanceof z.ZodPrefault ||
      at instanceof z.ZodNullable
    )
      at = at.unwrap();
    else if (at instanceof z.ZodPipe) at = at.in;
    else return at;
  }
}
