import { describe, expect, it } from 'vitest';
import { at } from '../../../builders.ts';
import { commit, deploy, figures, first, incident, pull, root } from './a-service.ts';

describe('a change is a merged pull request (metrics.md 5.2)', () => {
  it('a merge commit: from its first commit to the deployment that reached the merge, as one change', () => {
    const told = figures({
      commits: [
        root,
        commit('x', ['root'], '2026-06-03'),
        commit('y', ['x'], '2026-06-04'),
        commit('m', ['root', 'y'], '2026-06-05'),
      ],
      pullRequests: [pull('S#1', '2026-06-05', { firstCommitAt: at('2026-06-03'), mergeSha: 'm', shas: ['x', 'y'] })],
      deployments: [first, deploy('v1', '2026-06-06', 'm')],
    });
    expect(told.changeLeadTimeHours).toMatchObject({ value: 72, n: 1, evidence: ['S#1'] });
    expect(told.mergeToDeployHours).toMatchObject({ value: 24, n: 1 });
  });

  it('a squash: the commit that it became is the change, and none of its own is one', () => {
    const told = figures({
      commits: [root, commit('squashed', ['root'], '2026-06-05')],
      pullRequests: [pull('S#1', '2026-06-05', { mergeSha: 'squashed', shas: ['x', 'y'] })],
      deployments: [first, deploy('v1', '2026-06-06', 'squashed')],
    });
    expect(told.changeLeadTimeHours).toMatchObject({ value: 120, n: 1, evidence: ['S#1'] });
  });

  it('a rebase: what was written anew with its last commit belongs to it, what was there before does not', () => {
    const anew = { committedAt: at('2026-06-05T00:00:01Z') };
    const told = figures({
      commits: [
        root,
        commit('pushed', ['root'], '2026-06-04'),
        commit('x2', ['pushed'], '2026-06-03', anew),
        commit('y2', ['x2'], '2026-06-04', anew),
      ],
      pullRequests: [pull('S#1', '2026-06-05', { mergeSha: 'y2', shas: ['x', 'y'] })],
      deployments: [first, deploy('v1', '2026-06-06', 'y2')],
    });
    expect(told.changeLeadTimeHours).toMatchObject({ n: 2, evidence: ['S#1', 'pushed'] });
  });

  it('cherry-picked without its merge: its own commit that a deployment reached tells when', () => {
    const told = figures({
      commits: [root, commit('x', ['root'], '2026-06-03')],
      pullRequests: [pull('S#1', '2026-06-05', { mergeSha: 'elsewhere', shas: ['x'] })],
      deployments: [first, deploy('v1', '2026-06-06', 'x')],
    });
    expect(told.changeLeadTimeHours.evidence).toEqual(['S#1']);
  });

  it('those of automation are left out and counted, and their commits are no pushes', () => {
    const told = figures({
      commits: [root, commit('x', ['root'], '2026-06-03')],
      pullRequests: [pull('S#1', '2026-06-05', { mergeSha: 'x', shas: ['x'], isBot: true })],
      deployments: [first, deploy('v1', '2026-06-06', 'x')],
    });
    expect(told.changeLeadTimeHours).toMatchObject({ value: null, exclusions: [{ reason: 'bot', n: 1 }] });
    expect(told.changesWithoutReview.value).toBe(0);
  });

  it('nobody looked at it, or it was pushed without one: a change without review', () => {
    const told = figures({
      commits: [root, commit('x', ['root'], '2026-06-03'), commit('y', ['x'], '2026-06-04')],
      pullRequests: [
        pull('S#1', '2026-06-05', { mergeSha: 'x', firstReviewAt: null }),
        pull('S#2', null, { shas: ['z'] }),
      ],
      deployments: [first, deploy('v1', '2026-06-06', 'y')],
    });
    expect(told.changesWithoutReview).toMatchObject({ value: 2, n: 2, evidence: ['S#1', 'y'] });
    expect(figures({}).changesWithoutReview).toMatchObject({ value: null, flags: ['noPullRequests'] });
  });

  it('a first commit that nobody tells of is unknown: no lead time, rather than none', () => {
    const told = figures({
      commits: [root, commit('x', ['root'], '2026-06-03')],
      pullRequests: [pull('S#1', '2026-06-05', { mergeSha: 'x', firstCommitAt: null })],
      deployments: [first, deploy('v1', '2026-06-06', 'x')],
    });
    expect(told.changeLeadTimeHours).toMatchObject({ value: null, flags: ['noChanges', 'unknownFirstCommit'] });
    expect(told.mergeToDeployHours.value).toBe(24);
  });

  it('by time only where no deployment names a commit: the first one after the merge, and it says so', () => {
    const told = figures({
      commits: [],
      pullRequests: [pull('S#1', '2026-06-05'), pull('S#2', '2026-06-29')],
      deployments: [first, deploy('v1', '2026-06-06', null), deploy('v2', '2026-06-20', null)],
    });
    expect(told.mergeToDeployHours).toMatchObject({ value: 24, evidence: ['S#1'], flags: ['matchedByTime'] });
    expect(told.changesNotReleased.evidence).toEqual(['S#2']);
  });

  it('in the order of the merges where commits are not known: a deployment brings all up to the one that it names', () => {
    const told = figures({
      commits: [],
      pullRequests: [
        pull('S#1', '2026-06-05', { mergeSha: 'a' }),
        pull('S#2', '2026-06-06', { mergeSha: 'b' }),
        pull('S#3', '2026-06-07', { mergeSha: 'c' }),
      ],
      deployments: [deploy('v1', '2026-06-08', 'a'), deploy('v2', '2026-06-09', 'b'), deploy('v3', '2026-06-10', 'a')],
    });
    expect(told.mergeToDeployHours).toMatchObject({ value: 72, evidence: ['S#2'], flags: [] });
    expect(told.changesNotReleased.evidence).toEqual(['S#3']);
  });

  it('the first deployment of a service brings its whole past, and no lead time', () => {
    const told = figures({
      commits: [root],
      pullRequests: [pull('S#1', '2026-06-05', { mergeSha: 'root' })],
      deployments: [deploy('v1', '2026-06-06', 'root')],
    });
    expect(told.changeLeadTimeHours).toMatchObject({ value: null, flags: ['noChanges'] });
  });
});

