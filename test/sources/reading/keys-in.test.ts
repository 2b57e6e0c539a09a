import { describe, expect, it } from 'vitest';
import { keysIn } from '../../../src/sources/reading/keys-in.ts';

describe('work items that a text names', () => {
  it.each([
    ['APO-12: pay by card', ['APO-12']],
    ['feature/apo-12-pay', ['APO-12']],
    ['Fixed AB#12, ab#13 and (AB#14).', ['AB#12', 'AB#13', 'AB#14']],
    ['APO-12 for AB#12, AB#12 again', ['APO-12', 'AB#12']],
    ['group/AB#12, CAB#12, AB#0, AB#12a, AB#12-3', []],
    ['nothing at all', []],
  ])('of %j are %j', (text, keys) => {
    expect(keysIn(text)).toEqual(keys);
  });
});
