import { describe, expect, it } from 'vitest';
import { measureDeliveryFigures } from '../../../../src/core/metrics/delivery/delivery-figures.ts';
import { withIncidentsOfItems } from '../../../../src/core/metrics/delivery/incidents-of-items.ts';
import type { DeliveryHistory, Deployment, Incident } from '../../../../src/core/model/delivery.ts';
import type { IncidentRule } from '../../../../src/core/model/project.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import type { ProjectView } from '../../../../src/core/view/view.ts';
import { aCalendar, aDoneItem, aHistory, aPast, at, settings, types } from '../../../builders.ts';

const incidentType = { ...types.story, name: 'Incident' };
const times = { createdAt: '2026-06-05T14:00:00Z', startedAt: '2026-06-05T15:00:00Z', doneAt: '2026-06-05T18:00:00Z' };
const items = [
  aDoneItem('APO-1', times, { type: incidentType, labels: ['Prod'] }),
  aPast({ key: 'APO-2', createdAt: at('2026-06-20T12:00:00Z'), type: incidentType }),
  aDoneItem('APO-3', times, { type: incidentType, resolution: 'Duplicate' }),
  aDoneItem('APO-4', times, { labels: ['prod'] }),
  aDoneItem('OPS-5', times, { projectKey: 'OPS' }),
];
const deploy = (id: string, finishedAt: string, more: Partial<Deployment> = {}): Deployment => ({
  id,
  service: 'S',
  finishedAt: at(finishedAt),
  isSuccessful: true,
  isPlanned: true,
  remediates: null,
  sha: null,
  version: null,
  ...more,
});
const delivery: DeliveryHistory = {
  service: 'S',
  commits: [],
  deployments: [
    deploy('v1', '2026-03-01'),
    deploy('v2', '2026-06-05T12:00:00Z'),
    deploy('v3', '2026-06-12', { isPlanned: false, remediates: 'APO-1' }),
  ],
  incidents: [],
  hasIncidents: false,
};
const byType: IncidentRule = { types: ['incident'], labels: [], project: null };

function viewOf(rule: IncidentRule | null, asOf = '2026-06-30', incidents: readonly Incident[] = []) {
  const history = aHistory({
    items,
    settings: settings({
      excludedResolutions: ['Duplicate'],
      delivery: { source: 'git', services: ['S'], ...(rule ? { incidents: rule } : {}) },
    }),
    services: [{ ...delivery, incidents }],
  });
  return viewAsOf(history, at(asOf), aCalendar());
}

const withOwn = (view: ProjectView) => withIncidentsOfItems(view, view.services[0]!);

describe('items that are incidents', () => {
  it.each([
    [{}, ['APO-1', 'APO-2']],
    [{ types: [], labels: ['PROD'] }, ['APO-1', 'APO-4']],
    [{ labels: ['prod'] }, ['APO-1']],
    [{ types: [], project: 'ops' }, ['OPS-5']],
    [{ types: ['Story'], project: 'APO' }, ['APO-4']],
    [{ types: ['Outage'] }, []],
  ])('meet all that the rule gives: %j', (parts, keys) => {
    const told = withOwn(viewOf({ ...byType, ...parts }));
    expect(told.incidents.map(({ id }) => id)).toEqual(keys);
    expect(told.hasIncidents).toBe(true);
  });

  it('opened when made and resolved when done, as it was known then', () => {
    const at15 = withOwn(viewOf(byType, '2026-06-05T16:00:00Z'));
    // Closed as a duplicate two hours later: it was an incident as far as anybody knew.
    expect(at15.incidents.map(({ id, resolvedAt }) => [id, resolvedAt])).toEqual([
      ['APO-1', null],
      ['APO-3', null],
    ]);
    expect(withOwn(viewOf(byType)).incidents).toEqual([
      {
        id: 'APO-1',
        service: 'S',
        openedAt: at('2026-06-05T14:00:00Z'),
        resolvedAt: at('2026-06-05T18:00:00Z'),
        cause: null,
      },
      { id: 'APO-2', service: 'S', openedAt: at('2026-06-20T12:00:00Z'), resolvedAt: null, cause: null },
    ]);
  });

  it('make the failures of the service known', () => {
    const without = measureDeliveryFigures(viewOf(null));
    expect(without.changeFailRate).toMatchObject({ value: null, flags: ['noIncidentSource'] });
    const told = measureDeliveryFigures(viewOf(byType));
    expect(told.changeFailRate).toMatchObject({ value: 1 / 2, evidence: ['v2'], flags: ['unattributedIncidents'] });
    expect(told.recoveryHours.value).toBe(6);
    expect(told.reworkRate.value).toBe(1 / 2);
    const none = measureDeliveryFigures(viewOf({ ...byType, types: ['Outage'] }));
    expect(none.changeFailRate.value).toBe(0);
  });

  it('stand beside those that a source tells, which wins where both tell of one', () => {
    const incident = { id: 'APO-1', service: 'S', openedAt: at('2026-06-05T13:00:00Z'), resolvedAt: null, cause: 'v2' };
    const told = withOwn(viewOf(byType, '2026-06-30', [incident]));
    expect(told.incidents.map(({ id, cause }) => [id, cause])).toEqual([
      ['APO-1', 'v2'],
      ['APO-2', null],
    ]);
  });

  it('are of the service that a component or label names, of the main one when none is named', () => {
    const history = aHistory({
      items: [
        aDoneItem('APO-1', times, { type: incidentType }),
        aDoneItem('APO-2', times, { type: incidentType, components: ['API'] }),
        aDoneItem('APO-3', times, { type: incidentType, labels: ['api', 's'] }),
      ],
      settings: settings({ delivery: { source: 'git', services: ['S', 'api'], incidents: byType } }),
      services: [delivery, { ...delivery, service: 'api' }],
    });
    const view = viewAsOf(history, at('2026-06-30'), aCalendar());
    const keysOf = (index: number) => withIncidentsOfItems(view, view.services[index]!).incidents.map(({ id }) => id);
    expect(keysOf(0)).toEqual(['APO-1', 'APO-3']);
    expect(keysOf(1)).toEqual(['APO-2', 'APO-3']);
  });
});
