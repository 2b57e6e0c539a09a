import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../src/lib/logger.ts';
import { github } from '../../../src/sources/github/index.ts';
import { finish, githubRig, start } from './github-rig.ts';
import type { GithubRig, RigOptions } from './github-rig.ts';
import { Reading } from '../reading.ts';
import { addIssue, milestone, setState, tell } from './story.ts';
import { emptyRepository, user } from './world.ts';
import type { Issue, Repository } from './world.ts';

let rig: GithubRig | null = null;
afterEach(async () => {
  if (rig) await finish(rig);
  rig = null;
});

const hour = 3_600_000;
const born = start - 48 * hour;
const key = 'shop/app#11';

async function open(options: RigOptions = {}): Promise<{ issue: Issue; repository: Repository; reading: Reading }> {
  const repository = emptyRepository(21, 'shop/app');
  repository.milestones.push(milestone(1, 'v1', '2026-12-01T08:00:00Z'), milestone(2, 'v2', null));
  const issue = addIssue(repository, 10, born);
  rig = await githubRig({ repositories: [repository], ...options });
  return { issue, repository, reading: new Reading(rig) };
}

const changes = (reading: Reading, ...fields: string[]) =>
  reading
    .changesOf(key)
    .filter(({ field }) => fields.includes(field))
    .map(({ field, from, to, by }) => [field, from, to, by]);

describe('the history of an issue', () => {
  it('holds every change of its milestone, those of one that is gone by its title', async () => {
    const { issue, reading } = await open();
    tell(issue, 'MilestonedEvent', born + hour, { milestoneTitle: 'Summer, 1st' });
    tell(issue, 'DemilestonedEvent', born + 2 * hour, { milestoneTitle: 'Summer, 1st' });
    tell(issue, 'MilestonedEvent', born + 2 * hour, { milestoneTitle: 'v1' }, null);
    issue['milestone'] = { number: 1, title: 'v1' };
    await reading.pull();
    expect(reading.item(key).fixVersionIds).toEqual(['gh:21:1']);
    expect(changes(reading, 'fixVersion')).toEqual([
      ['fixVersion', null, 'gh:21:Summer%2C%201st', 'gh:ana'],
      ['fixVersion', 'gh:21:Summer%2C%201st', null, 'gh:ana'],
      ['fixVersion', null, 'gh:21:1', null],
    ]);
    expect(reading.facts.versions).toEqual(
      new Map([
        ['gh:21:1', '2026-12-01'],
        ['gh:21:2', null],
      ]),
    );
  });

  it('knows who was responsible at birth, whatever became of them', async () => {
    const { issue, reading } = await open();
    tell(issue, 'UnassignedEvent', born + hour, { assignee: user('eve') });
    tell(issue, 'AssignedEvent', born + hour, { assignee: null }, null);
    tell(issue, 'AssignedEvent', born + 2 * hour, { assignee: user('ben') });
    issue.assignees = ['ben'];
    await reading.pull();
    expect(changes(reading, 'assignee')).toEqual([
      ['assignee', 'gh:eve', null, 'gh:ana'],
      ['assignee', null, 'gh:ben', 'gh:ana'],
    ]);
    expect(reading.item(key).assignee).toBe('gh:ben');
  });

  it('holds title, type, parent and blockers', async () => {
    const { issue, reading } = await open();
    tell(issue, 'RenamedTitleEvent', born + hour, { previousTitle: 'Old', currentTitle: 'Work 11' });
    tell(issue, 'IssueTypeAddedEvent', born + 2 * hour, { issueType: { name: 'Task' } });
    tell(issue, 'IssueTypeChangedEvent', born + 3 * hour, {
      prevIssueType: { name: 'Task' },
      issueType: { name: 'Bug' },
    });
    tell(issue, 'ParentIssueAddedEvent', born + 4 * hour, { parent: 'shop/plan#1' });
    tell(issue, 'BlockedByAddedEvent', born + 5 * hour, { blockingIssue: 'shop/app#2' });
    tell(issue, 'BlockedByRemovedEvent', born + 6 * hour, { blockingIssue: 'shop/app#2' });
    tell(issue, 'BlockingAddedEvent', born + 7 * hour, { blockedIssue: null });
    Object.assign(issue, { issueType: { name: 'Bug' }, parent: 'shop/plan#1', blocking: ['shop/app#3'] });
    await reading.pull();
    expect(reading.item(key)).toMatchObject({
      type: { name: 'Bug', isSubtask: false, isEpic: false },
      parentKey: 'shop/plan#1',
      links: [{ kind: 'blocks', key: 'shop/app#3' }],
    });
    expect(changes(reading, 'summary', 'type', 'parent', 'link').map(([field, from, to]) => [field, from, to])).toEqual(
      [
        ['summary', 'Old', 'Work 11'],
        ['type', 'Issue', 'Task'],
        ['type', 'Task', 'Bug'],
        ['parent', null, 'shop/plan#1'],
        ['link', null, 'blocked-by:shop/app#2'],
        ['link', 'blocked-by:shop/app#2', null],
      ],
    );
  });

  it('ends with why it was closed, the last duplicate it is of, and a close without its event', async () => {
    const { issue, repository, reading } = await open();
    tell(issue, 'MarkedAsDuplicateEvent', born + hour, { canonical: 'shop/app#5' });
    setState(issue, 'CLOSED', born + hour, 'DUPLICATE');
    const old = addIssue(repository, 21, born);
    setState(old, 'CLOSED', born + 2 * hour);
    old.events.length = 0;
    await reading.pull();
    expect(reading.item(key)).toMatchObject({
      resolution: 'Duplicate',
      resolvedAt: born + hour,
      links: [{ kind: 'duplicates', key: 'shop/app#5' }],
    });
    expect(changes(reading, 'resolution')).toEqual([['resolution', null, 'Duplicate', 'gh:ana']]);
    const closed = reading.changesOf('shop/app#22').find(({ field }) => field === 'status');
    expect(closed).toMatchObject({ at: born + 2 * hour, by: null, toText: 'Closed' });
  });

  it.each([
    [['bug'], 'Bug', false],
    [['type: chore', 'bug'], 'Chore', false],
    [['kind/Epic'], 'Epic', true],
    [['area: bug'], 'Issue', false],
  ])('has a type of %j', async (labels, name, isEpic) => {
    const { issue, reading } = await open();
    issue.labels = labels;
    await reading.pull();
    expect(reading.item(key).type).toEqual({ name, isSubtask: false, isEpic });
  });

  it('of an element that makes no sense is set aside with its name', async () => {
    const { repository, reading } = await open();
    repository.milestones.push({ number: 3, title: 'v3', state: 'open', due_on: 'soon' }, { title: 'nameless' });
    await reading.pull();
    expect(reading.facts.setAside).toEqual([
      'v3 due_on: expected a day that exists, found "soon"',
      expect.stringMatching(/^nameless: expected a milestone with a number and a title/),
    ]);
    expect(reading.facts.versions.get('gh:21:3')).toBeNull();
  });
});

