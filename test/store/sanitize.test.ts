import * as fc from '../property.ts';
import { expect, test } from 'vitest';
import { sanitize, sanitizeText } from '../../src/store/sanitize.ts';

test.each([
  ['a\0b', 'a\uFFFDb'],
  ['\uD800', '\uFFFD'],
  ['a\uDC00\uD800z', 'a\uFFFD\uFFFDz'],
  ['👩‍🚀', '👩‍🚀'],
  ['', ''],
])('text %j becomes %j', (text, kept) => {
  expect(sanitizeText(text)).toBe(kept);
});

test.each<[unknown, unknown, readonly string[]]>([
  [{ a: Number.NaN, b: [1, Number.POSITIVE_INFINITY] }, { a: null, b: [1, null] }, ['a', 'b[1]']],
  [
    { deep: { big: 2 ** 53, fits: 2 ** 53 - 1, half: 0.5 } },
    { deep: { big: null, fits: 2 ** 53 - 1, half: 0.5 } },
    ['deep.big'],
  ],
  [{ a: undefined, b: [undefined, 1] }, { b: [null, 1] }, []],
  [{ f: () => 1, n: 5n }, { f: null, n: null }, ['f', 'n']],
  [Number.NaN, null, ['']],
  [{ 'k\0': 'v' }, { 'k\uFFFD': 'v' }, []],
])('%o becomes %o', (value, kept, mended) => {
  expect(sanitize(value)).toEqual({ value: kept, mended });
});

test('what is clean is not copied', () => {
  const record = { a: [1, 'x', null, true], b: { c: 0.1 } };
  expect(sanitize(record).value).toBe(record);
});

test('keys that objects inherit stay plain keys', () => {
  const hostile = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":"x\\u0000"}') as object;
  const { value } = sanitize(hostile);
  expect(JSON.stringify(value)).toBe('{"__proto__":{"isAdmin":true},"constructor":"x\uFFFD"}');
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test('whatever goes in, what comes out survives JSON unchanged, has no NUL, and needs no second pass', () => {
  const anything = fc.anything({ withBigInt: true, withNullPrototype: false, maxDepth: 4 });
  const text = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
  const value = fc.oneof(anything, fc.array(text), fc.dictionary(text, fc.oneof(text, fc.double())));
  fc.assert(
    fc.property(value, (raw) => {
      const { value: clean } = sanitize(raw);
      const json = JSON.stringify(clean);
      // JSON has no minus zero.
      expect(JSON.stringify(JSON.parse(json))).toBe(json);
      expect(json.includes('\\u0000')).toBe(false);
      expect(json.isWellFormed() && !/\\ud[89a-f]/i.test(json)).toBe(true);
      expect(sanitize(clean)).toEqual({ value: clean, mended: [] });
    }),
    { numRuns: 500 },
  );
});
