import { afterEach, describe, expect, it } from 'vitest';
import { RemoteError } from '../../../src/lib/errors.ts';
import { Reading } from '../reading.ts';
import { finish, gitlabRig, shopScope, start, truthOf } from './gitlab-rig.ts';
import type { GitlabRig, RigOptions } from './gitlab-rig.ts';
import type { Fault } from './server.ts';
import { addIssue, commit, milestone, note, setState, sha, tellProject } from './story.ts';
import { emptyProject, iso } from './world.ts';

const rigs: GitlabRig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await finish(rig);
});

async function open(options: RigOptions = {}): Promise<{ rig: GitlabRig; reading: Reading }> {
  const rig = await gitlabRig({ count: 5, ...options });
  rigs.push(rig);
  return { rig, reading: new Reading(rig) };
}

async function failure(promise: Promise<unknown>): Promise<RemoteError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RemoteError);
  return error as RemoteError;
}

const statusLabels = ['workflow::ready', 'workflow::in dev'];
const minute = 60_000;

describe('limits of GitLab', () => {
  it.each<[string, Fault, number, number]>([
    ['429 with Retry-After', { kind: 'rate-limit', headers: { 'Retry-After': '30' } }, 29_000, 31_000],
    ['429 with nothing', { kind: 'rate-limit', headers: {} }, 1_000, 3_000],
    ['an outage', { kind: 'fail', status: 503 }, 1_000, 3_000],
    ['a body that is cut', { kind: 'cut' }, 1_000, 3_000],
  ])('%s is waited out', async (_, fault, least, most) => {
    const { rig, reading } = await open();
    rig.server.faults.push(fault);
    await reading.pull();
    expect(reading.facts.summary()).toEqual(truthOf(rig.world, statusLabels));
    expect(rig.clock.waits[0]).toBeGreaterThanOrEqual(least);
    expect(rig.clock.waits[0]).toBeLessThanOrEqual(most);
  });

  it('that last longer than anybody should wait end the pull, and the next one goes on', async () => {
    const { rig, reading } = await open({ count: 45 });
    await reading.pull({ pages: 2 });
    const known = reading.facts.items.size;
    rig.server.faults.push({ kind: 'rate-limit', headers: { 'Retry-After': '3600' } });
    const error = await failure(reading.pull());
    expect(error).toMatchObject({ status: 429, todo: expect.stringMatching(/next pull/) });
    rig.clock.advance(61 * minute);
    await reading.pull();
    expect(known).toBeGreaterThan(0);
    expect(reading.facts.summary()).toEqual(truthOf(rig.world, statusLabels));
  });

  it('are told from a missing right: 403 without a header is not asked again, and says what to do', async () => {
    const { rig, reading } = await open();
    rig.server.faults.push({ kind: 'forbidden' });
    expect(await failure(reading.pull())).toMatchObject({ status: 403, todo: expect.stringMatching(/right/) });
    expect(rig.clock.waits).toEqual([]);
  });

  it('a login page is told as what it is', async () => {
    const { rig } = await open();
    rig.server.faults.push({ kind: 'html' });
    expect(await rig.open().check()).toMatchObject([{ what: 'reach', found: expect.stringMatching(/login page/) }]);
  });
});

describe('pages', () => {
  it('are read to the end, each once, with and without totals', async () => {
    const { rig, reading } = await open({ count: 130 });
    rig.world.totalLimit = 50;
    const [project] = rig.world.projects;
    for (let id = 1_000; id < 1_120; id++) project!.milestones.push(milestone(id, `m${id}`, '2026-12-24'));
    const beside = project!.issueBeside.get(1)!;
    for (let count = 0; count < 130; count++) beside.notes.push(note(`changed the description ${count}`, start, 'ana'));
    beside.notes.push(note('changed title from **Old** to **Work 1**', start, 'ana'));
    await reading.pull();
    expect(reading.facts.items.size).toBe(130);
    expect(reading.facts.versions.size).toBe(122);
    expect(reading.changesOf('shop/app#1').some(({ field, from }) => field === 'summary' && from === 'Old')).toBe(true);
    expect(new Set(reading.requests).size).toBe(reading.requests.length);
  });

  it('that a missing right thins out are not the last for that', async () => {
    const { rig, reading } = await open({ count: 120 });
    rig.world.hidesOnPages = true;
    const issues = rig.world.projects[0]!.issues;
    const byChange = [...issues].sort((a, b) => Date.parse(a.updated_at) - Date.parse(b.updated_at));
    for (const issue of byChange.slice(40, 60)) issue['hidden'] = true;
    await reading.pull();
    expect(reading.facts.items.size).toBe(100);
  });

  it('are few when nothing changed, and go on after a restart', async () => {
    const { reading } = await open({ count: 60 });
    await reading.pull({ pages: 2 });
    const notes = (request: string) => /\/issues\/\d+\/notes/.test(request);
    const before = reading.requests.filter(notes);
    await reading.pull();
    expect(before.length).toBeGreaterThan(0);
    expect(before.filter((request) => reading.requests.includes(request))).toEqual([]);
    await reading.pull();
    expect(reading.told()).toEqual([]);
    expect(reading.requests.length).toBeLessThan(15);
  });

  it('of code go on from any of them, to the same end', async () => {
    const { rig, reading: whole } = await open();
    await whole.pull();
    const pages = whole.pages;
    for (let killedAfter = 1; killedAfter < pages; killedAfter++) {
      const reading = new Reading(rig);
      await reading.pull({ pages: killedAfter });
      await reading.pull();
      expect(reading.deployments).toEqual(whole.deployments);
      expect(reading.pullRequests).toEqual(whole.pullRequests);
      expect(reading.commits).toEqual(whole.commits);
      expect(reading.incidents).toEqual(whole.incidents);
    }
    expect(whole.deployments.size).toBe(4);
  });

  it('lose nothing of what changes between them', async () => {
    const { rig, reading } = await open({ count: 130 });
    const [project] = rig.world.projects;
    let hasChanged = false;
    rig.server.betweenPages = (path) => {
      if (hasChanged || !path.endsWith('/issues')) return;
      hasChanged = true;
      const issue = project!.issues[0]!;
      setState(project!, issue, issue.state === 'opened' ? 'closed' : 'reopened', rig.clock.now());
      addIssue(project!, 900, rig.clock.now());
    };
    await reading.pull();
    rig.server.betweenPages = null;
    await reading.pull();
    expect(reading.facts.summary()).toEqual(truthOf(rig.world, statusLabels));
  });
});

