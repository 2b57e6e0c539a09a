import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { RemoteError } from '../../../src/lib/errors.ts';
import { finish, githubRig, shopScope, start, truthOf } from './github-rig.ts';
import type { GithubRig, RigOptions } from './github-rig.ts';
import { Reading } from '../reading.ts';
import type { Fault } from './server.ts';
import { addIssue, commit, milestone, setState, sha, tell, tellRepository } from './story.ts';
import { emptyRepository, iso } from './world.ts';

const rigs: GithubRig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await finish(rig);
});

async function open(options: RigOptions = {}): Promise<{ rig: GithubRig; reading: Reading }> {
  const rig = await githubRig({ count: 5, ...options });
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

const minute = 60_000;

describe('limits of GitHub', () => {
  const refuse = (status: number, message: string, headers: Record<string, string> = {}): Fault => ({
    kind: 'refuse',
    status,
    headers,
    message,
  });
  const resetIn = (ms: number) => ({
    'X-RateLimit-Remaining': '0',
    'X-RateLimit-Reset': String(Math.ceil((start + ms) / 1000)),
  });

  it.each<[string, Fault, number, number]>([
    ['403 with retry-after', refuse(403, 'slow down', { 'Retry-After': '30' }), 29_000, 31_000],
    ['403 with nothing but words', refuse(403, 'You have exceeded a secondary rate limit.'), minute, 80_000],
    ['429 with nothing', refuse(429, 'Too many requests'), minute, 80_000],
    [
      '403 at the end of the hourly limit',
      refuse(403, 'API rate limit exceeded', resetIn(2 * minute)),
      110_000,
      125_000,
    ],
    [
      'GraphQL, with 200',
      {
        kind: 'errors',
        errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }],
        headers: resetIn(2 * minute),
      },
      110_000,
      125_000,
    ],
    [
      'an outage of GraphQL, with 200',
      { kind: 'errors', errors: [{ message: 'Something went wrong while executing your query.' }] },
      1_000,
      3_000,
    ],
    ['a bad gateway', refuse(502, 'Server Error'), 1_000, 3_000],
  ])('%s is waited out', async (_, fault, least, most) => {
    const { rig, reading } = await open();
    rig.server.afterAnswer = (request) => {
      if (!request.startsWith('Board ')) return;
      rig.server.afterAnswer = null;
      // The next request of REST is that for milestones; the one after it is GraphQL.
      if (fault.kind === 'errors')
        rig.server.afterAnswer = () => void (rig.server.faults.push(fault), (rig.server.afterAnswer = null));
      else rig.server.faults.push(fault);
    };
    await reading.pull();
    expect(reading.facts.summary()).toEqual(truthOf(rig.world, true));
    expect(rig.clock.waits[0]).toBeGreaterThanOrEqual(least);
    expect(rig.clock.waits[0]).toBeLessThanOrEqual(most);
  });

  it('that last longer than anybody should wait end the pull, and the next one goes on', async () => {
    const { rig, reading } = await open({ count: 30 });
    await reading.pull({ pages: 3 });
    const known = reading.facts.items.size;
    rig.server.faults.push(refuse(403, 'API rate limit exceeded', resetIn(40 * minute)));
    const error = await failure(reading.pull());
    expect(error.status).toBe(429);
    expect(error.retryAt).toBeGreaterThanOrEqual(start + 40 * minute);
    expect(error.todo).toMatch(/next pull/);
    rig.clock.advance(41 * minute);
    await reading.pull();
    expect(known).toBeGreaterThan(0);
    expect(reading.facts.summary()).toEqual(truthOf(rig.world, true));
  });

  it('are told from a missing right, which says what to do', async () => {
    const { rig, reading } = await open();
    rig.server.faults.push(refuse(403, 'Resource not accessible by personal access token'));
    const error = await failure(reading.pull());
    expect(error).toMatchObject({ status: 403, message: expect.stringContaining('Resource not accessible') });
    expect(error.todo).toMatch(/right/);
    expect(rig.clock.waits).toEqual([]);
  });
});

