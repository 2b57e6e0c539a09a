import { afterEach, describe, expect, it } from 'vitest';
import { createNames } from '../../../src/sources/github/names.ts';
import { keysOfBranch, keysOfText } from '../../../src/sources/github/item-keys.ts';
import { finish, githubRig, start } from './github-rig.ts';
import type { GithubRig, RigOptions } from './github-rig.ts';
import { Reading } from '../reading.ts';
import { addIssue, addPull, commit, deployment, release, run, setState } from './story.ts';
import { bot, emptyRepository, iso, user } from './world.ts';
import type { Repository } from './world.ts';

let rig: GithubRig | null = null;
afterEach(async () => {
  if (rig) await finish(rig);
  rig = null;
});

const hour = 3_600_000;
const then = start - 48 * hour;

async function open(options: RigOptions = {}): Promise<{ repository: Repository; reading: Reading }> {
  const repository = emptyRepository(21, 'shop/app');
  repository.environments.push({ id: 1, name: 'production' }, { id: 2, name: 'staging' }, { id: 3, name: 'eu-live' });
  rig = await githubRig({ repositories: [repository], ...options });
  return { repository, reading: new Reading(rig) };
}

const merged = (number: number) => ({
  number,
  at: then,
  own: 'a'.repeat(40),
  merge: 'b'.repeat(40),
  mergedAt: then + 5 * hour,
});

describe('a pull request', () => {
  it('is told with its first commit, its first review and what it became', async () => {
    const { repository, reading } = await open();
    const pull = addPull(repository, merged(512));
    pull.commits.unshift({
      commit: { oid: 'c'.repeat(40), authoredDate: iso(then - 30 * hour), message: 'Begin SHO-4' },
    });
    pull.commits.push({ commit: { oid: 'd'.repeat(40), authoredDate: '1970-01-01T00:00:00Z', message: 'Bad clock' } });
    await reading.pull();
    expect(reading.pullRequests.get('shop/app#512')).toEqual({
      id: 'shop/app#512',
      title: 'Part 512',
      branch: '12-part',
      openedAt: then,
      firstCommitAt: then - 30 * hour,
      firstReviewAt: then + hour,
      mergedAt: then + 5 * hour,
      closedAt: then + 5 * hour,
      mergeSha: 'b'.repeat(40),
      shas: ['c'.repeat(40), 'a'.repeat(40), 'd'.repeat(40)],
      isBot: false,
      isHotfix: false,
      keys: ['shop/app#12', 'SHO-4'],
    });
  });

  it('reviewed by somebody whose account is gone was reviewed', async () => {
    const { repository, reading } = await open();
    const pull = addPull(repository, merged(512));
    pull.reviews = [{ author: null, submittedAt: iso(then + hour) }];
    await reading.pull();
    expect(reading.pullRequests.get('shop/app#512')).toMatchObject({ firstReviewAt: then + hour });
  });

  it('of a ghost, reviewed by ghosts, bots and its author, was reviewed by nobody', async () => {
    const { repository, reading } = await open();
    const pull = addPull(repository, merged(512));
    Object.assign(pull, { author: null, mergeCommit: null });
    pull.reviews = [
      { author: null, submittedAt: iso(then) },
      { author: bot('copilot'), submittedAt: iso(then) },
      { author: user('renovate[bot]'), submittedAt: iso(then) },
      { author: user('ben'), submittedAt: iso(then + 6 * hour) },
      { author: user('eve'), submittedAt: null },
    ];
    await reading.pull();
    expect(reading.pullRequests.get('shop/app#512')).toMatchObject({
      isBot: false,
      firstReviewAt: null,
      mergeSha: null,
    });
  });

  it('is followed from open to closed without a merge, and told again only when it changed', async () => {
    const { repository, reading } = await open();
    const pull = addPull(repository, { number: 513, at: then, own: 'a'.repeat(40), merge: null, mergedAt: null });
    pull['author'] = bot('dependabot');
    Object.assign(pull, { headRefName: 'hotfix/login', closes: [] });
    await reading.pull();
    expect(reading.pullRequests.get('shop/app#513')).toMatchObject({ closedAt: null, isBot: true, isHotfix: true });
    await reading.pull();
    expect(reading.delivered()).toEqual([]);
    rig!.clock.advance(hour);
    Object.assign(pull, { state: 'CLOSED', closedAt: iso(rig!.clock.now()), updatedAt: iso(rig!.clock.now()) });
    await reading.pull();
    expect(reading.pullRequests.get('shop/app#513')).toMatchObject({ mergedAt: null, mergeSha: null });
    expect(reading.pullRequests.get('shop/app#513')!.closedAt).not.toBeNull();
  });

  it('older than what is read at first is left out', async () => {
    const { repository, reading } = await open({ settings: { codeDays: 1 } });
    addPull(repository, merged(512));
    await reading.pull();
    expect(reading.pullRequests.size).toBe(0);
  });
});

