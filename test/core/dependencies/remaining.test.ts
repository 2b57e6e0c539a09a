import { describe, expect, it } from 'vitest';
import { createRemaining } from '../../../src/core/dependencies/remaining.ts';
import { statuses, types } from '../../builders.ts';
import { aTeam, anOpenItem, inputAt } from '../findings/rule-rig.ts';

type Opened = ReturnType<typeof anOpenItem>;

const started = (key: string, on: string, parts: Parameters<typeof anOpenItem>[2] = {}) =>
  anOpenItem(key, [[`${on}T08:00:00Z`, statuses.doing]], parts);

/** Odds of one open item on Monday, 25 May, beside a team whose sixty items took two working days each. */
function remainingOf(key: string, ...open: readonly Opened[]) {
  const { view } = inputAt({ items: [...aTeam(), ...open] });
  return createRemaining(view)(view.itemsByKey.get(key)!);
}

describe('how long an item still takes (metrics.md 2.9)', () => {
  it('is what items of its age still took', () => {
    const remaining = remainingOf('APO-1', started('APO-1', '2026-05-22'))!;
    expect([remaining.quantile(0.1), remaining.quantile(0.85)]).toEqual([1, 1]);
    expect(remainingOf('APO-2', anOpenItem('APO-2', []))!.quantile(0.85)).toBe(2);
  });

  it('is not known for one that is older than anything finished so far, at no chance', () => {
    const remaining = remainingOf('APO-1', started('APO-1', '2026-03-02'))!;
    expect([0.05, 0.5, 0.85, 0.99].map((chance) => remaining.quantile(chance))).toEqual(Array(4).fill(Infinity));
  });

  it('is not known either for a kind that no duration was counted of', () => {
    const epic = remainingOf('APO-1', started('APO-1', '2026-03-02', { type: types.epic }))!;
    expect([epic.quantile(0.05), epic.quantile(0.95)]).toEqual([Infinity, Infinity]);
  });

  it('is not known beyond the share that was ever finished', () => {
    // Twenty that were begun and hang: S falls to 20 of 80, and no further.
    const hanging = Array.from({ length: 20 }, (_, index) => started(`APO-${10 + index}`, '2026-03-02'));
    const remaining = remainingOf('APO-1', anOpenItem('APO-1', []), ...hanging)!;
    expect([remaining.quantile(0.5), remaining.quantile(0.74)]).toEqual([2, 2]);
    expect([remaining.quantile(0.76), remaining.quantile(0.85)]).toEqual([Infinity, Infinity]);
  });

  it('is not told by a project that finished too little', () => {
    const { view } = inputAt({ items: [started('APO-1', '2026-05-22')] });
    expect(createRemaining(view)(view.itemsByKey.get('APO-1')!)).toBeNull();
  });
});