describe('pages', () => {
  it('are read to the end, each once, by Link and by cursor', async () => {
    const { rig, reading } = await open({ count: 47 });
    const [repository] = rig.world.repositories;
    for (let number = 3; number <= 230; number++) repository!.milestones.push(milestone(number, `m${number}`, null));
    const busy = repository!.issues[0]!;
    for (let count = 0; count < 230; count++)
      tell(busy, 'RenamedTitleEvent', start - 5_000_000 + count * 1_000, {
        previousTitle: `t${count}`,
        currentTitle: `t${count + 1}`,
      });
    repository!.pulls[0]!.commits = Array.from({ length: 130 }, (_, index) => ({
      commit: {
        oid: sha(repository!, 900 + index),
        authoredDate: iso(start - index * 1_000),
        message: `Step ${index}`,
      },
    }));
    await reading.pull();
    expect(reading.facts.versions.size).toBe(230);
    expect(reading.changesOf('shop/app#1').filter(({ field }) => field === 'summary')).toHaveLength(230);
    expect(reading.pullRequests.get('shop/app#501')!.shas).toHaveLength(130);
    expect(reading.facts.items.size).toBe(47);
    expect(new Set(reading.requests).size).toBe(reading.requests.length);
  });

  it('are few when nothing changed, and fewer than before a restart after one', async () => {
    const { reading } = await open({ count: 120 });
    await reading.pull({ pages: 4 });
    const before = reading.requests.filter((request) => request.startsWith('Issues'));
    await reading.pull();
    const after = reading.requests.filter((request) => request.startsWith('Issues'));
    expect(before.filter((request) => after.includes(request))).toEqual([]);
    await reading.pull();
    expect(reading.told()).toEqual([]);
    expect(reading.requests.filter((request) => /^(Issues|PullRequests|Deployments) /.test(request))).toHaveLength(3);
  });

  it.each(['deployments', 'releases', 'workflows'])(
    'of code and %s go on from any of them, to the same end',
    async (deployments) => {
      const settings = { deployments, ...(deployments === 'workflows' ? { workflows: ['deploy.yml'] } : {}) };
      const { rig, reading: whole } = await open({ settings });
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
    },
  );

  it('lose nothing of what changes between them', async () => {
    const { rig, reading } = await open({ count: 60 });
    const [repository] = rig.world.repositories;
    const oldest = repository!.issues.find(({ number }) => number === 1)!;
    let pages = 0;
    rig.server.afterAnswer = (request) => {
      if (!request.startsWith('Issues') || ++pages !== 2) return;
      // The last of the list comes to its top.
      setState(oldest, oldest.state === 'OPEN' ? 'CLOSED' : 'OPEN', rig.clock.now());
      addIssue(repository!, 900, rig.clock.now());
    };
    await reading.pull();
    rig.server.afterAnswer = null;
    await reading.pull();
    expect(reading.told().sort()).toEqual(['shop/app#1', 'shop/app#901']);
    expect(reading.facts.summary()).toEqual(truthOf(rig.world, true));
  });

  it('whose place GitHub no longer knows are read anew', async () => {
    const { rig, reading } = await open({ count: 60 });
    await reading.pull({ pages: 2 });
    const text = JSON.stringify(reading.cursor);
    expect(text).toMatch(/"after":"[\w-]{20,}"/);
    reading.cursor = JSON.parse(text.replace(/"after":"[\w-]{20,}"/, '"after":"gone"')) as Reading['cursor'];
    await reading.pull();
    expect(reading.facts.summary()).toEqual(truthOf(rig.world, true));
  });
});

