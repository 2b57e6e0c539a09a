import { describe, expect, it } from 'vitest';
import { buffersOf } from '../../../../src/core/metrics/milestones/planned-buffer.ts';
import { evaluationAt } from '../../../../src/core/metrics/milestones/health.ts';
import { milestonesOf } from '../../../../src/core/metrics/milestones/milestones.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { aVersion, at } from '../../../builders.ts';
import { anOpenItem, aTeam, inputAt, seen } from '../../findings/rule-rig.ts';

/** Promised on 7 April with `items` items; `more` of them came in since. */
function bufferOf(releaseOn: Day, { items, more = 0 }: { readonly items: number; readonly more?: number }) {
  const open = Array.from({ length: items + more }, (_, index) =>
    anOpenItem(`APO-${index + 1}`, [], {
      fixVersionIds: ['900'],
      createdAt: at(index < items ? '2026-01-05T08:00:00Z' : '2026-05-04T08:00:00Z'),
    }),
  );
  const versions = [seen(['2026-01-02', aVersion()], ['2026-04-06T08:00:00Z', aVersion({ releaseOn })])];
  const { view, metrics } = inputAt({ items: [...aTeam(), ...open], versions });
  return { view, buffer: buffersOf(view)(metrics.milestones[0]!) };
}

describe('the buffer of a promise (metrics.md 1.7)', () => {
  it('is the way from even odds, as they were on the day of the promise, to the promise', () => {
    const { view, buffer } = bufferOf('2026-06-30', { items: 9, more: 9 });
    const then = evaluationAt(view, milestonesOf(view), buffer!.committedAt);
    const evenOdds = then.prospectOf(then.standings[0]!).when({ clock: 'current' }, [0.5])[0]!;
    expect(buffer).toMatchObject({
      promisedOn: '2026-06-30',
      forecastThenOn: evenOdds,
      bufferDays: view.calendar.distance(evenOdds, '2026-06-30'),
      usedDays: view.calendar.distance(evenOdds, buffer!.forecastNowOn),
      doneItems: 0,
      items: 18,
      flags: [],
    });
    expect(buffer!.penetration).toBe(buffer!.usedDays / buffer!.bufferDays);
    // Nothing is done, so all that is used above 0.3 is red (vector T9).
    expect(buffer!.zone).toBe(buffer!.penetration! > 0.3 ? 'red' : 'yellow');
    expect(buffer!.penetration).toBeGreaterThan(0.3);
  });

  it('is none where the promise was no later than even odds', () => {
    const { buffer } = bufferOf('2026-05-29', { items: 30 });
    expect(buffer).toMatchObject({ penetration: null, zone: null, flags: ['noBufferPlanned'] });
    expect(buffer!.bufferDays).toBeLessThanOrEqual(0);
  });

  it('is unknown without a promise', () => {
    const items = [...aTeam(), anOpenItem('APO-1', [], { fixVersionIds: ['900'] })];
    const { view, metrics } = inputAt({ items, versions: [seen(['2026-01-02', aVersion()])] });
    expect(metrics.milestones[0]).toMatchObject({ id: '900', committedOn: null });
    expect(buffersOf(view)(metrics.milestones[0]!)).toBeNull();
  });
});
