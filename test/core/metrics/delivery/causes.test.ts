import { describe, expect, it } from 'vitest';
import { measureService } from '../../../../src/core/metrics/delivery/delivery-figures.ts';
import { serviceFactsOf } from '../../../../src/core/metrics/delivery/service-facts.ts';
import type { Incident } from '../../../../src/core/model/delivery.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, at, settings } from '../../../builders.ts';
import { commit, deploy, figures, first, incident, pull, root } from './a-service.ts';

const commits = [
  root,
  commit('a', ['root'], '2026-06-03'),
  commit('b', ['a'], '2026-06-10'),
  commit('c', ['b'], '2026-06-15'),
];
const deployments = [first, deploy('v1', '2026-06-04', 'a'), deploy('v2', '2026-06-11', 'b')];
/** Two days after v2: by time alone no deployment is to blame. */
const late = incident('I1', '2026-06-13', '2026-06-16');

describe('what an incident names as its cause (metrics.md 5.2, attribution)', () => {
  it.each([
    ['a deployment', 'v1', 'v1'],
    ['a version', '1.0', 'v1'],
    ['a commit that was deployed', 'a', 'v1'],
    ['a pull request', 'S#2', 'v2'],
    ['nothing that is known', 'the moon', null],
  ])('%s', (_, cause, blamed) => {
    const told = figures({
      commits,
      deployments: [first, deploy('v1', '2026-06-04', 'a', { version: '1.0' }), deployments[2]!],
      pullRequests: [
        pull('S#1', '2026-06-03', { mergeSha: 'a', shas: ['x'] }),
        pull('S#2', '2026-06-10', { mergeSha: 'b' }),
      ],
      incidents: [{ ...late, cause }],
    });
    expect(told.changeFailRate.evidence).toEqual(blamed === null ? [] : [blamed]);
    expect(told.changeFailRate.flags).toEqual(blamed === null ? ['unattributedIncidents'] : []);
  });

  it('the change that was taken back to mend it, where it names none', () => {
    const revert = commit('c', ['b'], '2026-06-15', { subject: 'Revert "b" (#7)' });
    const mend = deploy('v3', '2026-06-15T12:00:00Z', 'c');
    const told = figures({
      commits: [...commits.slice(0, 3), revert],
      deployments: [...deployments, mend],
      incidents: [late],
    });
    expect(told.changeFailRate.evidence).toEqual(['v2']);
    expect(told.reworkRate.evidence).toEqual(['v3']);
    // What came with the first deployment, or after the incident opened, did not break it.
    const after = { ...late, openedAt: late.openedAt - 3 * 86_400_000 };
    expect(
      figures({ commits: [...commits.slice(0, 3), revert], deployments: [...deployments, mend], incidents: [after] })
        .changeFailRate.evidence,
    ).toEqual([]);
  });

  it('what takes back a revert is none: it brings the change again', () => {
    const again = commit('c', ['b'], '2026-06-15', { subject: 'Revert "Revert "b""' });
    const told = figures({
      commits: [...commits.slice(0, 3), again],
      deployments: [...deployments, deploy('v3', '2026-06-15', 'c')],
      incidents: [late],
    });
    expect(told.reworkRate.value).toBe(0);
  });

  it('alerts of one time that name different deployments are different failures', () => {
    const told = figures({
      commits,
      deployments,
      incidents: [
        { ...incident('I1', '2026-06-11T10:00:00Z', '2026-06-11T12:00:00Z'), cause: 'v1' },
        { ...incident('I2', '2026-06-11T10:10:00Z', '2026-06-11T13:00:00Z'), cause: 'v2' },
        incident('I3', '2026-06-11T10:20:00Z', '2026-06-11T14:00:00Z'),
      ],
    });
    expect(told.changeFailRate.evidence).toEqual(['v1', 'v2']);
    // The third names nothing: it is of the same outage as the first.
    expect(told.timeToRestoreHours.n).toBe(2);
  });
});

describe('an incident of one service that names a deployment of another', () => {
  const services = (incidents: readonly Incident[]) => {
    const shop = { service: 'shop', commits: [], incidents, hasIncidents: true };
    const api = { service: 'api', commits: [], incidents: [], hasIncidents: true };
    const of = (service: string, ...ids: readonly string[]) =>
      ids.map((id) => deploy(id, '2026-06-11', null, { service }));
    const history = aHistory({
      settings: settings({ delivery: { source: 'x', services: ['shop', 'api'] } }),
      services: [
        { ...shop, deployments: of('shop', 'shop-1', 'train-1') },
        { ...api, deployments: of('api', 'api-1', 'train-1') },
      ],
    });
    const view = viewAsOf(history, at('2026-06-30'), aCalendar());
    return serviceFactsOf(view).map((facts) => measureService(view, facts).changeFailRate);
  };
  const broken = { ...incident('I1', '2026-06-11T10:00:00Z', '2026-06-11T12:00:00Z'), service: 'shop' };

  it('is a failure of that one, and not of what was deployed last before it', () => {
    expect(services([{ ...broken, cause: 'api-1' }]).map(({ evidence }) => evidence)).toEqual([[], ['api-1']]);
  });

  it('stays with its own service where both were deployed under that name', () => {
    expect(services([{ ...broken, cause: 'train-1' }]).map(({ evidence }) => evidence)).toEqual([['train-1'], []]);
  });
});

describe('clocks that disagree', () => {
  it('a failure that was over before its deployment had ended has no recovery time, and is told', () => {
    const told = figures({
      commits,
      deployments,
      incidents: [{ ...incident('I1', '2026-06-10T22:00:00Z', '2026-06-10T23:00:00Z'), cause: 'v2' }],
    });
    expect(told.changeFailRate.evidence).toEqual(['v2']);
    expect(told.recoveryHours).toMatchObject({ value: null, n: 0, flags: ['negativeRecoveryTimes'] });
  });

  it('an incident that ended before it opened has no time to restore', () => {
    const told = figures({
      commits,
      deployments,
      incidents: [incident('I1', '2026-06-11T10:00:00Z', '2026-06-11T09:00:00Z')],
    });
    expect(told.timeToRestoreHours).toMatchObject({ value: null, n: 0 });
  });
});