describe('what was not planned (metrics.md 5.2, rework rate)', () => {
  const commits = [root, commit('a', ['root'], '2026-06-03'), commit('b', ['a'], '2026-06-10')];

  it('a rollback mends the incident that was open, and brings no change', () => {
    const told = figures({
      commits,
      deployments: [
        first,
        deploy('v1', '2026-06-04', 'a'),
        deploy('v2', '2026-06-11', 'b'),
        deploy('v3', '2026-06-12', 'a'),
      ],
      incidents: [incident('I1', '2026-06-11T18:00:00Z')],
    });
    expect(told.reworkRate).toMatchObject({ value: 1 / 3, evidence: ['v3'] });
    expect(told.changeLeadTimeHours.n).toBe(2);
    expect(told.recoveryHours.value).toBe(24);
  });

  it('a pipeline that is run again is no rollback, nor is going forward after one', () => {
    const again = [deploy('v1', '2026-06-04', 'a'), deploy('v2', '2026-06-11', 'b'), deploy('v2b', '2026-06-12', 'b')];
    const incidents = [incident('I1', '2026-06-11T18:00:00Z')];
    expect(figures({ commits, incidents, deployments: [first, ...again] }).reworkRate.value).toBe(0);
    const forward = [...again.slice(0, 2), deploy('v3', '2026-06-12', 'a'), deploy('v4', '2026-06-13', 'b')];
    expect(figures({ commits, incidents, deployments: [first, ...forward] }).reworkRate.evidence).toEqual(['v3']);
  });

  it('a hotfix or a revert mends what was open; without an incident it is no rework', () => {
    const hotfix = [pull('S#1', '2026-06-10', { mergeSha: 'b', isHotfix: true })];
    const deployments = [first, deploy('v1', '2026-06-04', 'a'), deploy('v2', '2026-06-11', 'b')];
    const incidents = [incident('I1', '2026-06-04T18:00:00Z', '2026-06-11T13:00:00Z')];
    expect(figures({ commits, deployments, incidents, pullRequests: hotfix }).reworkRate.evidence).toEqual(['v2']);
    expect(figures({ commits, deployments, pullRequests: hotfix }).reworkRate.value).toBe(0);
    const reverted = [root, commits[1]!, commit('b', ['a'], '2026-06-10', { subject: 'Revert "a"' })];
    expect(figures({ commits: reverted, deployments, incidents }).reworkRate.evidence).toEqual(['v2']);
  });
});