describe('what goes', () => {
  it('an issue that was deleted or transferred is found gone by the count', async () => {
    const { rig, reading } = await open({ count: 30 });
    await reading.pull();
    const [repository] = rig.world.repositories;
    repository!.issues = repository!.issues.filter(({ number }) => number !== 7);
    await reading.pull();
    expect(reading.facts.gone.size).toBe(0);
    rig.clock.advance(8 * 24 * 60 * minute);
    await reading.pull();
    expect([...reading.facts.gone]).toEqual(['gh:21:7']);
    expect(reading.told()).toEqual([]);
  });

  it('all at once tells of lost rights: nothing is marked', async () => {
    const { rig, reading } = await open();
    await reading.pull();
    rig.world.repositories[0]!.issues = [];
    rig.clock.advance(8 * 24 * 60 * minute);
    await reading.pull();
    expect(reading.facts.gone.size).toBe(0);
    expect(reading.facts.setAside.join()).toMatch(/found none: has the owner of the token lost the right/);
  });

  it('a commit that a forced push did away with: the branch is read anew', async () => {
    const { rig, reading } = await open();
    await reading.pull();
    const [repository] = rig.world.repositories;
    const rewritten = sha(repository!, 700);
    repository!.commits = [commit(rewritten, [], start, 'Begin anew for #3'), ...repository!.commits.slice(3)];
    await reading.pull();
    expect(reading.commits.get(rewritten)).toMatchObject({ subject: 'Begin anew for #3', keys: ['shop/app#3'] });
    expect(reading.requests.filter((request) => request.startsWith('GET /repos/shop/app/co'))).toHaveLength(2);
    await reading.pull();
    expect(reading.records.filter(({ kind }) => kind === 'commit')).toEqual([]);
  });

  it('a merge brings commits that are older than the last pull', async () => {
    const { rig, reading } = await open();
    await reading.pull();
    const [repository] = rig.world.repositories;
    const old = sha(repository!, 701);
    const merge = sha(repository!, 702);
    repository!.commits.unshift(commit(old, [], start - 900 * minute, 'Long ago'));
    repository!.commits.unshift(commit(merge, [old], start, 'Merge it'));
    await reading.pull();
    const told = reading.records.flatMap((record) => (record.kind === 'commit' ? [record.commit.sha] : []));
    expect(told.sort()).toEqual([old, merge].sort());
  });
});