describe('an older GitHub', () => {
  it('is asked for less once it refused, and then no more for the rest', async () => {
    const { issue, reading } = await open({ isOld: true });
    setState(issue, 'CLOSED', born + hour);
    await reading.pull();
    expect(reading.item(key)).toMatchObject({ resolution: 'Completed', parentKey: null, links: [] });
    expect(reading.requests.filter((request) => request.startsWith('Issues '))).toHaveLength(2);
  });
});

describe('check', () => {
  it('tells of a token that ends soon and may too much', async () => {
    const { repository } = await open();
    repository.raw['has_issues'] = true;
    Object.assign(rig!.world.tokenHeaders, {
      'github-authentication-token-expiration': '2026-12-01 09:00:00 UTC',
      'x-oauth-scopes': 'repo, admin:org, read:project',
    });
    expect(await rig!.open().check()).toMatchObject([
      { what: 'scopes of the token', found: 'admin:org' },
      { what: 'end of the token', found: '2026-12-01, in 8 days' },
    ]);
  });

  it.each<[object, RegExp]>([
    [{ project: null }, /^none$/],
    [{ project: 'shop' }, /^shop$/],
    [{ project: 'shop/app', jql: 'x' }, /jql/],
  ])('of the scope %j says what it wants', async (given, found) => {
    const scope = { id: 'SHOP', project: null, jql: null, board: null, ...given };
    await open({ scopes: [scope] });
    const [problem] = await rig!.open().check();
    expect(problem).toMatchObject({ expected: 'a repository as owner/name', found: expect.stringMatching(found) });
  });

  it('tells a clock that is wrong', async () => {
    await open();
    const late = { ...rig!.clock, now: () => rig!.clock.now() - 600_000 };
    const config = github.config.parse({ host: rig!.server.url, token: 'github_pat_simulated_0123456789' });
    const [problem] = await github.open(config, { id: 'gh', scopes: [], clock: late, log: silentLogger }).check();
    expect(problem).toMatchObject({ what: 'clock', found: expect.stringMatching(/GitHub is (599|600) s ahead/) });
  });
});

describe('settings', () => {
  it.each<[object, RegExp]>([
    [{}, /either `token` or `app`/],
    [{ token: 'x', app: { id: 1, installation: 2, privateKey: 'PRIVATE KEY' } }, /either `token` or `app`/],
    [{ token: 'x', deployments: 'workflows' }, /names of workflow files/],
    [{ token: 'x', repositories: ['shop'] }, /owner\/name/],
    [{ token: 'x', host: 'github.com' }, /an address such as/],
  ])('%j are refused with what was wanted', (given, message) => {
    const parsed = github.config.safeParse(given);
    expect(parsed.error?.issues.map((issue) => issue.message).join()).toMatch(message);
  });
});
