import { describe, expect, it } from 'vitest';
import {
  checkDeployments,
  checkIncidentCauses,
  checkUnlinkedChanges,
} from '../../../../src/core/findings/hygiene/delivery.ts';
import type { Commit, DeliveryHistory } from '../../../../src/core/model/delivery.ts';
import { aDoneItem, at, settings } from '../../../builders.ts';
import { inputAt } from '../rule-rig.ts';
import { deploy } from '../../metrics/delivery/a-service.ts';

const commit = (sha: string, parent: string | null, when: string, keys: readonly string[]): Commit => ({
  sha,
  parents: parent === null ? [] : [parent],
  authoredAt: at(when),
  committedAt: at(when),
  subject: sha,
  keys,
});
const service: DeliveryHistory = {
  service: 'S',
  commits: [
    commit('old', null, '2026-01-05', []),
    commit('a', 'old', '2026-05-12', ['APO-1']),
    commit('b', 'a', '2026-05-14', []),
  ],
  deployments: [
    deploy('v0', '2026-01-06', 'old'),
    deploy('v1', '2026-05-13', 'a'),
    deploy('v2', '2026-05-15', 'b'),
    deploy('v3', '2026-05-16', 'b', { isPlanned: false }),
  ],
  incidents: [],
  hasIncidents: true,
};
const done = { createdAt: '2026-05-01', startedAt: '2026-05-10', doneAt: '2026-05-13' };
const inputOf = (parts: Partial<DeliveryHistory>, keys = ['APO-1', 'APO-2']) =>
  inputAt({
    items: keys.map((key) => aDoneItem(key, done)),
    settings: settings({ delivery: { source: 'git', services: ['S'] } }),
    services: [{ ...service, ...parts }],
  });
const subjectsOf = (result: ReturnType<typeof checkDeployments>) =>
  result.state === 'checked' ? result.hits.map(({ subject }) => subject) : result.reason;

describe('H19, changes without an item', () => {
  it('and items done lately that no change names, where naming them is the habit', () => {
    expect(subjectsOf(checkUnlinkedChanges(inputOf({})))).toEqual(['b', 'APO-2']);
    expect(subjectsOf(checkUnlinkedChanges(inputOf({}, ['APO-1', 'APO-2', 'APO-3'])))).toEqual(['b']);
  });
});

describe('H20, deployments without an item', () => {
  it('those of which no change names one, and those that nobody planned and no incident asked for', () => {
    expect(subjectsOf(checkDeployments(inputOf({})))).toEqual(['v2', 'v3']);
    expect(subjectsOf(checkDeployments(inputOf({ hasIncidents: false })))).toEqual(['v2']);
    expect(subjectsOf(checkDeployments(inputOf({ deployments: [] })))).toBe('noDeployments');
  });
});

describe('what is told of several times', () => {
  it('a change of a monorepo is one, however many services it counts for', () => {
    const input = inputAt({
      items: [aDoneItem('APO-1', done)],
      settings: settings({ delivery: { source: 'git', services: ['S', 'T'] } }),
      services: [service, { ...service, service: 'T' }],
    });
    expect(subjectsOf(checkUnlinkedChanges(input))).toEqual(['b']);
  });

  it('alerts of one outage have one cause to be named', () => {
    const alert = (id: string, minute: number, cause: string | null = null) => ({
      id,
      service: 'S',
      openedAt: at(`2026-05-14T10:${minute}:00Z`),
      resolvedAt: at('2026-05-15'),
      cause,
    });
    const incidents = [alert('I1', 10), alert('I2', 20)];
    expect(subjectsOf(checkIncidentCauses(inputOf({ incidents })))).toEqual(['I1']);
    expect(subjectsOf(checkIncidentCauses(inputOf({ incidents: [...incidents, alert('I3', 30, 'v1')] })))).toEqual([]);
  });
});

describe('what is no item', () => {
  const namesOf = (result: ReturnType<typeof checkDeployments>) =>
    result.state === 'checked' ? result.hits.map(({ name, evidence }) => name ?? evidence.join()) : result.reason;

  it('is called by its id, so that whoever asks finds it; a commit by the ten digits that tell it from others', () => {
    const sha = '0123456789abcdef0123456789abcdef01234567';
    const commits = [...service.commits, commit(sha, 'b', '2026-05-17', [])];
    expect(namesOf(checkUnlinkedChanges(inputOf({ commits })))).toEqual(['b', '0123456789', 'APO-2']);
    expect(namesOf(checkDeployments(inputOf({})))).toEqual(['v2', 'v3']);
    const incident = { id: 'INC-7', openedAt: at('2026-05-14'), resolvedAt: at('2026-05-15'), cause: null };
    expect(namesOf(checkIncidentCauses(inputOf({ incidents: [{ ...incident, service: 'S' }] })))).toEqual(['INC-7']);
  });
});
