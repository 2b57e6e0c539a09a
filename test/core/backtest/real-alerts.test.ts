import { beforeAll, describe, expect, it } from 'vitest';
import { replayAlerts } from '../../../src/core/backtest/replay-alerts.ts';
import type { Replay } from '../../../src/core/backtest/replay-alerts.ts';
import { scoreAlerts } from '../../../src/core/backtest/alert-scores.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import type { ProjectHistory } from '../../../src/core/model/project.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { aCalendar, at } from '../../builders.ts';
import { hasRealData, readRealProject } from '../metrics/real-projects.ts';

const calendar = aCalendar();
const pulledAt = at('2026-11-24');

/**
 * Stretches of the last two fifths of the data, in time, with most of what was raised in them: the settings were chosen on
 * the first three fifths. The rest is left out for speed only; `vigie replay` shows the whole, and src/README.md has it.
 */
const windows: readonly (readonly [project: string, from: Day, to: Day])[] = [
  ['DURACLOUD', '2013-01-07', '2013-02-22'],
  ['DURACLOUD', '2013-07-08', '2013-08-09'],
  ['ISLANDORA', '2014-06-02', '2014-08-15'],
];

const missing = 'the shared data does not stand beside the checkout';

describe.skipIf(!hasRealData)(`alerts on real trackers (skipped when ${missing})`, () => {
  const replays: Replay[] = [];
  beforeAll(async () => {
    const histories = new Map<string, ProjectHistory>();
    for (const project of new Set(windows.map(([name]) => name)))
      histories.set(project, await readRealProject('duraspace-jira', project, pulledAt));
    for (const [project, from, to] of windows) {
      const history = histories.get(project)!;
      const input = { history, calendar, from, to, minuteOfDay: 510, asOf: pulledAt };
      replays.push(replayAlerts(input, [defaultThresholds])[0]!);
    }
  });
  const alerts = () => replays.flatMap((replay) => replay.alerts);

  it('are right at least six times in ten, with five working days of notice', () => {
    const { warnings } = scoreAlerts(alerts());
    expect(warnings.right + warnings.wrong).toBeGreaterThanOrEqual(8);
    expect(warnings.precision).toBeGreaterThanOrEqual(0.6);
    expect(warnings.medianNoticeWorkingDays).toBeGreaterThanOrEqual(5);
  });

  it('carry their evidence', () => {
    const bare = alerts().filter(
      ({ finding }) => finding.evidence.length === 0 || Object.keys(finding.facts).length === 0,
    );
    expect(bare).toEqual([]);
  });

  it('open no key twice within five working days, and no more than five a day', () => {
    for (const { days } of replays) {
      const openings = days.flatMap(({ on, events }) =>
        events.flatMap((event) =>
          event.kind === 'opened' || event.kind === 'reopened' ? [{ key: event.key, on }] : [],
        ),
      );
      const tooSoon = openings.filter(({ key, on }, index) =>
        openings.slice(index + 1).some((next) => next.key === key && calendar.distance(on, next.on) < 5),
      );
      expect(tooSoon).toEqual([]);
      expect(days.filter(({ events }) => events.filter(({ kind }) => kind === 'opened').length > 5)).toEqual([]);
    }
  });
});
