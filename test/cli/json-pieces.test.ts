import * as fc from '../property.ts';
import { describe, expect, it } from 'vitest';
import { jsonPieces } from '../../src/cli/json-pieces.ts';

describe('JSON in pieces', () => {
  it('is the text that JSON.stringify makes, whatever the data', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value));
      }),
    );
  });
  it('leaves out what is not there, and cuts long lists', () => {
    const value = {
      a: undefined,
      b: { c: undefined, d: Array.from({ length: 3 }, (_, index) => index) },
      e: { f: undefined },
    };
    expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value));
    const long = { items: Array.from({ length: 12_001 }, (_, index) => ({ index })) };
    const pieces = [...jsonPieces(long)];
    expect(pieces.join('')).toBe(JSON.stringify(long));
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(JSON.stringify(long).length / 2);
  });
});
