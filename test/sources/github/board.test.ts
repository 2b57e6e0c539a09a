import { afterEach, describe, expect, it } from 'vitest';
import { apiAddress, itemUrlOf } from '../../../src/sources/github/address.ts';
import { boardAddress } from '../../../src/sources/github/board.ts';
import { createNames } from '../../../src/sources/github/names.ts';
import { createStatuses } from '../../../src/sources/github/statuses.ts';
import { finish, githubRig, start } from './github-rig.ts';
import type { GithubRig, RigOptions } from './github-rig.ts';
import { Reading } from '../reading.ts';
import { addIssue, moveCard, setField, setState, tell } from './story.ts';
import { emptyRepository } from './world.ts';
import type { Issue, Repository } from './world.ts';

let rig: GithubRig | null = null;
afterEach(async () => {
  if (rig) await finish(rig);
  rig = null;
});

const hour = 3_600_000;
const born = start - 48 * hour;

/** One issue that nobody has touched, in a repository of its own. */
async function open(options: RigOptions = {}): Promise<{ issue: Issue; repository: Repository; reading: Reading }> {
  const repository = emptyRepository(21, 'shop/app');
  const issue = addIssue(repository, 10, born);
  rig = await githubRig({ repositories: [repository], ...options });
  return { issue, repository, reading: new Reading(rig) };
}

const key = 'shop/app#11';
const statusesOf = (reading: Reading) =>
  reading
    .changesOf(key)
    .filter(({ field }) => field === 'status')
    .map(({ at, fromText, toText }) => [(at - born) / hour, fromText, toText]);

describe('the status of an issue', () => {
  it('is its place on the board while it is open; to move a card is no change of the issue, and is found', async () => {
    const { issue, reading } = await open();
    moveCard(issue, 'Todo', born + hour);
    await reading.pull();
    expect(reading.item(key).status).toMatchObject({ name: 'Todo', category: 'new' });
    rig!.clock.advance(hour);
    moveCard(issue, 'In Progress', rig!.clock.now());
    rig!.clock.advance(hour);
    await reading.pull();
    expect(reading.told()).toEqual([key]);
    expect(reading.item(key).status).toMatchObject({ name: 'In Progress', category: 'indeterminate' });
    expect(statusesOf(reading)).toEqual([
      [1, 'Open', 'Todo'],
      [expect.closeTo(49, 1), 'Todo', 'In Progress'],
    ]);
    await reading.pull();
    expect(reading.told()).toEqual([]);
  });

  it('is looked for on the cards of open issues alone', async () => {
    const { repository, reading } = await open();
    for (let index = 0; index < 150; index++)
      setState(addIssue(repository, 11 * index + 21, born, true), 'CLOSED', born);
    for (const issue of repository.issues) moveCard(issue, 'Todo', born + hour);
    await reading.pull();
    await reading.pull();
    expect(reading.requests.filter((request) => request.startsWith('BoardItems'))).toHaveLength(1);
  });

  it('is known by the time of the field where GitHub lost the event', async () => {
    const { issue, reading } = await open();
    moveCard(issue, 'Todo', born + hour);
    moveCard(issue, 'In Progress', born + 5 * hour, false);
    await reading.pull();
    expect(statusesOf(reading)).toEqual([
      [1, 'Open', 'Todo'],
      [5, 'Todo', 'In Progress'],
    ]);
  });

  it('is closed whatever the board says, and back where it stood when it is reopened', async () => {
    const { issue, reading } = await open();
    moveCard(issue, 'In Progress', born + hour);
    setState(issue, 'CLOSED', born + 2 * hour, 'NOT_PLANNED');
    moveCard(issue, 'Done', born + 2 * hour);
    setState(issue, 'OPEN', born + 6 * hour);
    await reading.pull();
    expect(statusesOf(reading)).toEqual([
      [1, 'Open', 'In Progress'],
      [2, 'In Progress', 'Closed'],
      [6, 'Closed', 'Done'],
    ]);
    const resolutions = reading.changesOf(key).filter(({ field }) => field === 'resolution');
    expect(resolutions.map(({ from, to }) => [from, to])).toEqual([
      [null, 'Not planned'],
      ['Not planned', null],
    ]);
  });

  it('falls back to open when the issue leaves the board; another board is of no concern', async () => {
    const { issue, reading } = await open();
    const project = (id: string) => ({ project: { __typename: 'ProjectV2', id } });
    moveCard(issue, 'Todo', born + hour);
    const other = { previousStatus: '', status: 'Done', wasAutomated: true, ...project('PVT_other') };
    tell(issue, 'ProjectV2ItemStatusChangedEvent', born + 2 * hour, other);
    tell(issue, 'RemovedFromProjectV2Event', born + 3 * hour, project('PVT_7'));
    issue.card = null;
    await reading.pull();
    expect(statusesOf(reading)).toEqual([
      [1, 'Open', 'Todo'],
      [3, 'Todo', 'Open'],
    ]);
    expect(reading.item(key).status!.name).toBe('Open');
  });

  it('may be a label for those who keep no board', async () => {
    const settings = { statusLabels: ['status: ready', 'status: *'] };
    const { issue, reading } = await open({
      settings,
      scopes: [{ id: 'SHOP', project: 'shop/app', jql: null, board: null }],
    });
    tell(issue, 'LabeledEvent', born + hour, { label: { name: 'status: ready' } });
    tell(issue, 'UnlabeledEvent', born + 4 * hour, { label: { name: 'status: ready' } });
    tell(issue, 'LabeledEvent', born + 4 * hour, { label: { name: 'status: coding' } });
    issue.labels = ['status: coding', 'ux'];
    await reading.pull();
    expect(statusesOf(reading)).toEqual([
      [1, 'Open', 'status: ready'],
      [4, 'status: ready', 'status: coding'],
    ]);
  });

  it.each([
    ['📋 Backlog', 'new'],
    ['To do', 'new'],
    ['🏗 In progress', 'indeterminate'],
    ['In review', 'indeterminate'],
    ['✅ Done', 'done'],
    ["Won't fix", 'done'],
    ['Deployed', 'done'],
  ])('%s on a board is %s', (name, category) => {
    expect(createStatuses(createNames('gh'), []).ofOption(name).category).toBe(category);
  });
});