describe('a repository', () => {
  it('that was renamed is followed, its keys change and its pull requests keep their names', async () => {
    const { rig, reading } = await open();
    await reading.pull();
    const [repository] = rig.world.repositories;
    repository!.path = 'shop/storefront';
    repository!.oldPaths.push('shop/app');
    await reading.pull();
    expect(reading.told()).toHaveLength(5);
    expect(reading.item('shop/storefront#1').id).toBe('gh:21:1');
    expect(reading.pullRequests.size).toBe(12);
    expect(reading.pullRequests.get('shop/app#501')!.keys).toContain('shop/storefront#1');
    const problems = await rig.open().check();
    expect(problems).toMatchObject([{ severity: 'warning', found: 'it is now shop/storefront' }]);
    const fresh = new Reading(rig);
    await fresh.pull();
    expect(fresh.told()).toHaveLength(5);
  });

  it('whose name another one took is still the first', async () => {
    const { rig, reading } = await open();
    await reading.pull();
    const [repository] = rig.world.repositories;
    repository!.path = 'shop/storefront';
    rig.world.repositories.push(tellRepository(22, 'shop/app', { count: 3, until: start }));
    await reading.pull();
    expect(reading.told().every((key) => key.startsWith('shop/storefront#'))).toBe(true);
  });

  it('that cannot be read does not keep the others from it', async () => {
    const scopes = [{ ...shopScope, id: 'LOST', project: 'shop/nothing' }, shopScope];
    const { reading } = await open({ scopes });
    const error = await failure(reading.pull());
    expect(error).toMatchObject({ status: 404, todo: expect.stringMatching(/name in the config/) });
    expect(reading.facts.items.size).toBe(5);
    expect(reading.pullRequests.size).toBe(12);
  });

  it('may be planned elsewhere: its code alone is read', async () => {
    const { reading } = await open({ scopes: [], settings: { repositories: ['shop/app'] } });
    await reading.pull();
    expect(reading.facts.items.size).toBe(0);
    expect(reading.pullRequests.size).toBe(12);
    expect(reading.deployments.size).toBe(4);
    await reading.pull();
    expect(reading.records).toEqual([]);
  });

  it('may be planned elsewhere, and another one not be there', async () => {
    const { reading } = await open({ scopes: [], settings: { repositories: ['shop/app', 'shop/nothing'] } });
    expect(await failure(reading.pull())).toMatchObject({ status: 404 });
    expect(reading.pullRequests.size).toBe(12);
  });

  it('whose issues the token may not read has none that are gone, but says so', async () => {
    const { rig, reading } = await open();
    await reading.pull();
    rig.world.issuesError = { type: 'FORBIDDEN', message: 'Resource not accessible by personal access token' };
    rig.clock.advance(8 * 24 * 60 * minute);
    const error = await failure(reading.pull());
    expect(error).toMatchObject({ status: 403, todo: expect.stringMatching(/read access/) });
    expect(error.message).toContain('Resource not accessible');
    expect(reading.facts.gone.size).toBe(0);
  });

  it('may lose an issue while it is read: what was seen of it is told', async () => {
    const { rig, reading } = await open();
    const [repository] = rig.world.repositories;
    const busy = repository!.issues[0]!;
    for (let count = 0; count < 130; count++)
      tell(busy, 'RenamedTitleEvent', start - 5_000_000 + count * 1_000, { previousTitle: 'a', currentTitle: 'b' });
    rig.server.afterAnswer = (request) => {
      if (request.startsWith('Issues ')) repository!.issues = repository!.issues.filter((issue) => issue !== busy);
    };
    await reading.pull();
    expect(reading.changesOf('shop/app#1').filter(({ field }) => field === 'summary').length).toBeGreaterThan(90);
  });

  it('may be empty, and have its issues switched off', async () => {
    const empty = emptyRepository(30, 'shop/app');
    empty.raw['has_issues'] = false;
    const { rig, reading } = await open({ repositories: [empty] });
    await reading.pull();
    expect(reading.facts.items.size).toBe(0);
    expect(await rig.open().check()).toMatchObject([{ found: 'they are switched off' }]);
  });

  it('with issues in several is one project, counted as one', async () => {
    const repositories = [21, 22].map((id) => tellRepository(id, `shop/r${id}`, { count: 4, until: start }));
    const scopes = repositories.map(({ path }) => ({ ...shopScope, project: path, board: null }));
    const { rig, reading } = await open({ repositories, scopes });
    await reading.pull();
    expect(reading.facts.summary()).toEqual(truthOf(rig.world, false));
    expect(reading.facts.gone.size).toBe(0);
  });
});

describe('who asks', () => {
  it('may be a GitHub App, whose token is fetched once', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string;
    // As one line, which is how a file of environments holds it.
    const key = pem.replaceAll('\n', '\\n');
    const { rig, reading } = await open({
      settings: { token: undefined, app: { id: 7, installation: 9, privateKey: key } },
    });
    await reading.pull();
    expect(reading.facts.items.size).toBe(5);
    expect(rig.server.appRequests).toHaveLength(1);
    const claims = JSON.parse(Buffer.from(rig.server.appRequests[0]!.split('.')[1]!, 'base64url').toString()) as object;
    expect(claims).toMatchObject({ iss: 7 });
  });

  it('with a key that is none is told so', async () => {
    const key = '-----BEGIN RSA PRIVATE KEY-----\nnonsense\n-----END RSA PRIVATE KEY-----';
    const { rig } = await open({ settings: { token: undefined, app: { id: 7, installation: 9, privateKey: key } } });
    const [problem] = await rig.open().check();
    expect(problem).toMatchObject({ severity: 'error', todo: expect.stringMatching(/generate a private key/) });
    expect(JSON.stringify(problem)).not.toContain('nonsense');
  });

  it('with a wrong token learns which one it was, but never the token', async () => {
    const { rig } = await open({ settings: { token: 'github_pat_wrong_secret_9876' } });
    const [problem] = await rig.open().check();
    expect(problem).toMatchObject({ severity: 'error', what: 'reach', found: expect.stringContaining('…9876') });
    expect(JSON.stringify(problem)).not.toContain('wrong_secret');
  });
});
