import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/findings/assess.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { measure } from '../../../src/core/metrics/measure.ts';
import type { Metrics } from '../../../src/core/metrics/metrics.ts';
import { toJson } from '../../../src/core/reports/to-json.ts';
import type { ProjectHistory } from '../../../src/core/model/project.ts';
import { itemTimes } from '../../../src/core/metrics/flow/item-times.ts';
import { aCalendar, aHistory, aPast, at, statuses } from '../../builders.ts';
import { hourAt, randomProject } from './random-project.ts';

const calendar = aCalendar('Europe/Paris');
const measureAt = (history: ProjectHistory, asOf: number): Metrics => measure(viewAsOf(history, asOf, calendar));

function bytesOf(history: ProjectHistory, asOf: number): string {
  const view = viewAsOf(history, asOf, calendar);
  const metrics = measure(view);
  const findings = assess({ view, metrics, previous: null, thresholds: defaultThresholds });
  return JSON.stringify(toJson(metrics, { findings, items: itemTimes(view) }), null, 1);
}

const moments = fc
  .tuple(fc.nat(24 * 120), fc.nat(24 * 120), fc.nat(24 * 120))
  .map((hours) => hours.sort((a, b) => a - b));

describe('what is not known (metrics.md 0.2)', () => {
  it('has its reason, and no grade that anything may rest on', () => {
    fc.assert(
      fc.property(randomProject, fc.nat(24 * 120), (project, hour) => {
        const { figures } = measureAt(project.known(hour), hourAt(hour));
        const unknown = Object.entries(figures).filter(([, { value }]) => value === null);
        expect(unknown.filter(([, { grade, flags }]) => grade !== 'D' || flags.length === 0)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('figures of the past (metrics.md 0.1)', () => {
  it('come out the same whatever has happened since', () => {
    fc.assert(
      fc.property(randomProject, moments, (project, [asOf, then, later]) => {
        const before = bytesOf(project.known(then), hourAt(asOf));
        expect(bytesOf(project.known(then, later), hourAt(asOf))).toBe(before);
      }),
      { numRuns: 300 },
    );
  });

  it('do not depend on the order in which the store hands things over', () => {
    fc.assert(
      fc.property(randomProject, fc.nat(24 * 120), (project, hour) => {
        const history = project.known(hour);
        const other = {
          ...history,
          items: [...history.items].reverse(),
          sprints: [...history.sprints].reverse(),
          versions: [...history.versions].reverse(),
          statuses: [...history.statuses].reverse(),
          pulls: [...history.pulls].reverse(),
        };
        expect(bytesOf(other, hourAt(hour))).toBe(bytesOf(history, hourAt(hour)));
      }),
      { numRuns: 50 },
    );
  });
});

describe('what must hold in any project', () => {
  it('every item of a sprint is in exactly one class, and the totals are those of the classes', () => {
    fc.assert(
      fc.property(randomProject, fc.nat(24 * 120), (project, hour) => {
        for (const { totals, classes } of measureAt(project.known(hour), hourAt(hour)).sprints) {
          if (!totals) continue;
          const { completed, notCompleted, removed, completedOutside } = totals;
          const all = completed.count + notCompleted.count + removed.count + completedOutside.count;
          expect(all).toBe(Object.keys(classes).length);
          expect(totals.committed.count + totals.added.count).toBeLessThanOrEqual(all);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('cycle times are positive, finished items are not in progress, weeks add up to the evidence', () => {
    fc.assert(
      fc.property(randomProject, fc.nat(24 * 120), (project, hour) => {
        const view = viewAsOf(project.known(hour), hourAt(hour), calendar);
        const { figures, milestones, trust } = measure(view);
        const items = itemTimes(view);
        for (const { startedAt, doneAt, cycleTimeDays } of items) {
          expect(cycleTimeDays === null).toBe(startedAt === null || doneAt === null);
          expect(cycleTimeDays ?? 1).toBeGreaterThanOrEqual(1);
          for (const when of [startedAt, doneAt]) expect(when === null || when <= hourAt(hour)).toBe(true);
        }
        const done = new Set(items.flatMap(({ key, doneAt }) => (doneAt === null ? [] : [key])));
        expect(figures.wip.evidence.filter((key) => done.has(key))).toEqual([]);
        const { value, evidence } = figures.throughputPerWeek;
        expect((value?.weeks ?? []).reduce((sum, count) => sum + count, 0)).toBe(evidence.length);
        expect(items.length).toBe(trust.items);
        for (const milestone of milestones) {
          expect(milestone.openKeys).toHaveLength(milestone.openItems);
          expect(milestone.health.baseline.colour === 'green' && milestone.committedOn === null).toBe(false);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('small projects', () => {
  it('an empty one has figures without values and no colour', () => {
    const metrics = measureAt(aHistory(), at('2026-03-01'));
    expect(metrics).toMatchObject({ milestones: [], sprints: [], trust: { items: 0, dataAt: null } });
    expect(metrics.figures.cycleTimeDays.value).toBeNull();
    expect(metrics.figures.wip.value).toBe(0);
  });

  it('one that is younger than as-of is empty too', () => {
    const history = aHistory({ items: [aPast({ createdAt: at('2026-03-01'), status: statuses.doing })] });
    expect(measureAt(history, at('2026-02-01')).trust.items).toBe(0);
  });
});