describe('what goes', () => {
  it('an issue that was deleted is found gone by the count', async () => {
    const { rig, reading } = await open({ count: 12 });
    await reading.pull();
    const { issues } = rig.world.projects[0]!;
    const [lost] = issues.splice(3, 1);
    rig.clock.advance(8 * 24 * 60 * minute);
    await reading.pull();
    expect([...reading.facts.gone]).toEqual([`gl:${lost!.id}`]);
    expect(reading.told()).toEqual([]);
  });

  it('a commit that a forced push did away with: the branch is read anew', async () => {
    const { rig, reading } = await open();
    await reading.pull();
    const [project] = rig.world.projects;
    const rewritten = sha(project!, 700);
    project!.commits = [commit(rewritten, [], start, 'Begin anew for #3'), ...project!.commits.slice(3)];
    await reading.pull();
    expect(reading.commits.get(rewritten)).toMatchObject({ subject: 'Begin anew for #3', keys: ['shop/app#3'] });
    await reading.pull();
    expect(reading.delivered()).toEqual([]);
  });

  it('a ghost has done what it did all the same', async () => {
    const { rig, reading } = await open();
    const [project] = rig.world.projects;
    const issue = project!.issues[0]!;
    Object.assign(issue, { author: null, assignees: [], assignee: null });
    project!.issueBeside.get(issue.iid)!.notes.push(note('changed title from **Old** to **Work 1**', start, null));
    const request = project!.mergeRequests[0]!;
    Object.assign(request, { author: null });
    project!.mergeRequestBeside
      .get(request.iid)!
      .notes.splice(0, 9, note('Looks good', Date.parse(request.created_at), null, false));
    await reading.pull();
    expect(reading.item('shop/app#1').assignee).toBeNull();
    expect(reading.changesOf('shop/app#1').find(({ field }) => field === 'summary')).toMatchObject({ by: null });
    expect(reading.pullRequests.get('shop/app!1')).toMatchObject({ isBot: false, firstReviewAt: null });
  });
});

describe('a project', () => {
  it('that was renamed is followed, its keys change and its merge requests keep their names', async () => {
    const { rig, reading } = await open();
    await reading.pull();
    const [project] = rig.world.projects;
    project!.path = 'shop/storefront';
    project!.oldPaths.push('shop/app');
    await reading.pull();
    expect(reading.told()).toHaveLength(5);
    expect(reading.item('shop/storefront#1').id).toBe('gl:21001');
    expect(reading.pullRequests.size).toBe(12);
    expect(await rig.open().check()).toMatchObject([{ found: 'it has moved to shop/storefront' }]);
    const fresh = new Reading(rig);
    await fresh.pull();
    expect(fresh.told()).toHaveLength(5);
  });

  it('that cannot be read does not keep the others from it', async () => {
    const { reading } = await open({ scopes: [{ ...shopScope, id: 'LOST', project: 'shop/nothing' }, shopScope] });
    expect(await failure(reading.pull())).toMatchObject({ status: 404 });
    expect(reading.facts.items.size).toBe(5);
  });

  it('may be planned elsewhere: its code alone is read', async () => {
    const { rig, reading } = await open({ scopes: [], settings: { repositories: ['shop/app'] } });
    await reading.pull();
    expect(reading.facts.items.size).toBe(0);
    expect([reading.pullRequests.size, reading.deployments.size]).toEqual([12, 4]);
    await reading.pull();
    expect(reading.records).toEqual([]);
    expect(await rig.open().check()).toEqual([]);
  });

  it('may be planned elsewhere, and another one not be there', async () => {
    const { rig, reading } = await open({ scopes: [], settings: { repositories: ['shop/app', 'shop/nothing'] } });
    expect(await failure(reading.pull())).toMatchObject({ status: 404 });
    expect(reading.pullRequests.size).toBe(12);
    expect(await rig.open().check()).toMatchObject([{ what: 'repository shop/nothing', severity: 'error' }]);
  });

  it('may be all of a small group', async () => {
    const projects = [21, 22].map((id) => tellProject(id, `shop/p${id}`, { count: 4, until: start }));
    const { rig, reading } = await open({ projects, scopes: [{ ...shopScope, project: 'shop', board: null }] });
    rig.world.groups.set('shop', { id: 4, projects: [21, 22] });
    await reading.pull();
    expect(reading.facts.summary()).toEqual(truthOf(rig.world, []));
  });

  it('may be empty, and have its issues switched off', async () => {
    const empty = emptyProject(30, 'shop/app');
    Object.assign(empty.raw, { issues_access_level: 'disabled', default_branch: null });
    const { rig, reading } = await open({ projects: [empty], scopes: [{ ...shopScope, board: null }] });
    await reading.pull();
    expect(reading.facts.items.size).toBe(0);
    expect(await rig.open().check()).toMatchObject([{ found: 'they are switched off' }]);
  });
});

