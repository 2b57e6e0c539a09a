import { describe, expect, it } from 'vitest';
import { readDuration, readSystemNote } from '../../../src/sources/gitlab/system-notes.ts';
import { issueKeysIn, keysOfBranch, keysOfDescription } from '../../../src/sources/gitlab/item-keys.ts';

describe('a system note', () => {
  it.each<[string, unknown]>([
    ['assigned to @ana and unassigned @ben', [{ kind: 'assignees', added: ['ana'], removed: ['ben'] }]],
    ['unassigned @j.doe-2', [{ kind: 'assignees', added: [], removed: ['j.doe-2'] }]],
    ['changed due date to March 5, 2026', [{ kind: 'dueOn', day: '2026-03-05', was: null }]],
    ['removed due date March 5, 2026', [{ kind: 'dueOn', day: null, was: '2026-03-05' }]],
    [
      'changed start date to March 1, 2026 and changed due date to March 5, 2026',
      [
        { kind: 'startOn', day: '2026-03-01', was: null },
        { kind: 'dueOn', day: '2026-03-05', was: null },
      ],
    ],
    ['changed due date to February 30, 2026', []],
    ['changed time estimate to 1d 4h', [{ kind: 'estimate', seconds: 12 * 3_600 }]],
    ['removed time estimate', [{ kind: 'estimate', seconds: null }]],
    [
      'changed title from **Pay by {-cash-}** to **Pay by {+card+}**',
      [{ kind: 'summary', from: 'Pay by cash', to: 'Pay by card' }],
    ],
    ['changed type from issue to incident', [{ kind: 'type', from: 'Issue', to: 'Incident' }]],
    ['marked this issue as blocked by #7', [{ kind: 'link', link: 'blocked-by', keys: ['shop/app#7'] }]],
    ['marked this issue as blocking other/app#9', [{ kind: 'link', link: 'blocks', keys: ['other/app#9'] }]],
    ['removed the relation with #7', [{ kind: 'unlink', keys: ['shop/app#7'] }]],
    ['closed', [{ kind: 'state', state: 'closed' }]],
    ['Assigned work is closed by @ana, changed due date to never', []],
  ])('%s', (body, expected) => {
    expect(readSystemNote(body, 'shop/app')).toEqual(expected);
  });

  it.each([
    ['1mo 2w', (4 + 2) * 5 * 8 * 3_600],
    ['3h 30m', 12_600],
    ['soon', null],
  ])('has a duration of %s', (text, seconds) => {
    expect(readDuration(text)).toBe(seconds);
  });
});

describe('keys of GitLab', () => {
  it.each([
    ['#12, app#3 and group/sub/app#4; not a#b or &#39;', ['shop/app#12', 'shop/app#3', 'group/sub/app#4']],
    ['https://gitlab.test/shop/app/-/issues/8 and /-/work_items/', ['shop/app#8']],
  ])('in %s', (text, expected) => {
    expect([...issueKeysIn(text, 'shop/app')].sort()).toEqual([...expected].sort());
  });

  it('of a description are what it closes, not what it mentions', () => {
    expect(keysOfDescription('Closes #1, see #2.\nRelated to #3', 'shop/app')).toEqual(['shop/app#1', 'shop/app#2']);
    expect(keysOfDescription('See #2', 'shop/app')).toEqual([]);
  });

  it('of a branch are its number and those of other trackers', () => {
    expect(keysOfBranch('12-fix-login', 'shop/app')).toEqual(['shop/app#12']);
    expect(keysOfBranch('feature/apo-9-pay', 'shop/app')).toEqual(['APO-9']);
  });
});
