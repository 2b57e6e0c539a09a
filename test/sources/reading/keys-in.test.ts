import { describe, expect, it } from 'vitest';
import { issueKeysIn as issuesOnGitHub } from '../../../src/sources/github/item-keys.ts';
import { issueKeysIn as issuesOnGitLab } from '../../../src/sources/gitlab/item-keys.ts';
import { keysIn } from '../../../src/sources/reading/keys-in.ts';

describe('work items that a text names', () => {
  it.each([
    ['APO-12: pay by card', ['APO-12']],
    ['feature/apo-12-pay', ['APO-12']],
    ['_APO-12_, my_app-3', ['APO-12', 'MY_APP-3']],
    ['Fixed AB#12, ab#13 and (AB#14).', ['AB#12', 'AB#13', 'AB#14']],
    ['APO-12 for AB#12, AB#12 again', ['APO-12', 'AB#12']],
    ['group/AB#12, CAB#12, AB#0, AB#12a, AB#12-3', []],
    ['nothing at all', []],
  ])('of %j are %j', (text, keys) => {
    expect(keysIn(text)).toEqual(keys);
  });

  // A description may be a megabyte long, and anybody may write one: read again from each place it took seconds.
  it.each([
    ['a_', keysIn],
    ['/a', (text: string) => issuesOnGitLab(text, 'acme/app')],
    ['a.b/', (text: string) => issuesOnGitLab(text, 'acme/app')],
    ['/a', (text: string) => issuesOnGitHub(text, 'acme/app')],
  ])('are found in one go, also in 100 kB of %j', (piece, find) => {
    const before = process.cpuUsage();
    expect(find(piece.repeat(100_000 / piece.length))).toEqual([]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1e6).toBeLessThan(1);
  });
});