describe('incidents of one outage', () => {
  const deployments = [first, deploy('v1', '2026-06-04', 'root'), deploy('v2', '2026-06-11', 'root')];

  it('opened within 30 minutes of the first: one, that ends with the last of them', () => {
    const told = figures({
      deployments,
      incidents: [
        incident('I1', '2026-06-04T13:00:00Z', '2026-06-04T14:00:00Z'),
        incident('I2', '2026-06-04T13:30:00Z', '2026-06-04T16:00:00Z'),
        incident('I3', '2026-06-04T13:31:00Z', '2026-06-04T14:31:00Z'),
      ],
    });
    expect(told.timeToRestoreHours).toMatchObject({ value: 2, n: 2, evidence: ['I1', 'I3'] });
  });

  it('a deployment that mends one of them mends it', () => {
    const told = figures({
      deployments: [...deployments, deploy('v3', '2026-06-04T17:00:00Z', null, { isPlanned: false, remediates: 'I2' })],
      incidents: [incident('I1', '2026-06-04T13:00:00Z'), incident('I2', '2026-06-04T13:10:00Z')],
    });
    expect(told.recoveryHours.value).toBe(5);
  });
});

describe('weeks in which nothing is to be deployed', () => {
  it('count as they are, and are named', () => {
    const frozen = [{ from: '2026-06-08', to: '2026-06-14' }] as const;
    expect(figures({}, frozen).deploymentsPerWeek).toMatchObject({ value: 0, flags: ['deployFreeze'] });
    expect(figures({}, [{ from: '2025-12-01', to: '2025-12-31' }]).deploymentsPerWeek.flags).toEqual([]);
  });
});

describe('one repository, several services (metrics.md 5.5)', () => {
  const commits = [root, commit('a', ['root'], '2026-06-03'), commit('b', ['a'], '2026-06-04')];

  it('a release train is a deployment of each service: only that of its own counts', () => {
    const train = ['S', 'other', 'third'].map((service) => deploy('train-7', '2026-06-06', 'b', { service }));
    const told = figures({ commits, deployments: [first, ...train.filter(({ service }) => service === 'S')] });
    expect(told.deploymentsPerWeek.value).toBeCloseTo(1 / 12, 10);
    expect(told.changeLeadTimeHours.n).toBe(2);
    // Should one of another service come in, it is in no rate.
    expect(figures({ commits, deployments: [first, ...train] }).changeFailRate.n).toBe(1);
  });

  it('an incident of another service is blamed on nobody here, unless it names the deployment', () => {
    const deployments = [first, deploy('v1', '2026-06-06T12:00:00Z', 'b')];
    const elsewhere = { ...incident('I1', '2026-06-06T13:00:00Z', '2026-06-06T15:00:00Z'), service: 'other' };
    expect(figures({ commits, deployments, incidents: [elsewhere] }).changeFailRate.value).toBe(0);
    expect(figures({ commits, deployments, incidents: [{ ...elsewhere, cause: 'v1' }] }).changeFailRate.value).toBe(1);
  });
});

describe('merged, and not to the branch that is released from', () => {
  const commits = [root, commit('x', ['root'], '2026-06-03'), commit('m', ['root', 'x'], '2026-06-05')];
  const deployments = [first, deploy('v1', '2026-06-06', 'root')];

  it('waits for no deployment of it: into another branch, or before the commits that are known', () => {
    const told = figures({
      commits,
      deployments,
      pullRequests: [
        pull('S#1', '2026-06-05', { mergeSha: 'm', shas: ['x'] }),
        pull('S#2', '2026-06-05', { mergeSha: 'of a release branch', shas: ['y'] }),
        pull('S#3', '2026-06-02', { mergeSha: 'of three years ago', shas: ['z'] }),
        pull('S#4', '2026-06-02', { shas: ['w'] }),
      ],
    });
    expect(told.changesNotReleased).toMatchObject({ value: 1, evidence: ['S#1'] });
  });

  it('where no commits are known, nobody can tell, and all of it waits', () => {
    const told = figures({
      commits: [],
      deployments: [deploy('v1', '2026-06-06', 'a')],
      pullRequests: [pull('S#1', '2026-06-05', { mergeSha: 'a' }), pull('S#2', '2026-06-07', { mergeSha: 'b' })],
    });
    expect(told.changesNotReleased).toMatchObject({ value: 1, evidence: ['S#2'] });
  });
});
