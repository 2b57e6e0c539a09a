import { describe, expect, it } from 'vitest';
import { createTimeRisk } from '../../../src/core/risk/time-risk.ts';
import { statuses } from '../../builders.ts';
import { aTeam, anOpenItem, inputAt } from '../findings/rule-rig.ts';

describe('the time part of an item’s risk (metrics.md 2.9, 4.3)', () => {
  /** On Monday 25 May, started on Friday: a day old. Sixty items before it took two working days each. */
  const asked = anOpenItem('APO-1', [['2026-05-22T09:00:00Z', statuses.doing]]);
  const chanceLate = (...others: ReturnType<typeof anOpenItem>[]) => {
    const { view } = inputAt({ items: [...aTeam(), asked, ...others] });
    return createTimeRisk(view)(view.itemsByKey.get('APO-1')!, '2026-06-12', 0);
  };

  it('counts what was begun and put back among what goes on: the clock does not stop, and it may never be done', () => {
    expect(chanceLate()).toBe(0);
    const back = Array.from({ length: 60 }, (_, index) =>
      anOpenItem(`APO-${100 + index}`, [
        ['2026-03-02T09:00:00Z', statuses.doing],
        ['2026-03-04T09:00:00Z', statuses.toDo],
      ]),
    );
    expect(chanceLate(...back)).toBeCloseTo(0.5, 12);
  });
});
