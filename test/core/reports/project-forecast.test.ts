import { describe, expect, it } from 'vitest';
import { measure } from '../../../src/core/metrics/measure.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { buildProjectForecast } from '../../../src/core/reports/project-forecast.ts';
import { addDays } from '../../../src/core/time/day.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { openZone } from '../../../src/core/time/zone.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aPast, aVersion, at } from '../../builders.ts';
import { aTeam, monday } from '../findings/rule-rig.ts';

const openIn = (version: string, from: number) =>
  Array.from({ length: 6 }, (_, index) =>
    aPast({ key: `APO-${from + index}`, createdAt: at('2026-05-04T08:00:00Z'), fixVersionIds: [version] }),
  );
const seen = (id: string, name: string, releaseOn: Day) => [
  { at: at('2026-05-04T08:00:00Z'), value: aVersion({ id, name, releaseOn }) },
];
const view = viewAsOf(
  aHistory({
    items: [...aTeam(), ...openIn('900', 1), ...openIn('901', 21)],
    versions: [seen('900', '1.0', '2026-06-26'), seen('901', '2.0', '2026-07-31')],
  }),
  at(monday),
  aCalendar(),
);
const input = {
  view,
  metrics: measure(view),
  zone: openZone('UTC'),
  thresholds: defaultThresholds,
  urlOf: () => null,
};
const ask = (question: Partial<Parameters<typeof buildProjectForecast>[1]>) =>
  buildProjectForecast(input, { milestone: null, by: null, items: null, ...question });

describe('a forecast that somebody asks for', () => {
  it('by a day agrees with the date of each milestone: 85 % from its P85 on, and not a working day before', () => {
    for (const name of ['1.0', '2.0']) {
      const { p85 } = ask({ milestone: name })!.milestones[0]!.forecast!;
      const by = (on: Day) => ask({ milestone: name, by: on })!.by!.milestones[0]!.chance;
      expect(by(p85!)).toBeGreaterThanOrEqual(0.85);
      expect(by(addDays(p85!, -7))).toBeLessThan(0.85);
    }
  });

  it('what is planned later waits for what is planned first', () => {
    const [first, second] = ask({ by: '2026-06-19' })!.by!.milestones;
    expect(first!.openItems).toBe(second!.openItems);
    expect(first!.chance).toBeGreaterThan(second!.chance);
  });

  it('how much by a day, and when so much: more is less sure, and later', () => {
    const { p50, p85 } = ask({ by: '2026-06-19' })!.by!;
    expect(p50).toBeGreaterThanOrEqual(p85);
    const few = ask({ items: 3 })!.items!;
    const many = ask({ items: 30 })!.items!;
    expect(few.p85! < many.p85!).toBe(true);
    expect(few.p50! <= few.p85! && few.p85! <= few.p95!).toBe(true);
  });

  it('of a milestone that is not there is none', () => {
    expect(ask({ milestone: '9.9' })).toBeNull();
  });

  it('for a day that is over is nothing, and without a past is refused', () => {
    expect(ask({ by: '2026-05-20' })!.by).toMatchObject({ p50: 0, p85: 0 });
    const young = viewAsOf(aHistory({ items: openIn('900', 1) }), at(monday), aCalendar());
    const told = buildProjectForecast(
      { ...input, view: young, metrics: measure(young) },
      { milestone: null, by: '2026-06-19', items: 5 },
    );
    expect(told).toMatchObject({ noForecast: 'tooLittleHistory', by: null, items: null });
  });
});
