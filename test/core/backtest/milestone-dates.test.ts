import { describe, expect, it } from 'vitest';
import { testMilestoneDates } from '../../../src/core/backtest/milestone-dates.ts';
import { defaultForecast } from '../../../src/core/model/forecast-settings.ts';
import { addDays } from '../../../src/core/time/day.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import type { TeamSettings } from '../../../src/core/model/team-settings.ts';
import { aCalendar, aDoneItem, aHistory, aVersion, at, settings } from '../../builders.ts';
import { finishedBy, teamsBy } from '../metrics/teams/team-projects.ts';
import { hasRealData, readRealProject } from '../metrics/real-projects.ts';

const start: Day = '2026-01-05';
const bare = { ...defaultForecast, growth: 'none', startDelay: false } as const;

/** Five items a week for 40 weeks; a version of its own holds one item of the team's every tenth week. */
function aProject() {
  const items = Array.from({ length: 200 }, (_, index) => {
    const week = Math.floor(index / 5);
    const isOfVersion = index % 50 === 0;
    return aDoneItem(
      `APO-${index + 1}`,
      { createdAt: `${start}T08:00:00Z`, doneAt: `${addDays(start, 7 * week + 2)}T12:00:00Z` },
      isOfVersion ? { fixVersionIds: ['900'] } : {},
    );
  });
  const versions = [[{ at: at(`${start}T08:00:00Z`), value: aVersion() }]];
  return viewAsOf(aHistory({ items, versions }), at('2026-11-02T08:30:00Z'), aCalendar());
}

describe('dates of milestones on the past', () => {
  it('are held against the week in which all of it was done, and no more', () => {
    const [test] = testMilestoneDates(aProject(), [bare]);
    // Done in week 30: asked from the 8th on, every other week, until it was done.
    expect(test).toMatchObject({ milestones: 1, forecasts: 12, undated: 0, p85Milestones: 1 });
    // One open item at five a week is called done this week or the next; it was done within two only at the last origin.
    expect(test!.p85Hit).toBeLessThan(0.2);
    expect(test!.crps).toBeGreaterThan(5);
  });

  it('asks several settings in one pass, each as alone', () => {
    const view = aProject();
    const settings = [bare, { ...bare, growth: 'triangle' }] as const;
    expect(testMilestoneDates(view, settings)).toEqual(settings.flatMap((one) => testMilestoneDates(view, [one])));
  });

  it('are asked of teams that each do their own, and of those that share the work', () => {
    // Web does four a week, Pay one; thirty of Pay's wait in the version and twenty of Web's, so that Pay is done last.
    const items = (['Web', 'Pay'] as const).flatMap((team, index) =>
      finishedBy(
        team,
        Array.from({ length: 40 }, () => (team === 'Web' ? 4 : 1)),
        { from: 1000 * (index + 1) },
      ).map((one, at) =>
        at < (team === 'Pay' ? 30 : 100) && (team === 'Pay' || at % 5 === 0)
          ? { ...one, item: { ...one.item, fixVersionIds: ['900'] } }
          : one,
      ),
    );
    const datesOf = (teams?: TeamSettings) => {
      const versions = [[{ at: at(`${start}T08:00:00Z`), value: aVersion() }]];
      const history = aHistory({ items, versions, settings: settings(teams ? { teams } : {}) });
      return testMilestoneDates(viewAsOf(history, at('2026-11-02T08:30:00Z'), aCalendar()), [bare])[0]!;
    };
    const [plain, own, shared] = [undefined, teamsBy(['Web', 'Pay']), teamsBy(['Web', 'Pay'], { pool: 'shared' })].map(
      datesOf,
    );
    expect([own!.forecasts, shared!.forecasts]).toEqual([plain!.forecasts, plain!.forecasts]);
    // All together would be done sooner than the slower one is.
    expect(own!.crps!).toBeLessThan(plain!.crps!);
    expect(own!.p85Hit!).toBeGreaterThan(plain!.p85Hit!);
    expect(Math.abs(shared!.crps! - plain!.crps!)).toBeLessThan(0.1 * plain!.crps!);
  });

  it.skipIf(!hasRealData).each(['DURACLOUD', 'ISLANDORA'])(
    '%s: with what was learned, closer to 85 %% and no further off (skipped where ../shared/data is absent)',
    async (project) => {
      const history = await readRealProject('duraspace-jira', project, at('2026-11-24T08:00:00Z'));
      const view = viewAsOf(history, at('2026-11-24T08:30:00Z'), aCalendar());
      const [learned, alone] = testMilestoneDates(view, [defaultForecast, bare]);
      expect(learned!.milestones).toBeGreaterThan(10);
      expect(Math.abs(learned!.p85Hit! - 0.85)).toBeLessThan(Math.abs(alone!.p85Hit! - 0.85) - 0.05);
      expect(learned!.crps!).toBeLessThanOrEqual(alone!.crps!);
    },
  );
});
