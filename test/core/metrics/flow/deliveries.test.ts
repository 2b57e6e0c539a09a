import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { createDeliveries } from '../../../../src/core/metrics/flow/deliveries.ts';
import { completeWeeks, countByWeek, deliveriesAt } from '../../../../src/core/metrics/flow/throughput.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar } from '../../../builders.ts';
import { hourAt, randomProject } from '../random-project.ts';

describe('deliveries of many instants', () => {
  it('are week by week those that are counted at each instant by itself, reopened, moved and cut items too', () => {
    fc.assert(
      fc.property(randomProject, fc.array(fc.nat(24 * 120), { minLength: 1, maxLength: 5 }), (project, hours) => {
        const asOf = Math.max(...hours);
        const view = viewAsOf(project.known(asOf), hourAt(asOf), aCalendar('Europe/Paris'));
        const items = [...view.counted, ...view.gone];
        const deliveredAt = createDeliveries(view, items);
        for (const at of hours.map(hourAt)) {
          const weeks = completeWeeks(items, view.calendar, at);
          const { weeks: found, weekly } = deliveredAt(at);
          expect(found).toEqual(weeks);
          expect(weekly).toEqual(countByWeek(deliveriesAt(view, items, at), weeks, view.calendar));
        }
      }),
      { numRuns: 60 },
    );
  });
});