describe('deployments', () => {
  const told = (reading: Reading) =>
    [...reading.deployments.values()].map(({ id, isSuccessful, isPlanned, sha }) => [id, isSuccessful, isPlanned, sha]);

  it('are those that ended in an environment that reaches users; one that was replaced went well all the same', async () => {
    const { repository, reading } = await open();
    repository.deployments.push(
      deployment({
        id: 'D1',
        sha: 's1',
        at: then,
        states: ['SUCCESS', 'INACTIVE'],
        ref: { name: 'v1.0', prefix: 'refs/tags/' },
      }),
      deployment({ id: 'D2', sha: 's2', at: then + hour, states: ['IN_PROGRESS', 'FAILURE'] }),
      deployment({ id: 'D3', sha: 's2', at: then + hour, environment: 'staging' }),
      deployment({ id: 'D4', sha: 's3', at: then + 2 * hour, states: ['QUEUED'] }),
    );
    await reading.pull();
    expect(told(reading)).toEqual([
      ['gh:D1', true, true, 's1'],
      ['gh:D2', false, true, 's2'],
    ]);
    expect(reading.deployments.get('gh:D1')).toMatchObject({
      version: 'v1.0',
      service: 'gh',
      finishedAt: then - 60_000,
    });
  });

  it('that had no end yet are asked for again', async () => {
    const { repository, reading } = await open();
    const late = deployment({ id: 'D1', sha: 's1', at: then, states: ['IN_PROGRESS'] });
    repository.deployments.push(late);
    await reading.pull();
    expect(reading.deployments.size).toBe(0);
    rig!.clock.advance(hour);
    late.statuses.push({ state: 'SUCCESS', createdAt: iso(then + 9 * hour) });
    await reading.pull();
    expect(reading.deployments.get('gh:D1')!.finishedAt).toBe(then + 9 * hour);
    await reading.pull();
    expect(reading.delivered()).toEqual([]);
    expect(reading.requests.some((request) => request.startsWith('DeploymentsById'))).toBe(false);
  });

  it('of what is live release nothing; of what was live before are a rollback, across pulls', async () => {
    const { repository, reading } = await open();
    const at = (hours: number, id: string, sha: string, more: object = {}) =>
      repository.deployments.push(deployment({ id, sha, at: then + hours * hour, ...more }));
    at(1, 'D1', 's1');
    at(2, 'D2', 's1');
    at(3, 'D3', 's2');
    await reading.pull();
    expect([...reading.deployments.keys()]).toEqual(['gh:D1', 'gh:D3']);
    rig!.clock.advance(hour);
    at(48.3, 'D4', 's1');
    at(48.6, 'D5', 's3', { ref: { name: 'hotfix/pay', prefix: 'refs/heads/' } });
    await reading.pull();
    expect(told(reading).slice(2)).toEqual([
      ['gh:D4', true, false, 's1'],
      ['gh:D5', true, false, 's3'],
    ]);
  });

  it('go to the services of a monorepo by environment', async () => {
    const service = { shop: { environments: ['production'] }, eu: { environments: ['eu-*'] } };
    const { repository, reading } = await open({ settings: { service, environments: ['production', 'eu-live'] } });
    repository.deployments.push(
      deployment({ id: 'D1', sha: 's1', at: then }),
      deployment({ id: 'D2', sha: 's1', at: then, environment: 'eu-live' }),
    );
    await reading.pull();
    expect([...reading.deployments.values()].map(({ id, service: name }) => [id, name])).toEqual([
      ['gh:D1', 'shop'],
      ['gh:D2', 'eu'],
    ]);
  });

  it.each<[object, string[]]>([
    [{}, ['gh:D1']],
    [{ environments: ['eu-live', 'test-*'] }, ['gh:D2']],
  ])('are found by %j where the token may not see environments', async (settings, expected) => {
    const { repository, reading } = await open({ settings });
    repository.deployments.push(
      deployment({ id: 'D1', sha: 's1', at: then }),
      deployment({ id: 'D2', sha: 's2', at: then + hour, environment: 'eu-live' }),
    );
    rig!.server.afterAnswer = (request) => {
      if (request.startsWith('GET /repos/shop/app/branches'))
        rig!.server.faults.push({ kind: 'refuse', status: 403, message: 'Resource not accessible by integration' });
    };
    await reading.pull();
    expect([...reading.deployments.keys()]).toEqual(expected);
  });

  it('are looked for in the right environments, or check says so', async () => {
    const { repository } = await open();
    repository.environments.splice(0, 1);
    expect(await rig!.open().check()).toMatchObject([
      { severity: 'warning', found: 'staging, eu-live', todo: expect.stringMatching(/`environments`/) },
    ]);
  });
});

