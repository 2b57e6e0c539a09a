import { describe, expect, it } from 'vitest';
import { at } from '../../../builders.ts';
import { commit, deploy, figures, first, pull, root } from './a-service.ts';

/** What git keeps when it writes a commit anew: who wrote it when, and what it says. */
const fix = { authoredAt: at('2026-06-03'), subject: 'APO-1 Pay twice', keys: ['APO-1'] };

describe('a commit that was written anew is the same change (metrics.md 5.2, 5.5)', () => {
  it('cherry-picked to a release branch: it reached the users with the first of the two, once', () => {
    const told = figures({
      commits: [
        root,
        commit('picked', ['root'], '2026-06-05', fix),
        commit('fix', ['root'], '2026-06-04', fix),
        commit('more', ['fix'], '2026-06-10'),
      ],
      deployments: [first, deploy('v1.0.1', '2026-06-06', 'picked'), deploy('v1.1', '2026-06-20', 'more')],
    });
    expect(told.changeLeadTimeHours).toMatchObject({ n: 2, evidence: ['fix', 'more'] });
    expect(told.changeLeadTimeHours.value).toBe((72 + 240) / 2);
  });

  it('what is deployed under another name does not wait for a deployment', () => {
    const told = figures({
      commits: [root, commit('lost', ['root'], '2026-06-03', fix), commit('forced', ['root'], '2026-06-04', fix)],
      deployments: [first, deploy('v1', '2026-06-06', 'forced')],
    });
    expect(told.changesNotReleased.value).toBe(0);
    expect(told.changeLeadTimeHours).toMatchObject({ value: 72, n: 1 });
  });

  it('picked from a pull request: it is no push without review, and brings the pull request forward', () => {
    const squash = { authoredAt: at('2026-06-05'), subject: 'Pay twice (#1)' };
    const told = figures({
      commits: [
        root,
        commit('squashed', ['root'], '2026-06-05', squash),
        commit('picked', ['root'], '2026-06-06', squash),
      ],
      pullRequests: [pull('S#1', '2026-06-05', { mergeSha: 'squashed', shas: ['x', 'y'] })],
      deployments: [first, deploy('v1.0.1', '2026-06-07', 'picked'), deploy('v1.1', '2026-06-20', 'squashed')],
    });
    expect(told.changeLeadTimeHours).toMatchObject({ value: 144, n: 1, evidence: ['S#1'] });
    expect(told.changesWithoutReview).toMatchObject({ value: 0, n: 1 });
  });

  it('the commits of a pull request that were picked one by one bring it with the last of them', () => {
    const x = { authoredAt: at('2026-06-01'), subject: 'x' };
    const y = { authoredAt: at('2026-06-02'), subject: 'y' };
    const told = figures({
      commits: [
        root,
        commit('x', ['root'], '2026-06-01', x),
        commit('y', ['x'], '2026-06-02', y),
        commit('m', ['root', 'y'], '2026-06-05'),
        commit('x2', ['root'], '2026-06-06', x),
      ],
      pullRequests: [pull('S#1', '2026-06-05', { mergeSha: 'm', shas: ['x', 'y'] })],
      deployments: [first, deploy('v1.0.1', '2026-06-07', 'x2'), deploy('v1.1', '2026-06-20', 'm')],
    });
    expect(told.mergeToDeployHours).toMatchObject({ value: 15 * 24, n: 1, evidence: ['S#1'] });
    expect(told.changesWithoutReview).toMatchObject({ n: 1 });
  });

  it('what only has its words in common is another change', () => {
    const told = figures({
      commits: [
        root,
        commit('a', ['root'], '2026-06-03', { subject: 'Fix tests' }),
        commit('b', ['a'], '2026-06-04', { subject: 'Fix tests' }),
      ],
      deployments: [first, deploy('v1', '2026-06-06', 'b')],
    });
    expect(told.changeLeadTimeHours.n).toBe(2);
  });
});
