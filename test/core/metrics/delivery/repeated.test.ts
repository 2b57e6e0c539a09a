import { describe, expect, it } from 'vitest';
import { commit, deploy, figures, first, incident, root } from './a-service.ts';

const commits = [root, commit('a', ['root'], '2026-06-03'), commit('b', ['a'], '2026-06-10')];
const run = (id: string, when: string, sha: string | null, more = {}) =>
  deploy(id, when, sha, { version: null, ...more });

describe('one deployment for each version that reaches the users (metrics.md 5.2)', () => {
  it('several jobs of one release, or one that is run again, are one: the first that brought it', () => {
    const told = figures({
      commits,
      deployments: [
        first,
        run('job-1', '2026-06-04T10:00:00Z', 'a'),
        run('job-2', '2026-06-04T10:05:00Z', 'a'),
        run('again', '2026-06-05T10:00:00Z', 'a'),
        run('next', '2026-06-11', 'b'),
      ],
      incidents: [incident('I1', '2026-06-04T11:00:00Z', '2026-06-04T12:00:00Z')],
    });
    expect(told.deploymentsPerWeek.value).toBeCloseTo(2 / 12, 10);
    expect(told.changeFailRate).toMatchObject({ value: 1 / 2, n: 2, evidence: ['job-1'] });
    expect(told.recoveryHours.value).toBe(2);
    const named = { ...incident('I2', '2026-06-08'), cause: 'again' };
    const deployments = [first, run('job-1', '2026-06-04', 'a'), run('again', '2026-06-05', 'a')];
    expect(figures({ commits, deployments, incidents: [named] }).changeFailRate.evidence).toEqual(['job-1']);
  });

  it('another version of the same commit is another deployment, and so is one that was there before', () => {
    const tags = [deploy('rc', '2026-06-04', 'a'), deploy('v1', '2026-06-05', 'a')];
    expect(figures({ commits, deployments: [first, ...tags] }).changeFailRate.n).toBe(2);
    const back = [run('1', '2026-06-04', 'a'), run('2', '2026-06-11', 'b'), run('3', '2026-06-12', 'a')];
    expect(figures({ commits, deployments: [first, ...back] }).changeFailRate.n).toBe(3);
  });

  it('of those without a commit the version tells; without both each counts', () => {
    const named = [1, 2].map((day) => deploy(`d${day}`, `2026-06-0${day}`, null, { version: '1.0' }));
    expect(figures({ commits, deployments: [first, ...named] }).changeFailRate.n).toBe(1);
    const moving = [1, 2].map((day) => deploy(`d${day}`, `2026-06-0${day}`, null, { version: 'latest' }));
    expect(figures({ commits, deployments: [first, ...moving] }).changeFailRate.n).toBe(2);
    const bare = [1, 2].map((day) => run(`d${day}`, `2026-06-0${day}`, null));
    expect(figures({ commits, deployments: [first, ...bare] }).changeFailRate.n).toBe(2);
  });

  it('what mends an incident by running again is one, and a failed attempt hides nothing', () => {
    const mend = run('mend', '2026-06-05', 'a', { isPlanned: false, remediates: 'I1' });
    const told = figures({
      commits,
      deployments: [
        first,
        run('1', '2026-06-04', 'a'),
        run('2', '2026-06-04T12:00:00Z', 'a', { isSuccessful: false }),
        mend,
      ],
      incidents: [incident('I1', '2026-06-04T11:00:00Z')],
    });
    expect(told.reworkRate).toMatchObject({ value: 1 / 2, evidence: ['mend'] });
    expect(told.failedAttempts.value).toBe(1);
  });
});