describe('releases as deployments', () => {
  it('count when they are published, whenever they were drafted', async () => {
    const { repository, reading } = await open({ settings: { deployments: 'releases' } });
    const draft = release('R1', 'v1.0', 's1', then);
    Object.assign(draft, { isDraft: true, publishedAt: null });
    const early = release('R2', 'v1.1-rc', 's2', then + hour);
    early['isPrerelease'] = true;
    repository.releases.push(draft, early, release('R3', 'v0.9', 's0', then - hour));
    await reading.pull();
    expect([...reading.deployments.keys()]).toEqual(['gh:R3']);
    rig!.clock.advance(24 * hour);
    Object.assign(draft, { isDraft: false, publishedAt: iso(rig!.clock.now() - hour) });
    await reading.pull();
    expect(reading.deployments.get('gh:R1')).toMatchObject({ version: 'v1.0', sha: 's1', isPlanned: true });
    expect(reading.delivered()).toHaveLength(1);
    await reading.pull();
    expect(reading.delivered()).toEqual([]);
  });
});

describe('runs of workflows as deployments', () => {
  const settings = { deployments: 'workflows', workflows: ['deploy.yml'] };

  it('count when they ended; one that runs is asked for again', async () => {
    const { repository, reading } = await open({ settings });
    const slow = run(3, 's3', then + 2 * hour, null);
    repository.runs.push(
      run(1, 's1', then),
      run(2, 's2', then + hour, 'failure'),
      run(4, 's4', then, 'cancelled'),
      slow,
    );
    await reading.pull();
    expect([...reading.deployments.values()].map(({ id, isSuccessful }) => [id, isSuccessful])).toEqual([
      ['gh:run-1', true],
      ['gh:run-2', false],
    ]);
    rig!.clock.advance(hour);
    Object.assign(slow, { status: 'completed', conclusion: 'success', head_branch: 'v1.2.0' });
    await reading.pull();
    expect(reading.deployments.get('gh:run-3')).toMatchObject({ sha: 's3', version: 'v1.2.0' });
    expect(reading.delivered()).toHaveLength(1);
    await reading.pull();
    expect(reading.delivered()).toEqual([]);
  });

  it('of a file that is not there, or that may not be read: check says so', async () => {
    const { repository } = await open({ settings: { ...settings, workflows: ['deploy.yml', 'gone.yml'] } });
    repository.workflows.push('deploy.yml');
    expect(await rig!.open().check()).toMatchObject([
      { severity: 'warning', expected: 'a workflow gone.yml in shop/app', todo: expect.stringMatching(/`workflows`/) },
    ]);
    rig!.server.closed = /\/actions\//;
    expect(await rig!.open().check()).toMatchObject([
      { severity: 'warning', todo: expect.stringMatching(/permission Actions/) },
      { severity: 'warning' },
    ]);
  });

  it('that failed and are run again days later end well after all', async () => {
    const { repository, reading } = await open({ settings });
    const failed = run(1, 's1', then, 'failure');
    repository.runs.push(failed, run(2, 's2', then + hour));
    await reading.pull();
    expect(reading.deployments.get('gh:run-1')).toMatchObject({ isSuccessful: false });
    rig!.clock.advance(20 * hour);
    await reading.pull();
    Object.assign(failed, { conclusion: 'success', run_attempt: 2, updated_at: iso(rig!.clock.now()) });
    rig!.clock.advance(hour);
    await reading.pull();
    expect(reading.deployments.get('gh:run-1')).toMatchObject({ isSuccessful: true, finishedAt: start + 20 * hour });
    expect(reading.delivered()).toHaveLength(1);
  });

  it('are all found, though GitHub shows a thousand at most', async () => {
    const { repository, reading } = await open({ settings: { ...settings, codeDays: 40 } });
    for (let index = 0; index < 2_300; index++) repository.runs.push(run(index, `s${index}`, then - index * 600_000));
    await reading.pull();
    expect(reading.deployments.size).toBe(2_300);
  });
});

