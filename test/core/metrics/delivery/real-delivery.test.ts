import { describe, expect, it } from 'vitest';
import { measureDeliveryFigures } from '../../../../src/core/metrics/delivery/delivery-figures.ts';
import type { Commit, Deployment } from '../../../../src/core/model/delivery.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { systemClock } from '../../../../src/lib/clock.ts';
import { silentLogger } from '../../../../src/lib/logger.ts';
import { git } from '../../../../src/sources/git/index.ts';
import { aCalendar, at, settings } from '../../../builders.ts';
import { hasRealData, readRealProject, realFile } from '../real-projects.ts';

async function readDuraCloud() {
  const source = git.open(
    { path: realFile('duracloud-git'), tags: 'duracloud-*' },
    { id: 'git', scopes: [], clock: systemClock, log: silentLogger },
  );
  const commits: Commit[] = [];
  const deployments: Deployment[] = [];
  for await (const { records } of source.pull(null, { isFull: false }, new AbortController().signal))
    for (const record of records) {
      if (record.kind === 'commit') commits.push(record.commit);
      if (record.kind === 'deployment') deployments.push(record.deployment);
    }
  const history = await readRealProject('duraspace-jira', 'DURACLOUD', at('2014-01-01'));
  const service = deployments[0]!.service;
  return {
    ...history,
    settings: settings({ id: 'DURACLOUD', name: 'DuraCloud', delivery: { source: 'git', services: [service] } }),
    services: [{ service, commits, deployments, incidents: [], hasIncidents: false }],
  };
}

/**
 * Reckoned once from the two lists by a few lines in another language: commits that no earlier tag reaches, with one
 * parent at most, from their author's time to that of the tag; median and 85 % by linear interpolation.
 */
const reckoned = [
  ['2012-07-01', { perWeek: 4 / 12, changes: 152, median: 312.63, p85: 1777.16, withoutItem: 81 }],
  ['2012-11-20', { perWeek: 3 / 12, changes: 61, median: 174.57, p85: 672.61, withoutItem: 32 }],
  ['2013-04-01', { perWeek: 2 / 12, changes: 57, median: 244.8, p85: 1828.7, withoutItem: 32 }],
] as const;

describe.skipIf(!hasRealData)('DuraCloud (skipped: the data does not stand beside the checkout)', () => {
  it('is delivered as its tags and commits say', async () => {
    const history = await readDuraCloud();
    for (const [day, expected] of reckoned) {
      const told = measureDeliveryFigures(viewAsOf(history, at(`${day}T23:59:59Z`), aCalendar()));
      expect(told.deploymentsPerWeek.value).toBeCloseTo(expected.perWeek, 10);
      expect(told.changeLeadTimeHours.n).toBe(expected.changes);
      expect(told.changeLeadTimeHours.value).toBeCloseTo(expected.median, 2);
      expect(told.changeLeadTimeP85Hours.value).toBeCloseTo(expected.p85, 1);
      expect(told.changesWithoutItem.value).toBe(expected.withoutItem);
      expect(told.changeFailRate).toMatchObject({ value: null, flags: ['noIncidentSource'] });
    }
  });
});