describe('fields of the board', () => {
  const set = (issue: Issue, at: number) => {
    setField(issue, 'Iteration', { iterationId: 'it2', title: 'Sprint 2' }, at);
    setField(issue, 'Estimate', { number: 5 }, at);
    setField(issue, 'Target date', { date: '2026-12-04' }, at);
  };

  it('are the sprint, the points and the due date of an issue, known since they were last changed', async () => {
    const { issue, reading } = await open();
    set(issue, born + hour);
    await reading.pull();
    expect(reading.item(key)).toMatchObject({ sprintIds: ['gh:it2'], points: 5, dueOn: '2026-12-04' });
    expect(reading.changesOf(key).map(({ field, from, to, at }) => [field, from, to, (at - born) / hour])).toEqual([
      ['sprint', null, 'gh:it2', 1],
      ['points', null, '5', 1],
      ['dueOn', null, '2026-12-04', 1],
    ]);
    expect(reading.facts.sprints).toEqual(
      new Map([
        ['gh:it1', 'closed'],
        ['gh:it2', 'active'],
        ['gh:it3', 'future'],
      ]),
    );
  });

  it('that change are changes from what was seen before, and their promise stays', async () => {
    const { issue, reading } = await open();
    set(issue, born + hour);
    await reading.pull();
    rig!.clock.advance(24 * hour);
    setField(issue, 'Target date', { date: '2026-12-18' }, rig!.clock.now());
    setField(issue, 'Iteration', null, rig!.clock.now());
    rig!.clock.advance(hour);
    await reading.pull();
    const told = reading.changesOf(key).map(({ field, from, to }) => [field, from, to]);
    expect(told).toHaveLength(5);
    expect(told).toContainEqual(['dueOn', '2026-12-04', '2026-12-18']);
    expect(told).toContainEqual(['sprint', 'gh:it2', null]);
    expect(reading.item(key).sprintIds).toEqual([]);
    await reading.pull({ isFull: true });
    expect(reading.changesOf(key)).toHaveLength(5);
  });

  it('may have other names', async () => {
    const { issue, reading } = await open({ settings: { fields: { dueOn: ['Estimate'], points: ['estimate'] } } });
    set(issue, born + hour);
    await reading.pull();
    expect(reading.item(key)).toMatchObject({ points: 5, dueOn: null });
  });
});

describe('a board', () => {
  it('has its columns from left to right', async () => {
    const { reading } = await open();
    await reading.pull();
    const board = reading.records.find(({ kind }) => kind === 'board');
    expect(board).toMatchObject({
      board: { name: 'Delivery', columns: ['Open', 'Todo', 'In Progress', 'Done', 'Closed'].map((name) => ({ name })) },
    });
  });

  it('that nobody may see is set aside, and the issues are read', async () => {
    const { reading } = await open({ scopes: [{ id: 'SHOP', project: 'shop/app', jql: null, board: '99' }] });
    await reading.pull();
    expect(reading.facts.items.size).toBe(1);
    expect(reading.facts.setAside).toEqual([expect.stringMatching(/^99: expected a board/)]);
    expect(await rig!.open().check()).toMatchObject([
      { what: 'board 99 of SHOP', todo: expect.stringMatching(/Projects/) },
    ]);
  });

  it('for which the token lacks a scope is told by check', async () => {
    await open();
    rig!.world.boardError = {
      type: 'INSUFFICIENT_SCOPES',
      message: 'Your token has not been granted the required scopes',
    };
    const [problem] = await rig!.open().check();
    expect(problem).toMatchObject({ severity: 'error', todo: expect.stringMatching(/read:project/) });
  });

  it.each([
    ['7', { login: 'shop', number: 7 }],
    ['acme/12', { login: 'acme', number: 12 }],
    ['https://github.com/orgs/acme/projects/12/views/1', { login: 'acme', number: 12 }],
    ['https://github.com/users/ana/projects/3', { login: 'ana', number: 3 }],
    ['Delivery', null],
  ])('is found by %s', (text, expected) => {
    expect(boardAddress(text, 'shop')).toEqual(expected);
  });
});

describe('where a GitHub is', () => {
  it.each([
    ['https://github.com', { baseUrl: 'https://api.github.com', rest: '', graphql: '/graphql' }],
    ['https://acme.ghe.com', { baseUrl: 'https://api.acme.ghe.com', rest: '', graphql: '/graphql' }],
    ['https://git.acme.local:8443', { baseUrl: 'https://git.acme.local:8443/api', rest: '/v3', graphql: '/graphql' }],
  ])('%s', (host, expected) => {
    expect(apiAddress(host)).toEqual(expected);
  });

  it.each([
    ['shop/app#12', 'https://github.com/shop/app/issues/12'],
    ['APO-12', null],
    ['group/sub/app#12', null],
  ])('people look at %s there', (item, url) => {
    expect(itemUrlOf('https://github.com', item)).toBe(url);
  });
});
