/** One thing that Slack would refuse, with a JSON pointer to it. */
export interface BlockError {
  /** `/blocks/0/text/text` */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  readonly constraint?: { readonly type: string; readonly expected: unknown; readonly got: unknown };
}

export type Fail = (error: BlockError) => void;
/** Reads an unknown value at a pointer and tells what is wrong with it. */
export type Check = (value: unknown, at: string, fail: Fail) => void;
export type Fields = Readonly<Record<string, Check>>;

/** Slack counts characters as Unicode code points, not UTF-16 units. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

function wrongKind(at: string, expected: string, value: unknown): BlockError {
  const got = kindOf(value);
  return {
    pointer: at,
    code: 'invalid_type',
    message: `must provide a valid ${expected}, got ${got}`,
    constraint: { type: 'type', expected, got },
  };
}

export function text(min: number, max: number): Check {
  return (value, at, fail) => {
    if (typeof value !== 'string') return fail(wrongKind(at, 'string', value));
    const got = countCharacters(value);
    if (got < min) {
      fail({
        pointer: at,
        code: 'too_short',
        message: `must be more than ${min - 1} characters`,
        constraint: { type: 'min_length', expected: min, got },
      });
    }
    if (got > max) {
      fail({
        pointer: at,
        code: 'too_long',
        message: `must be less than ${max + 1} characters`,
        constraint: { type: 'max_length', expected: max, got },
      });
    }
  };
}

export function number(min: number, max: number, integer = true): Check {
  return (value, at, fail) => {
    if (typeof value !== 'number' || !Number.isFinite(value) || (integer && !Number.isInteger(value))) {
      return fail(wrongKind(at, integer ? 'integer' : 'number', value));
    }
    if (value < min || value > max) {
      fail({
        pointer: at,
        code: 'out_of_range',
        message: `must be between ${min} and ${max}`,
        constraint: { type: 'range', expected: [min, max], got: value },
      });
    }
  };
}

export const bool: Check = (value, at, fail) => {
  if (typeof value !== 'boolean') fail(wrongKind(at, 'boolean', value));
};

export function oneOf(...expected: readonly (string | number)[]): Check {
  return (value, at, fail) => {
    if (!expected.includes(value as string)) {
      fail({
        pointer: at,
        code: 'invalid_value',
        message: `must be one of ${expected.join(', ')}`,
        constraint: { type: 'enum', expected, got: value },
      });
    }
  };
}

export function matching(pattern: RegExp, what: string, max = 3000): Check {
  const length = text(1, max);
  return (value, at, fail) => {
    length(value, at, fail);
    if (typeof value === 'string' && value !== '' && !pattern.test(value)) {
      fail({ pointer: at, code: 'invalid_format', message: `must be ${what}` });
    }
  };
}

export function list(item: Check, min: number, max: number): Check {
  return (value, at, fail) => {
    if (!Array.isArray(value)) return fail(wrongKind(at, 'array', value));
    if (value.length < min) {
      fail({
        pointer: at,
        code: 'too_few_items',
        message: `no less than ${min} items required`,
        constraint: { type: 'min_items', expected: min, got: value.length },
      });
    }
    if (value.length > max) {
      fail({
        pointer: at,
        code: 'too_many_items',
        message: `no more than ${max} items allowed`,
        constraint: { type: 'max_items', expected: max, got: value.length },
      });
    }
    for (const [index, entry] of value.entries()) item(entry, `${at}/${index}`, fail);
  };
}

/** A name that ends in `?` may be missing; any other must be there, and no further ones are taken. */
export function object(fields: Fields): Check {
  return (value, at, fail) => {
    if (!isObject(value)) return fail(wrongKind(at, 'object', value));
    const known = new Set<string>();
    for (const [name, check] of Object.entries(fields)) {
      const key = name.replace(/\?$/, '');
      known.add(key);
      if (value[key] !== undefined) check(value[key], `${at}/${key}`, fail);
      else if (key === name) {
        fail({ pointer: at, code: 'missing_field', message: `missing required field: ${key}` });
      }
    }
    for (const key of Object.keys(value)) {
      if (!known.has(key) && value[key] !== undefined) {
        fail({ pointer: at, code: 'unknown_field', message: `invalid additional property: ${key}` });
      }
    }
  };
}

/** At least (or exactly) one of the fields must be there. */
export function requiring(names: readonly string[], count: 'some' | 'one', inner: Check): Check {
  return (value, at, fail) => {
    inner(value, at, fail);
    if (!isObject(value)) return;
    const present = names.filter((name) => value[name] !== undefined).length;
    if (present === 0 || (count === 'one' && present > 1)) {
      const how = count === 'one' ? 'exactly one' : 'at least one';
      fail({ pointer: at, code: 'missing_field', message: `${how} of ${names.join(', ')} is required` });
    }
  };
}

/** Chooses the check by the `type` of the object. */
export function byType(kinds: Readonly<Record<string, Check>>): Check {
  return (value, at, fail) => {
    if (!isObject(value)) return fail(wrongKind(at, 'object', value));
    const { type } = value;
    if (type === undefined)
      return fail({ pointer: at, code: 'missing_field', message: 'missing required field: type' });
    const check = typeof type === 'string' && Object.hasOwn(kinds, type) ? kinds[type] : undefined;
    if (check) return check(value, at, fail);
    fail({
      pointer: `${at}/type`,
      code: 'unsupported_type',
      message: `unsupported type: ${typeof type === 'string' ? type : kindOf(type)}`,
      constraint: { type: 'enum', expected: Object.keys(kinds), got: type },
    });
  };
}

export const any: Check = () => {};
