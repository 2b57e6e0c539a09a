import { afterEach, describe, expect, it } from 'vitest';
import type { RemoteError } from '../../../src/lib/errors.ts';
import type { Cursor } from '../../../src/sources/source.ts';
import { pullAll } from '../contract.ts';
import { Facts } from '../facts.ts';
import { engScope, linearRig, start } from './linear-rig.ts';
import type { LinearRig, RigOptions } from './linear-rig.ts';
import { addIssue, change, move, relate } from './story.ts';
import { iso, uuid } from './world.ts';

const dayMs = 86_400_000;
const rigs: LinearRig[] = [];
afterEach(async () => {
  for (const rig of rigs.splice(0)) await rig.close();
});

async function pulled(options: RigOptions = {}) {
  const rig = await linearRig({ count: 12, ...options });
  rigs.push(rig);
  const facts = new Facts();
  const { cursor } = await pullAll(rig, facts, null);
  rig.takeRequests();
  return { rig, facts, cursor, again: (from: Cursor | null = cursor) => pullAll(rig, facts, from) };
}

async function failure(promise: Promise<unknown>): Promise<RemoteError> {
  return promise.then(
    () => expect.fail('it did not fail'),
    (reason: unknown) => reason as RemoteError,
  );
}

describe('a pull from Linear', () => {
  it('keeps what was archived, and takes what is in the trash for gone until it is restored', async () => {
    const { rig, facts, cursor, again } = await pulled();
    const archived = rig.world.issues.find((issue) => issue['archivedAt'] !== null)!;
    expect(facts.items.has(archived.id)).toBe(true);
    const issue = rig.world.issues[2]!;
    rig.clock.advance(1_000);
    change(issue, { trashed: true, archivedAt: iso(rig.clock.now()), priority: 1 }, { toPriority: 1 }, rig.clock.now());
    const second = await again(cursor);
    expect([...facts.gone]).toEqual([issue.id]);
    rig.clock.advance(1_000);
    change(
      issue,
      { trashed: null, archivedAt: null, priority: 2 },
      { fromPriority: 1, toPriority: 2 },
      rig.clock.now(),
    );
    await again(second.cursor);
    expect([...facts.gone]).toEqual([]);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('finds by a count what was deleted for good or went to a team that nobody asked for', async () => {
    const { rig, facts, again } = await pulled();
    const [deleted, moved] = rig.world.issues;
    rig.world.issues = rig.world.issues.filter((issue) => issue !== deleted);
    moved!.team = rig.world.teams[1]!;
    rig.clock.advance(8 * dayMs);
    await again();
    expect([...facts.gone].sort()).toEqual([deleted!.id, moved!.id].sort());
    expect(rig.server.requests).toContain('VigieCensus');
  });

  it('marks nothing as gone when all is gone at once', async () => {
    const { rig, facts, again } = await pulled();
    rig.world.issues = [];
    rig.clock.advance(8 * dayMs);
    await again();
    expect([...facts.gone]).toEqual([]);
    expect(facts.setAside.join()).toContain('found none: has the owner of the token lost the right');
  });

  it('tells all again under the new key of a team, and knows it by its id', async () => {
    const { rig, facts, again } = await pulled();
    rig.world.teams[0]!.key = 'CORE';
    await again();
    expect([...facts.items.values()].map(({ key }) => key.split('-')[0])).not.toContain('ENG');
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('reads a project on under another name', async () => {
    const { rig, facts, again } = await pulled({ scopes: [{ ...engScope, project: 'Checkout' }] });
    rig.world.projects[0]!['name'] = 'Checkout 2';
    rig.world.projects[1]!['name'] = 'Checkout';
    rig.clock.advance(1_000);
    move(rig.world, rig.world.issues[0]!, 'started', rig.clock.now());
    const { records } = await again();
    expect(records).toBe(2);
    expect(facts.versions.has(uuid('4', 2))).toBe(false);
  });

  it('begins a walk anew whose cursor is an issue that was deleted', async () => {
    const rig = await linearRig({ count: 130 });
    rigs.push(rig);
    const facts = new Facts();
    const { cursor } = await pullAll(rig, facts, null, { pages: 2 });
    const after = JSON.stringify(cursor).match(/"after":"([^"]+)"/)![1]!;
    rig.world.issues = rig.world.issues.filter(({ id }) => id !== after);
    await pullAll(rig, facts, cursor);
    facts.items.delete(after);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('misses nothing that changes between two pages', async () => {
    const rig = await linearRig({ count: 130 });
    rigs.push(rig);
    let turn = 0;
    rig.server.afterAnswer = (operation) => {
      if (operation !== 'VigieIssues' || turn > 5) return;
      rig.clock.advance(1_000);
      move(rig.world, rig.world.issues[turn * 20]!, 'canceled', rig.clock.now());
      addIssue(rig.world, rig.world.teams[0]!, 500 + turn++, rig.clock.now());
    };
    const facts = new Facts();
    const { cursor } = await pullAll(rig, facts, null);
    rig.server.afterAnswer = null;
    await pullAll(rig, facts, cursor);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('asks for the rest of many labels, relations and a long history', async () => {
    const prepare: RigOptions['prepare'] = ({ issues }) => {
      const [first, ...others] = issues as [(typeof issues)[0], ...typeof issues];
      first.labels = Array.from({ length: 12 }, (_, index) => ({
        id: uuid('8', index),
        name: `l${index}`,
        parent: null,
      }));
      for (let turn = 0; turn < 15; turn++) relate(first, others[turn]!, 'blocks', start - dayMs + turn);
      for (let turn = 0; turn < 240; turn++)
        change(first, {}, { fromEstimate: turn, toEstimate: turn + 1 }, start - dayMs + turn);
    };
    const { rig, facts } = await pulled({ count: 20, prepare });
    const first = facts.items.get(rig.world.issues[0]!.id)!;
    expect(first.labels).toHaveLength(12);
    expect(first.links).toHaveLength(15);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it('keeps no link that was taken away', async () => {
    const prepare: RigOptions['prepare'] = ({ issues }) => void relate(issues[1]!, issues[0]!, 'blocks', start - dayMs);
    const { rig, facts, again } = await pulled({ prepare });
    const [issue] = rig.world.issues;
    expect(facts.items.get(issue!.id)!.links).toEqual([{ kind: 'blocked-by', key: 'ENG-2' }]);
    issue!.inverseRelations = [];
    rig.clock.advance(1_000);
    move(rig.world, issue!, 'started', rig.clock.now());
    await again();
    expect(facts.items.get(issue!.id)!.links).toEqual([]);
    expect([...facts.changes.get(issue!.id)!.values()].filter(({ field }) => field === 'link')).toEqual([]);
  });

  it('sets aside what cannot be used, names it, and goes on', async () => {
    const prepare: RigOptions['prepare'] = ({ issues, cycles }) => {
      issues[0]!.createdAt = 'soon';
      issues[1]!['dueDate'] = '2026-02-31';
      issues[2]!['estimate'] = -3;
      issues[3]!.history[0]!['createdAt'] = 'yesterday';
      cycles[0]!['endsAt'] = 'never';
    };
    const { facts } = await pulled({ prepare });
    expect(facts.items.size).toBe(11);
    expect(new Set(facts.setAside.map((line) => line.split(/:| 0000/)[0]))).toEqual(
      new Set(['ENG-1', 'ENG-2 dueDate', 'ENG-3 estimate', 'ENG-4 history', 'cycle 1 endsAt']),
    );
  });

  it('reads issues of people who are no more, and of none', async () => {
    const prepare: RigOptions['prepare'] = ({ issues }) => {
      issues[0]!['assignee'] = null;
      issues[0]!.history[0]!['actorId'] = null;
    };
    const { rig, facts } = await pulled({ prepare });
    const [issue] = rig.world.issues;
    expect(facts.items.get(issue!.id)!.assignee).toBeNull();
    expect([...facts.changes.get(issue!.id)!.values()].some(({ by }) => by === null)).toBe(true);
  });

  it('reads the other scopes when one is refused, and then says which', async () => {
    const rig = await linearRig({ count: 12, scopes: [{ ...engScope, id: 'X', project: 'NOPE' }, engScope] });
    rigs.push(rig);
    const facts = new Facts();
    const error = await failure(pullAll(rig, facts, null));
    expect(error).toMatchObject({ service: 'linear', status: 404 });
    expect(facts.summary()).toEqual(rig.truth());
  });
});

describe('refusals of Linear', () => {
  it.each([
    [400, 'Requests'],
    [200, 'Requests'],
    [400, 'Complexity'],
    [429, 'Endpoint-Requests'],
  ])('waits for a limit with status %d until the budget of %s is full', async (status, budget) => {
    const rig = await linearRig({ count: 3 });
    rigs.push(rig);
    rig.server.faults.push({ kind: 'rate-limit', status, budget, resetMs: 40_000 });
    const facts = new Facts();
    await pullAll(rig, facts, null);
    expect(facts.summary()).toEqual(rig.truth());
    expect(rig.clock.waits[0]).toSatisfy((wait: number) => wait > 38_000 && wait < 41_000);
  });

  it('does not wait an hour: it says when to come back, and the next pull goes on', async () => {
    const rig = await linearRig({ count: 130 });
    rigs.push(rig);
    const facts = new Facts();
    const first = await pullAll(rig, facts, null, { pages: 2 });
    rig.server.faults.push({ kind: 'rate-limit', resetMs: 3_600_000 });
    const error = await failure(pullAll(rig, facts, first.cursor));
    expect(error).toMatchObject({ status: 429 });
    expect(error.retryAt! - rig.clock.now()).toSatisfy((ms: number) => ms > 3_590_000 && ms <= 3_600_000);
    rig.clock.advance(3_600_000);
    await pullAll(rig, facts, first.cursor);
    expect(facts.summary()).toEqual(rig.truth());
  });

  it.each([
    [401, { status: 401, message: 'Authentication required', type: 'authentication error' }],
    [403, { status: 200, message: 'You do not have access', type: 'forbidden' }],
    [403, { status: 400, message: 'Feature not accessible', type: 'feature not accessible' }],
    [400, { status: 200, message: 'Argument Validation Error', type: 'invalid input' }],
  ])('ends with status %d and the words of Linear', async (status, fault) => {
    const rig = await linearRig({ count: 3 });
    rigs.push(rig);
    rig.server.faults.push({ kind: 'error', ...fault });
    const error = await failure(pullAll(rig, new Facts(), null));
    expect(error).toMatchObject({ service: 'linear', status });
    expect(error.message).toContain(fault.message);
    expect(error.todo).not.toBeNull();
  });

  it('asks again after an error of its own making', async () => {
    const rig = await linearRig({ count: 3 });
    rigs.push(rig);
    rig.server.faults.push({ kind: 'error', status: 200, message: 'Internal server error', type: 'internal error' });
    const facts = new Facts();
    await pullAll(rig, facts, null);
    expect(facts.summary()).toEqual(rig.truth());
  });
});