describe('a right that was lost', () => {
  it.each([
    /\/environments$/,
    /\/deployments$/,
    /\/merge_requests$/,
    /\/repository\/(branches\/main|compare|commits)$/,
  ])('to %s: the pull fails, and nothing is lost once it is back', async (closed) => {
    const { rig, reading } = await open();
    await reading.pull();
    const [project] = rig.world.projects;
    rig.clock.advance(60 * minute);
    const [head] = project!.commits;
    const fresh = sha(project!, 700);
    project!.commits.unshift(commit(fresh, [head!['id']], rig.clock.now(), 'New'));
    rig.server.closed = closed;
    await expect(reading.pull()).rejects.toThrow(/403/);
    await expect(reading.pull()).rejects.toThrow(/403/);
    rig.server.closed = null;
    await reading.pull();
    expect(reading.commits.has(fresh)).toBe(true);
  });
});

describe('deployments of GitLab', () => {
  it('of what is live release nothing, and an older pipeline is a rollback', async () => {
    const { rig, reading } = await open();
    await reading.pull();
    const [project] = rig.world.projects;
    const newest = project!.deployments.filter(({ environment }) => (environment as { id: number }).id === 1).at(-1)!;
    const first = project!.deployments[0]!;
    rig.clock.advance(60 * minute);
    const again = (id: number, like: typeof newest, pipeline: number) => ({
      ...like,
      id,
      updated_at: iso(rig.clock.now() - minute),
      deployable: {
        id: id * 2,
        name: 'deploy',
        tag: false,
        finished_at: iso(rig.clock.now() - minute),
        pipeline: { id: pipeline },
      },
    });
    project!.deployments.push(again(9_001, newest, 9_001), again(9_002, first, 1));
    await reading.pull();
    expect(reading.deployments.has('gl:9001')).toBe(false);
    expect(reading.deployments.get('gl:9002')).toMatchObject({ isPlanned: false, isSuccessful: true });
  });
});

describe('releases of GitLab as deployments', () => {
  it('count from when they are released, once', async () => {
    const { rig, reading } = await open({ settings: { deployments: 'releases' } });
    const [project] = rig.world.projects;
    const release = (tag: string, at: number) => ({
      tag_name: tag,
      released_at: iso(at),
      commit: { id: sha(project!, 1) },
    });
    project!.releases.push(
      release('v2.0', start + 24 * 60 * minute),
      release('v1.1-hotfix', start - 60 * minute),
      release('v1.0', start - 120 * minute),
    );
    await reading.pull();
    const told = () => [...reading.deployments.values()].map(({ version, isPlanned }) => [version, isPlanned]);
    expect(told()).toEqual([
      ['v1.1-hotfix', false],
      ['v1.0', true],
    ]);
    await reading.pull();
    expect(told()).toHaveLength(2);
    rig.clock.advance(25 * 60 * minute);
    await reading.pull();
    expect(told().at(-1)).toEqual(['v2.0', true]);
  });
});

describe('the token', () => {
  it.each<[object, RegExp]>([
    [{ scopes: ['read_user'] }, /create a token with the scope `read_api`/],
    [{ scopes: ['api'] }, /`read_api` alone/],
    [{ expires_at: '2026-12-01' }, /create the next token/],
  ])('%j is told by check', async (given, todo) => {
    const { rig } = await open();
    Object.assign(rig.world.token, given);
    expect(await rig.open().check()).toMatchObject([{ todo: expect.stringMatching(todo) }]);
  });

  it('that is wrong is named, but never shown', async () => {
    const { rig } = await open({ settings: { token: 'glpat-wrong-secret-9876' } });
    const [problem] = await rig.open().check();
    expect(problem).toMatchObject({ severity: 'error', found: expect.stringContaining('…9876') });
    expect(JSON.stringify(problem)).not.toContain('wrong-secret');
  });
});
