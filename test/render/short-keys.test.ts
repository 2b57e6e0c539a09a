import { describe, expect, it } from 'vitest';
import { shortKeys } from '../../src/render/short-keys.ts';

describe('keys in one line', () => {
  it.each([
    [[], ''],
    [['APO-3'], 'APO-3'],
    [['APO-3', 'APO-4'], 'APO-3, 4'],
    [['APO-3', 'APO-7', 'APO-9', 'APO-10', 'APO-11', 'APO-12'], 'APO-3, 7, 9–12'],
    [['APO-3', 'HER-1', 'HER-2', 'APO-4'], 'APO-3; HER-1, 2; APO-4'],
    [['MY-APP-1', 'MY-APP-2', 'MY-APP-3'], 'MY-APP-1–3'],
    [['octo/site#12', 'APO-1'], 'octo/site#12; APO-1'],
    [['APO-007', 'APO-0'], 'APO-007; APO-0'],
  ])('%j is %s', (keys, text) => {
    expect(shortKeys(keys)).toBe(text);
  });
});
