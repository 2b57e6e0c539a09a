import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { createDeliveries } from '../../../../src/core/metrics/flow/deliveries.ts';
import { priorPacesOf } from '../../../../src/core/metrics/forecast/team-paces.ts';
import { teamWeeksOf } from '../../../../src/core/metrics/teams/team-weeks.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import { aCalendar, aHistory, at, settings } from '../../../builders.ts';
import { hourAt, randomProject } from '../random-project.ts';
import { aRule, finishedBy, firstMonday, teamsBy } from './team-projects.ts';

const rules = [
  aRule('Web', { labels: ['web'], boards: ['2'] }),
  aRule('Pay', { components: ['Pay'], assignees: ['ann'] }),
];

describe('the weeks of teams', () => {
  it('add up to those of the project at every instant, whoever took an item from whom', () => {
    fc.assert(
      fc.property(randomProject, fc.nat(24 * 120), fc.nat(24 * 120), (project, one, other) => {
        const [hour, asOf] = [Math.min(one, other), Math.max(one, other)];
        const teams = { ...teamsBy([]), rules };
        const view = viewAsOf(project.knownAs({ teams }, asOf), hourAt(asOf), aCalendar('Europe/Paris'));
        const whole = createDeliveries(view, [...view.counted, ...view.gone])(hourAt(hour));
        const parts = teamWeeksOf(view)!(hourAt(hour));
        const sums = whole.weekly.map((_, week) => {
          const back = whole.weekly.length - week;
          return parts.reduce((sum, { weekly }) => sum + (weekly.at(-back) ?? 0), 0);
        });
        expect(sums).toEqual(whole.weekly);
        for (const { weeks, weekly, finishers } of parts) {
          expect([weekly.length, finishers.length]).toEqual([weeks.count, weeks.count]);
          const first = whole.weeks.count - weeks.count;
          expect(weeks.firstOn).toBe(weeks.count === 0 ? null : addDays(whole.weeks.firstOn!, 7 * first));
        }
      }),
      { numRuns: 100 },
    );
  });

  const weeksOf = (items: Parameters<typeof aHistory>[0] & object, names: readonly string[]) => {
    const view = viewAsOf(
      aHistory({ ...items, settings: settings({ teams: teamsBy(names) }) }),
      at('2026-05-25T08:30:00Z'),
      aCalendar(),
    );
    return { view, teams: teamWeeksOf(view)!(view.asOf) };
  };
  const steady = (weeks: number, count: number) => Array.from({ length: weeks }, () => count);

  it('begin with the first start of a team that came later, its item however old', () => {
    const late = finishedBy('Pay', [...steady(15, 0), ...steady(5, 2)], { from: 5000 });
    const { teams } = weeksOf({ items: [...finishedBy('Web', steady(20, 3)), ...late] }, ['Web', 'Pay']);
    expect(teams.map(({ weeks }) => weeks.count)).toEqual([20, 5, 0]);
    expect(teams[1]!.weeks.firstOn).toBe(addDays(firstMonday, 7 * 15));
    expect(teams[1]!.weekly).toEqual(steady(5, 2));
  });

  it('are all weeks of the project for a team that was alone in its quiet time', () => {
    const { teams } = weeksOf({ items: finishedBy('Web', [0, 0, ...steady(18, 3)]) }, ['Web', 'Pay']);
    expect(teams[0]!.weekly).toEqual([0, 0, ...steady(18, 3)]);
  });

  it('teach a new team the median pace of the others, without what no team takes', () => {
    const items = [
      ...finishedBy('A', steady(20, 2)),
      ...finishedBy('B', steady(20, 4), { from: 3000 }),
      ...finishedBy('C', steady(20, 9), { from: 5000 }),
      ...finishedBy(null, steady(20, 30), { from: 7000 }),
    ];
    const { teams, view } = weeksOf({ items }, ['A', 'B', 'C', 'New']);
    const [a, b, c, fresh, rest] = priorPacesOf(teams, view.calendar).map((pace) => pace && Math.round(pace));
    expect([a, b, c, fresh, rest]).toEqual([6, 5, 3, 4, null]);
    const alone = weeksOf({ items: finishedBy('A', steady(20, 2)) }, ['A', 'New']);
    expect(priorPacesOf(alone.teams, view.calendar)[0]).toBeNull();
  });
});
