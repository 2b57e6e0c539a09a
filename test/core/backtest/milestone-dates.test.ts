import { describe, expect, it } from 'vitest';
import { testMilestoneDates } from '../../../src/core/backtest/milestone-dates.ts';
import { defaultForecast } from '../../../src/core/model/forecast-settings.ts';
import { addDays } from '../../../src/core/time/day.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { aCalendar, aDoneItem, aHistory, aVersion, at } from '../../builders.ts';
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
