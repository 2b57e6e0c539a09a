import { describe, expect, it } from 'vitest';
import { measure } from '../../../../src/core/metrics/measure.ts';
import { planCurveOf, rolledSpiT } from '../../../../src/core/metrics/value/plan-curve.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aDoneItem, aHistory, aPast, at } from '../../../builders.ts';

const calendar = aCalendar();
const createdAt = '2026-03-02T08:00:00Z';

function task(key: string, dueOn: Day, doneAt: string | null = null): ItemHistory {
  if (doneAt === null) return aPast({ key, createdAt: at(createdAt), dueOn });
  return aDoneItem(key, { createdAt, doneAt }, { dueOn });
}
const viewOf = (items: readonly ItemHistory[]) => viewAsOf(aHistory({ items }), at('2026-03-16T08:00:00Z'), calendar);

/** Two a week for three weeks: three of four that were planned by the end of the second are done. */
const behind = viewOf([
  task('APO-1', '2026-03-06', '2026-03-05'),
  task('APO-2', '2026-03-06', '2026-03-06'),
  task('APO-3', '2026-03-13', '2026-03-12'),
  task('APO-4', '2026-03-13'),
  task('APO-5', '2026-03-20'),
  task('APO-6', '2026-03-20'),
]);
/** Ten times the work, all of the first two weeks done. */
const onTime = viewOf(
  Array.from({ length: 60 }, (_, index) => {
    const dueOn = (['2026-03-06', '2026-03-13', '2026-03-20'] as const)[index % 3]!;
    return task(`HER-${index + 1}`, dueOn, index % 3 === 2 ? null : '2026-03-05');
  }),
);

describe('SPI(t) over several projects (metrics.md 7.4)', () => {
  it('is that of the project when there is one', () => {
    const own = measure(behind).figures.spiT.value;
    expect(own).toBeCloseTo(0.75, 12);
    expect(rolledSpiT([planCurveOf(behind)!], calendar)).toBeCloseTo(own!, 12);
  });

  it('comes from the sum of the curves: a small late project is not half of the truth', () => {
    const together = rolledSpiT([planCurveOf(behind)!, planCurveOf(onTime)!], calendar)!;
    const average = (0.75 + measure(onTime).figures.spiT.value!) / 2;
    // 43 of 44 planned by the end of week 2, 22 of them in the second: ES = 1 + 21/22.
    expect(together).toBeCloseTo((1 + 21 / 22) / 2, 12);
    expect(together).toBeGreaterThan(average);
  });

  it('is unknown without a plan', () => {
    expect(planCurveOf(viewOf([]))).toBeNull();
    expect(rolledSpiT([], calendar)).toBeNull();
  });
});
