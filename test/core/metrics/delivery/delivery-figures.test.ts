import { describe, expect, it } from 'vitest';
import { measureDeliveryFigures } from '../../../../src/core/metrics/delivery/delivery-figures.ts';
import { wilson } from '../../../../src/core/metrics/statistics.ts';
import type { Commit, DeliveryHistory } from '../../../../src/core/model/delivery.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aDoneItem, aHistory, at } from '../../../builders.ts';
import { deploy } from './a-service.ts';

const commit = (sha: string, parent: string | null, authored: string, keys: readonly string[] = []): Commit => ({
  sha,
  parents: parent === null ? [] : [parent],
  authoredAt: at(authored),
  committedAt: at(authored),
  subject: sha,
  keys,
});
const delivery: DeliveryHistory = {
  service: 'S',
  commits: [
    commit('a', null, '2026-01-01'),
    commit('b', 'a', '2026-06-01', ['APO-1']),
    commit('c', 'b', '2026-06-03'),
    commit('d', 'c', '2026-06-20', ['APO-9']),
    commit('e', 'd', '2026-06-29'),
  ],
  deployments: [
    deploy('v1', '2026-01-05', 'a'),
    deploy('v2', '2026-06-05', 'c'),
    deploy('v3', '2026-06-22', 'd', { isPlanned: false, remediates: 'I1' }),
  ],
  incidents: [
    { id: 'I1', service: 'S', openedAt: at('2026-06-05T18:00:00Z'), resolvedAt: at('2026-06-22'), cause: null },
  ],
  hasIncidents: true,
};
const items = [
  aDoneItem('APO-1', { createdAt: '2026-05-20', startedAt: '2026-06-01', doneAt: '2026-06-04' }),
  aDoneItem('APO-2', { createdAt: '2026-05-20', startedAt: '2026-06-01', doneAt: '2026-06-10' }),
];
const figures = (parts: Partial<DeliveryHistory> | null, asOf = '2026-06-30') =>
  measureDeliveryFigures(
    viewAsOf(
      aHistory({ items, ...(parts === null ? {} : { services: [{ ...delivery, ...parts }] }) }),
      at(asOf),
      aCalendar(),
    ),
  );

describe('delivery figures of a project (metrics.md 5.2)', () => {
  it('over 90 days, by the changes that each deployment first brought', () => {
    const told = figures({});
    expect(told.changeLeadTimeHours).toMatchObject({ value: 48, n: 3, evidence: ['b', 'c', 'd'] });
    expect(told.deploymentsPerWeek).toMatchObject({ value: 2 / 12, n: 12, evidence: ['v2', 'v3'] });
    expect(told.deploymentDaysPerWeek.value).toBe(0);
    expect(told.changeFailRate).toMatchObject({ value: 0.5, evidence: ['v2'], interval: wilson(1, 2) });
    expect(told.recoveryHours.value).toBe(17 * 24);
    expect(told.reworkRate).toMatchObject({ value: 0.5, interval: wilson(1, 2) });
  });

  it('ties changes to work: changes without an item, items without a change, changes that wait', () => {
    const told = figures({});
    expect(told.changesWithoutItem).toMatchObject({ value: 2, n: 3, evidence: ['c', 'd'] });
    expect(told.itemsWithoutChange).toMatchObject({ value: 1, n: 2, evidence: ['APO-2'] });
    expect(told.changesNotReleased).toMatchObject({ value: 1, evidence: ['e'] });
  });

  it('knows only what was known then', () => {
    const told = figures({}, '2026-06-10');
    expect(told.changeLeadTimeHours.evidence).toEqual(['b', 'c']);
    expect(told.recoveryHours).toMatchObject({ value: null, flags: ['openFailures'] });
    expect(told.changesNotReleased.value).toBe(0);
  });

  it('says what nobody tells: no source, no deployment, no incidents, a service too young', () => {
    expect(figures(null).deploymentsPerWeek).toMatchObject({ value: null, flags: ['notCollected'] });
    expect(figures({ deployments: [] }).changeLeadTimeHours).toMatchObject({ value: null, flags: ['noDeployments'] });
    expect(figures({ hasIncidents: false, incidents: [] }).changeFailRate).toMatchObject({
      value: null,
      flags: ['noIncidentSource'],
    });
    const young = delivery.deployments.slice(1);
    expect(figures({ deployments: young }, '2026-06-20').deploymentsPerWeek).toMatchObject({
      value: null,
      flags: ['youngService'],
    });
  });

  it('drops a change that was deployed before it was written, and says so', () => {
    const commits = [...delivery.commits.slice(0, 2), commit('c', 'b', '2026-06-09'), ...delivery.commits.slice(3)];
    expect(figures({ commits }).changeLeadTimeHours).toMatchObject({ n: 2, flags: ['negativeLeadTimes'] });
  });
});