describe('a right that is missing', () => {
  const commitAt = (index: number) =>
    commit(String(index).repeat(40), index === 1 ? [] : [String(index - 1).repeat(40)], then + index * hour, 'Work');

  it('from the start: there is nothing to read, and the rest is read', async () => {
    const { repository, reading } = await open();
    repository.commits.unshift(commitAt(1));
    rig!.server.closed = /^(Deployments|GET .*\/(environments|branches))\b/;
    await reading.pull();
    expect([...reading.commits.keys()]).toEqual([]);
    rig!.server.closed = null;
    repository.deployments.push(deployment({ id: 'D1', sha: 's1', at: then }));
    await reading.pull();
    expect(reading.commits.size).toBe(1);
    expect([...reading.deployments.keys()]).toEqual(['gh:D1']);
  });

  it.each([
    ['Deployments', /^Deployments /],
    ['the list of commits', /\/commits\b/],
    ['what is new', /\/compare\//],
    ['the branch', /\/branches\//],
  ])('later, of %s: the pull fails, and nothing is lost once it is back', async (_, closed) => {
    const { repository, reading } = await open();
    repository.commits.unshift(commitAt(1));
    // The list is asked for at first only.
    rig!.server.closed = closed.test('/commits') ? closed : null;
    await reading.pull().catch(() => null);
    rig!.clock.advance(hour);
    repository.commits.unshift(commitAt(2));
    repository.deployments.push(deployment({ id: 'D1', sha: 's1', at: start + hour / 2 }));
    rig!.server.closed = closed;
    await expect(reading.pull()).rejects.toThrow(/Resource not accessible/);
    rig!.server.closed = null;
    await reading.pull();
    expect(reading.commits.size).toBe(2);
    expect([...reading.deployments.keys()]).toEqual(['gh:D1']);
  });
});

describe('incidents', () => {
  it('are issues with the label, from their birth to their close; a false alarm was none', async () => {
    const { repository, reading } = await open({ settings: { service: 'shop' } });
    const issue = addIssue(repository, 10, then);
    issue.labels = ['incident'];
    const alarm = addIssue(repository, 21, then);
    alarm.labels = ['incident'];
    setState(alarm, 'CLOSED', then + hour, 'NOT_PLANNED');
    await reading.pull();
    expect([...reading.incidents.values()]).toEqual([
      { id: 'shop/app#11', service: 'shop', openedAt: then, resolvedAt: null, cause: null },
    ]);
  });
});

describe('keys', () => {
  it.each([
    ['Fix #12 and acme/other#7', ['shop/app#12', 'acme/other#7']],
    ['See https://github.com/acme/app/issues/5, GH-6', ['acme/app#5', 'shop/app#6']],
    ['APO-12: pay (#0), a#b, &#39;', ['APO-12']],
  ])('in %s', (text, expected) => {
    expect([...keysOfText(text, 'shop/app')].sort()).toEqual([...expected].sort());
  });

  it.each([
    ['12-fix-login', ['shop/app#12']],
    ['ana/12-fix', ['shop/app#12']],
    ['feature/apo-9-pay', ['APO-9']],
    ['2026-11-release', []],
  ])('of the branch %s', (branch, expected) => {
    expect(keysOfBranch(branch, 'shop/app')).toEqual(expected);
  });

  it('of two sources never meet', () => {
    expect(createNames('a,b c').item(1, 2)).toBe('a%2Cb%20c:1:2');
  });
});
