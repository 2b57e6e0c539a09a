import { describe, expect, it } from 'vitest';
import { measureFlow } from '../../../../src/core/metrics/flow/flow.ts';
import { isThroughputUntrusted } from '../../../../src/core/metrics/flow/trust-check.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import { dayMs } from '../../../../src/core/time/instant.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aPast, at, statuses, statusMoves } from '../../../builders.ts';

/** The window of 90 days begins here. */
const from = at('2026-04-01T00:00:00Z');
const asOf = from + 90 * dayMs;
const iso = (days: number) => new Date(from + days * dayMs).toISOString();

/** Started and finished so many days after the window began; `end` null: still in progress. */
const stays = (...spans: readonly (readonly [start: number, end: number | null])[]): ItemHistory[] =>
  spans.map(([start, end], index) =>
    aPast(
      {
        key: `APO-${index + 1}`,
        createdAt: from - 200 * dayMs,
        status: end === null ? statuses.doing : statuses.done,
      },
      statusMoves(
        statuses.toDo,
        [iso(start), statuses.doing],
        ...(end === null ? [] : [[iso(end), statuses.done] as const]),
      ),
    ),
  );

const law = (items: readonly ItemHistory[]) => measureFlow(viewAsOf(aHistory({ items }), asOf, aCalendar())).littlesLaw;

describe("Little's law as a check of trust (metrics.md 2.3)", () => {
  it('names that arrivals are not departures (T12, nine times as long)', () => {
    const t12 = stays([-18, 27], [0, 36], [9, 54], [18, 108], [45, 81], [63, 135], [72, 85.5]);
    const figure = law(
      t12.map((past) =>
        past.changes.at(-1)!.at > asOf ? { ...past, item: { ...past.item, status: statuses.doing } } : past,
      ),
    );
    expect(figure).toMatchObject({ n: 5, grade: 'C', unit: 'ratio', evidence: t12.map(({ item }) => item.key) });
    expect(figure.value).toBeCloseTo(1.461538, 6);
    expect(figure.flags).toEqual(['arrivalsUnlikeDepartures', 'ageRising']);
  });

  it('is 1 and says nothing where items come and go alike', () => {
    const steady = stays(...Array.from({ length: 40 }, (_, index) => [index * 2 + 1, index * 2 + 5] as const));
    expect(law(steady)).toMatchObject({ n: 40, grade: 'A', flags: [] });
    expect(law(steady).value).toBeCloseTo(1, 12);
  });

  it('names work that was in progress all along', () => {
    const old = Array.from({ length: 6 }, () => [-30, null] as const);
    const even = Array.from({ length: 20 }, (_, index) => [index * 4 + 1, index * 4 + 5] as const);
    const figure = law(stays(...old, ...even));
    // Six all the time, and one more nearly all of it, over one finished after four days each 4.5 days.
    expect(figure.value).toBeCloseTo((6 * 90 + 80) / 80, 12);
    expect(figure.flags).toEqual(['ageRising', 'workNeverFinished']);
  });

  it('is unknown when nothing was finished, or nobody knows when it was started', () => {
    expect(law(stays([10, null]))).toMatchObject({ value: null, grade: 'D', flags: ['noItems'] });
    const cut = stays([10, 20]).map(({ item, ...past }) => ({
      ...past,
      item: { ...item, resolvedAt: from + 20 * dayMs },
      changes: [],
      isComplete: false,
    }));
    expect(law(cut)).toMatchObject({
      value: null,
      flags: ['noHistory'],
      exclusions: [{ reason: 'truncatedHistory', n: 1 }],
    });
  });

  it('takes trust from the pace above 1.5, and by five finishes or more', () => {
    const isUntrusted = (littleRatio: number | null, departures: number) =>
      isThroughputUntrusted({ littleRatio, departures, wip: 1, throughput: 1, cycleTime: 1, arrivals: 1 });
    expect([null, 1, 1.5, 1.51].map((ratio) => isUntrusted(ratio, 5))).toEqual([false, false, false, true]);
    expect(isUntrusted(3, 4)).toBe(false);
  });
});
