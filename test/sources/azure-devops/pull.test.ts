import { afterEach, describe, expect, it } from 'vitest';
import type { RemoteError } from '../../../src/lib/errors.ts';
import type { Change } from '../../../src/core/model/change.ts';
import type { Cursor, Page } from '../../../src/sources/source.ts';
import { inOrder } from '../../../src/store/changes.ts';
import { pullAll } from '../contract.ts';
import { Facts } from '../facts.ts';
import { azureRig, shopScope, start, truthOf } from './azure-rig.ts';
import type { AzureRig, RigOptions } from './azure-rig.ts';
import { addItem, close, iteration, link, remove, reopen, restore, revise, sortLogs, unlink } from './story.ts';
import { person } from './raw.ts';
import type { Raw } from './raw.ts';
import { fieldsOf } from './world.ts';

const dayMs = 86_400_000;
const child = 'System.LinkTypes.Hierarchy-Forward';
const successor = 'System.LinkTypes.Dependency-Forward';
const rigs: AzureRig[] = [];
afterEach(async () => {
  const broken = rigs.flatMap(({ violations }) => violations);
  for (const rig of rigs.splice(0)) await rig.close();
  if (broken.length > 0) throw new Error(`rules of the tool were broken: ${broken.join('; ')}`);
});

async function open(options: RigOptions = {}): Promise<AzureRig> {
  const rig = await azureRig({ count: 12, ...options });
  rigs.push(rig);
  return rig;
}

async function pulled(options: RigOptions = {}) {
  const rig = await open(options);
  const facts = new Facts();
  const { cursor } = await pullAll(rig, facts, null);
  rig.takeRequests();
  return { rig, facts, cursor, again: (from: Cursor | null = cursor) => pullAll(rig, facts, from) };
}

async function pagesOf(rig: AzureRig): Promise<Page[]> {
  const pages: Page[] = [];
  for await (const page of rig.open().pull(null, { isFull: false }, new AbortController().signal)) pages.push(page);
  return pages;
}

async function failure(promise: Promise<unknown>): Promise<RemoteError> {
  return promise.then(
    () => expect.fail('it did not fail'),
    (reason: unknown) => reason as RemoteError,
  );
}

const changesOf = (facts: Facts, id: number, field: Change['field']) =>
  inOrder([...(facts.changes.get(`ado:${id}`)?.values() ?? [])])
    .filter((change) => change.field === field)
    .map(({ from, to }) => [from, to]);

describe('a pull from Azure DevOps', () => {
  it('asks once for what is new, and for the history of what changed by one request each', async () => {
    const { rig, again } = await pulled();
    const quiet = await again();
    expect(quiet.records).toBe(0);
    expect(rig.server.requests.filter((one) => one.includes('updates'))).toEqual([]);
    rig.takeRequests();
    rig.clock.advance(1_000);
    close(rig.world, rig.world.items[10]!, rig.clock.now());
    const { records } = await again(quiet.cursor);
    expect(records).toBe(2);
    expect(rig.server.requests.filter((one) => one.includes('/updates'))).toHaveLength(1);
  });

  it('tells the same changes from revisions as from updates', async () => {
    const rig = await open({ count: 30 });
    const fromStream = new Facts();
    const { cursor } = await pullAll(rig, fromStream, null);
    rig.clock.advance(1_000);
    for (const item of rig.world.items)
      revise(rig.world, item, { 'Microsoft.VSTS.Common.Priority': 1 }, rig.clock.now());
    const fromUpdates = new Facts();
    await pullAll(rig, fromUpdates, cursor);
    for (const [id, changes] of fromStream.changes) {
      const others = fromUpdates.changes.get(id)!;
      for (const [place, change] of changes) expect(others.get(place)).toEqual(change);
      expect(others.size).toBe(changes.size + 1);
    }
  });

  it('keeps the order of what was changed ten times in one moment', async () => {
    const prepare: RigOptions['prepare'] = (world) => {
      for (let turn = 1; turn <= 12; turn++)
        revise(world, world.items[0]!, { 'Microsoft.VSTS.Scheduling.StoryPoints': turn }, start - dayMs);
      sortLogs(world);
    };
    const { facts } = await pulled({ prepare });
    expect(changesOf(facts, 1, 'points').at(-1)).toEqual(['11', '12']);
  });

  it('takes what is in the recycle bin for gone, until it is restored', async () => {
    const { rig, facts, cursor, again } = await pulled();
    const [item, other] = rig.world.items;
    rig.clock.advance(1_000);
    remove(rig.world, item!, rig.clock.now());
    // Thrown away and taken back between two pulls: it was never gone.
    remove(rig.world, other!, rig.clock.now());
    restore(rig.world, other!, rig.clock.now() + 1);
    rig.clock.advance(1_000);
    const second = await again(cursor);
    expect([...facts.gone]).toEqual(['ado:1']);
    rig.clock.advance(1_000);
    restore(rig.world, item!, rig.clock.now());
    await again(second.cursor);
    expect([...facts.gone]).toEqual([]);
    expect(facts.items.size).toBe(12);
  });

  it.each([1, 50])(
    'never loses what was thrown away and taken back between two pulls, in parts of %d',
    async (batchSize) => {
      const { rig, facts, again } = await pulled({ batchSize });
      const [item] = rig.world.items;
      rig.clock.advance(1_000);
      remove(rig.world, item!, rig.clock.now());
      restore(rig.world, item!, rig.clock.now() + 1);
      rig.clock.advance(1_000);
      await again();
      expect([...facts.gone]).toEqual([]);
      // However many parts tell of it, its history is read once.
      expect(rig.server.requests.filter((one) => one.includes('/updates'))).toHaveLength(1);
    },
  );

  it('finds by a count what was destroyed, and marks nothing when all is gone at once', async () => {
    const { rig, facts, cursor, again } = await pulled();
    rig.world.items = rig.world.items.slice(1);
    rig.clock.advance(8 * dayMs);
    const second = await again(cursor);
    expect([...facts.gone]).toEqual(['ado:1']);
    rig.world.items = [];
    rig.clock.advance(8 * dayMs);
    await again(second.cursor);
    expect([...facts.gone]).toEqual(['ado:1']);
    expect(facts.setAside.join()).toContain('has the owner of the token lost the right');
  });

  it('gives up at once what leaves the area, and reads whole the history of what enters it', async () => {
    const { rig, facts, again } = await pulled({ count: 20, scopes: [{ ...shopScope, project: 'shop\\payments' }] });
    const leaves = rig.world.items.find((item) => fieldsOf(item)['System.AreaPath'] === 'Shop\\Payments')!;
    const enters = rig.world.items.find((item) => fieldsOf(item)['System.AreaPath'] === 'Shop')!;
    rig.clock.advance(1_000);
    revise(rig.world, leaves, { 'System.AreaPath': 'Shop\\Web' }, rig.clock.now());
    revise(rig.world, enters, { 'System.AreaPath': 'Shop\\Payments\\Cards' }, rig.clock.now());
    rig.clock.advance(1_000);
    await again();
    expect([...facts.gone]).toEqual([`ado:${leaves.id}`]);
    expect(changesOf(facts, enters.id, 'status').length).toBeGreaterThan(0);
    const { items } = truthOf(rig.world, 'Shop\\Payments');
    expect(Object.keys(facts.summary().items).toSorted()).toEqual(Object.keys(items).toSorted());
  });

  it('reads a renamed project on by its id, under the new name', async () => {
    const { rig, facts, again } = await pulled();
    rig.world.projects[0]!.name = 'Store';
    rig.world.projects[0]!.iterations['name'] = 'Store';
    for (const { fields } of rig.world.items.flatMap(({ revisions }) => revisions)) {
      fields['System.TeamProject'] = 'Store';
      for (const name of ['System.AreaPath', 'System.IterationPath'])
        fields[name] = String(fields[name]).replace(/^Shop/, 'Store');
    }
    await again();
    expect([...facts.items.values()].every(({ projectKey }) => projectKey === 'Store')).toBe(true);
    expect(facts.gone.size).toBe(0);
  });

  it('knows parents and links with their past', async () => {
    const prepare: RigOptions['prepare'] = (world) => {
      const [a, b, c] = world.items as [(typeof world.items)[0], (typeof world.items)[0], (typeof world.items)[0]];
      link(world, a, child, b, start - 3 * dayMs);
      unlink(world, a, child, b, start - 2 * dayMs);
      link(world, c, child, b, start - 2 * dayMs);
      unlink(world, c, child, b, start - 1.5 * dayMs);
      link(world, a, child, b, start - 1.5 * dayMs);
      link(world, a, successor, c, start - dayMs);
      sortLogs(world);
    };
    const { facts } = await pulled({ prepare });
    expect(facts.items.get('ado:2')!.parentKey).toBe('AB#1');
    expect(facts.items.get('ado:1')!.links).toEqual([{ kind: 'blocks', key: 'AB#3' }]);
    expect(facts.items.get('ado:3')!.links).toEqual([{ kind: 'blocked-by', key: 'AB#1' }]);
    expect(changesOf(facts, 2, 'parent')).toEqual([
      [null, 'AB#1'],
      ['AB#1', null],
      [null, 'AB#3'],
      ['AB#3', null],
      [null, 'AB#1'],
    ]);
    expect(changesOf(facts, 3, 'link')).toEqual([[null, 'blocked-by:AB#1']]);
  });

  it('knows the past of links of an area too, and tells nothing of other areas', async () => {
    const scopes = [{ ...shopScope, project: 'Shop/Payments' }];
    const prepare: RigOptions['prepare'] = (world) => {
      const [payments, other, third] = world.items as [
        (typeof world.items)[0],
        (typeof world.items)[0],
        (typeof world.items)[0],
      ];
      link(world, other, successor, payments, start - 2 * dayMs);
      link(world, other, successor, third, start - dayMs);
      sortLogs(world);
    };
    const { rig, facts, again } = await pulled({ scopes, prepare });
    expect(changesOf(facts, 1, 'link')).toEqual([[null, 'blocked-by:AB#2']]);
    expect(facts.changes.has('ado:2') || facts.changes.has('ado:3')).toBe(false);
    rig.clock.advance(1_000);
    const [payments, other] = rig.world.items;
    unlink(rig.world, other!, successor, payments!, rig.clock.now());
    await again();
    expect(changesOf(facts, 1, 'link')).toEqual([
      [null, 'blocked-by:AB#2'],
      ['blocked-by:AB#2', null],
    ]);
    expect(facts.items.get('ado:1')!.links).toEqual([]);
    expect(facts.changes.has('ado:2')).toBe(false);
  });

  it('loses no link when it is killed between revisions and links', async () => {
    const scopes = [{ ...shopScope, project: 'Shop/Payments' }];
    const { rig, facts, cursor } = await pulled({ scopes });
    rig.clock.advance(1_000);
    const [payments, other] = rig.world.items;
    link(rig.world, other!, successor, payments!, rig.clock.now());
    const pages: Page[] = [];
    for await (const page of rig.open().pull(cursor, { isFull: false }, new AbortController().signal)) pages.push(page);
    for (const { cursor: at } of pages) {
      const parts = new Facts();
      await pullAll(rig, parts, at);
      for (const { records } of pages.slice(0, pages.findIndex((page) => page.cursor === at) + 1))
        parts.apply(records, rig.clock.now());
      expect(changesOf(parts, 1, 'link')).toEqual([[null, 'blocked-by:AB#2']]);
    }
    expect(facts.items.size).toBe(4);
  });

  it('leaves out test cases, and counts tasks with their parents', async () => {
    const prepare: RigOptions['prepare'] = (world) => {
      addItem(world, world.projects[0]!, 100, start - dayMs, { 'System.WorkItemType': 'Test Case' });
      sortLogs(world);
    };
    const { facts } = await pulled({ prepare });
    expect(facts.items.size).toBe(12);
    expect(facts.changes.has('ado:13')).toBe(false);
    const typesOf = (flag: 'isSubtask' | 'isEpic') => [
      ...new Set([...facts.items.values()].filter(({ type }) => type[flag]).map(({ type }) => type.name)),
    ];
    // Bugs stand on the backlog of tasks as well, and are work of their own.
    expect(typesOf('isSubtask')).toEqual(['Task']);
    expect(typesOf('isEpic')).toEqual(['Feature']);
  });

  it('ends a release that has gone by as soon as nothing of it is open', async () => {
    const { rig } = await pulled();
    const releaseOf = async () =>
      (await pagesOf(rig))
        .flatMap(({ records }) => records)
        .flatMap((record) => (record.kind === 'version' ? [record.version] : []))
        .find(({ id }) => id === 'ado:10')!;
    const open = rig.world.items.filter(
      (item) =>
        String(fieldsOf(item)['System.IterationPath']).includes('Release 1') &&
        fieldsOf(item)['System.State'] !== 'Closed',
    );
    expect(await releaseOf()).toMatchObject({
      name: 'Release 1',
      releaseOn: '2026-10-30',
      isReleased: open.length === 0,
    });
    const item = rig.world.items[0]!;
    reopen(rig.world, item, rig.clock.now());
    expect((await releaseOf()).isReleased).toBe(false);
    close(rig.world, item, rig.clock.now());
    for (const one of open) close(rig.world, one, rig.clock.now());
    expect((await releaseOf()).isReleased).toBe(true);
  });

  it('asks nothing of a release that ended more than a year ago', async () => {
    const prepare: RigOptions['prepare'] = (world) => {
      const children = world.projects[0]!.iterations['children'] as Raw[];
      children.push(iteration(40, 'Old', '2024-01-01', '2024-06-30', [iteration(41, 'S', '2024-01-01', '2024-01-12')]));
      revise(
        world,
        world.items[10]!,
        { 'System.IterationPath': 'Shop\\Old\\S', 'System.IterationId': 41 },
        start - dayMs,
      );
      sortLogs(world);
    };
    const rig = await open({ prepare });
    const versions = (await pagesOf(rig)).flatMap(({ records }) => records).filter(({ kind }) => kind === 'version');
    expect(versions).toContainEqual(
      expect.objectContaining({ version: expect.objectContaining({ name: 'Old', isReleased: true }) as unknown }),
    );
  });

  it('tells incidents to the services that claim them by a tag, or to each', async () => {
    const prepare: RigOptions['prepare'] = (world) => {
      const [shop] = world.projects;
      const given = { 'System.WorkItemType': 'Issue' };
      addItem(world, shop!, 10, start - 2 * dayMs, { ...given, 'System.Tags': 'web; sev1' });
      close(world, addItem(world, shop!, 10, start - 2 * dayMs, given), start - dayMs);
      close(world, addItem(world, shop!, 10, start - 2 * dayMs, given), start - dayMs, 'Duplicate');
      sortLogs(world);
    };
    const service = { api: { repositories: ['Shop/api'] }, site: { repositories: ['Shop/web'], labels: ['web'] } };
    const rig = await open({ prepare, settings: { incidentTypes: ['Issue'], service } });
    const incidents = (await pagesOf(rig)).flatMap(({ records }) => records.filter((one) => one.kind === 'incident'));
    expect(incidents.map(({ incident }) => [incident.id, incident.service, incident.resolvedAt])).toEqual([
      ['AB#13', 'site', null],
      ['AB#14', 'api', start - dayMs],
      ['AB#14', 'site', start - dayMs],
    ]);
  });

  it('takes milestones from types, tags and a field, as the settings say', async () => {
    const prepare: RigOptions['prepare'] = (world) => {
      const [shop] = world.projects;
      const date = '2026-12-17T23:00:00Z';
      const epic = addItem(world, shop!, 10, start - 9 * dayMs, {
        'System.WorkItemType': 'Epic',
        'System.Title': 'Launch',
        'Microsoft.VSTS.Scheduling.TargetDate': date,
      });
      const feature = addItem(world, shop!, 10, start - 9 * dayMs, { 'System.WorkItemType': 'Feature' });
      link(world, epic, child, feature, start - 8 * dayMs);
      link(world, feature, child, world.items[1]!, start - 7 * dayMs);
      revise(world, world.items[2]!, { 'Custom.Release': '2026.4' }, start - dayMs);
      sortLogs(world);
    };
    const milestones = { iterations: false, types: ['Epic'], tags: ['release-*'], field: 'Custom.Release' };
    const { facts } = await pulled({ prepare, settings: { milestones } });
    // Midnight in Paris, where the date was picked.
    expect(Object.fromEntries(facts.versions)).toEqual({
      'ado:13': '2026-12-18',
      'ado:release:release-2': null,
      'ado:release:2026.4': null,
    });
    expect(facts.items.get('ado:2')!.fixVersionIds).toEqual(['ado:13']);
    expect(facts.items.get('ado:1')!.fixVersionIds).toEqual(['ado:release:release-2']);
    expect(changesOf(facts, 3, 'fixVersion')).toEqual([[null, 'ado:release:2026.4']]);
  });

  it('moves what is below a feature along when the feature is put under another epic', async () => {
    const prepare: RigOptions['prepare'] = (world) => {
      const [shop] = world.projects;
      const epic = (title: string) =>
        addItem(world, shop!, 10, start - 9 * dayMs, { 'System.WorkItemType': 'Epic', 'System.Title': title });
      const [launch, later] = [epic('Launch'), epic('Later')];
      const feature = addItem(world, shop!, 10, start - 9 * dayMs, { 'System.WorkItemType': 'Feature' });
      link(world, launch, child, feature, start - 8 * dayMs);
      link(world, feature, child, world.items[0]!, start - 7 * dayMs);
      link(world, world.items[0]!, child, world.items[1]!, start - 6 * dayMs);
      expect([launch.id, later.id, feature.id]).toEqual([13, 14, 15]);
      sortLogs(world);
    };
    const { rig, facts, again } = await pulled({
      prepare,
      settings: { milestones: { iterations: false, types: ['Epic'] } },
    });
    for (const id of [1, 2]) {
      expect(facts.items.get(`ado:${id}`)!.fixVersionIds).toEqual(['ado:13']);
      expect(changesOf(facts, id, 'fixVersion')).toEqual([[null, 'ado:13']]);
    }
    rig.clock.advance(1_000);
    const [launch, later, feature] = rig.world.items.slice(12);
    unlink(rig.world, launch!, child, feature!, rig.clock.now());
    link(rig.world, later!, child, feature!, rig.clock.now());
    await again();
    for (const id of [1, 2]) {
      expect(facts.items.get(`ado:${id}`)!.fixVersionIds).toEqual(['ado:14']);
      // Nothing says that it was once below the other: what stays must agree with what is.
      expect(changesOf(facts, id, 'fixVersion')).toEqual([[null, 'ado:14']]);
    }
  });

  it('sets aside what cannot be used, names it, and goes on', async () => {
    const prepare: RigOptions['prepare'] = (world) => {
      delete world.items[0]!.revisions.at(-1)!.fields['System.State'];
      world.items[1]!.revisions.at(-1)!.fields['Microsoft.VSTS.Scheduling.DueDate'] = 'soon';
      world.items[2]!.revisions[0]!.fields['System.ChangedDate'] = 'then';
      const sprints = (world.projects[0]!.iterations['children'] as { attributes?: object }[])[2]!;
      sprints.attributes = { startDate: '2026-12-01T00:00:00Z', finishDate: '2026-11-01T00:00:00Z' };
    };
    const { facts } = await pulled({ prepare });
    expect(facts.items.size).toBe(11);
    expect(facts.setAside.map((line) => line.split(':')[0])).toEqual([
      'Shop\\Some day finishDate',
      'AB#1',
      'AB#2 Microsoft.VSTS.Scheduling.DueDate',
      'AB#3 revision 1',
    ]);
    // Its first revision could not be read, so its history was asked for by itself.
    expect(changesOf(facts, 3, 'status').length).toBeGreaterThan(0);
  });

  it('knows people who have left by their id, and nobody where there is none', async () => {
    const prepare: RigOptions['prepare'] = (world) => {
      const ghost = { displayName: 'Deleted', id: '00000000-0000-0000-0000-000000000000', inactive: true };
      world.items[0]!.revisions.at(-1)!.fields['System.AssignedTo'] = ghost;
      world.items[1]!.revisions.at(-1)!.fields['System.AssignedTo'] = { ...person('Left'), inactive: true };
    };
    const { facts } = await pulled({ prepare });
    expect(facts.items.get('ado:1')!.assignee).toBeNull();
    expect(facts.items.get('ado:2')!.assignee).toMatch(/^ado:0{8}-/);
  });

  it('reads the streams anew when the server does not know the place any more', async () => {
    const { rig, facts, cursor } = await pulled();
    const lost = JSON.parse(JSON.stringify(cursor).replaceAll(/"\d+;x"/g, '"9999;x"')) as Cursor;
    rig.clock.advance(1_000);
    close(rig.world, rig.world.items[10]!, rig.clock.now());
    await pullAll(rig, facts, lost);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('misses nothing that changes between two pages', async () => {
    const rig = await open({ count: 230 });
    let turn = 0;
    rig.server.afterAnswer = (path) => {
      if (!path.endsWith('workItemsBatch') || turn > 3) return;
      rig.clock.advance(1_000);
      reopen(rig.world, rig.world.items[turn * 10]!, rig.clock.now());
      addItem(rig.world, rig.world.projects[0]!, 10, rig.clock.now());
      turn++;
    };
    const facts = new Facts();
    const { cursor } = await pullAll(rig, facts, null);
    rig.server.afterAnswer = null;
    await pullAll(rig, facts, cursor);
    expect(facts.summary()).toEqual(rig.truth());
  });
});

describe('refusals of Azure DevOps', () => {
  it.each([
    [429, { 'Retry-After': '40' }],
    [503, { 'Retry-After': '40' }],
    [429, { 'Retry-After': '', 'X-RateLimit-Reset': String(start / 1000 + 41) }],
  ])('waits for a %d as long as it says (%j)', async (status, headers) => {
    const rig = await open();
    rig.server.faults.push({ kind: 'rate-limit', status, headers });
    const facts = new Facts();
    await pullAll(rig, facts, null);
    expect(facts.summary()).toEqual(rig.truth());
    expect(rig.clock.waits[0]).toSatisfy((wait: number) => wait > 37_000 && wait < 42_000);
  });

  it('slows down as soon as it is told that it was slowed down', async () => {
    const rig = await open();
    rig.server.faults.push({ kind: 'slowed', seconds: 20 });
    await pullAll(rig, new Facts(), null);
    expect(rig.clock.waits.some((wait) => wait > 18_000 && wait <= 20_000)).toBe(true);
  });

  it.each([203, 302] as const)('knows the page for signing in (%d) for what it is', async (status) => {
    const rig = await open();
    rig.server.faults.push({ kind: 'sign-in', status });
    const error = await failure(pullAll(rig, new Facts(), null));
    expect(error).toMatchObject({ service: 'azure-devops', status: 401 });
    expect(error.message).toContain('page for signing in');
    expect(error.message).toContain('expired, or of another organization');
    expect(error.todo).toContain('personal access token');
  });

  it('ends with the words of the server where a right is missing', async () => {
    const rig = await open();
    rig.server.faults.push({ kind: 'refused', status: 403, message: 'TF401027: You need the Read permission.' });
    const error = await failure(pullAll(rig, new Facts(), null));
    expect(error).toMatchObject({ status: 403 });
    expect(error.message).toContain('TF401027');
  });

  it('reads the other scopes when one is refused, and then says which', async () => {
    const rig = await open({ scopes: [{ ...shopScope, id: 'X', project: 'Nope' }, shopScope] });
    const facts = new Facts();
    const error = await failure(pullAll(rig, facts, null));
    expect(error).toMatchObject({ status: 404 });
    expect(error.message).toContain('TF200016');
    expect(facts.summary()).toEqual(rig.truth());
  });
});
