import { describe, expect, it } from 'vitest';
import { readIterations, sprintOf, versionOf } from '../../../src/sources/azure-devops/iterations.ts';
import { boardOf, createProcess, resolutionOfReason } from '../../../src/sources/azure-devops/process.ts';
import { dayIn, personOf } from '../../../src/sources/azure-devops/snapshot.ts';
import { createNames } from '../../../src/sources/pulling/names.ts';
import type { SetAside } from '../../../src/sources/reading/set-aside.ts';
import { emptyProject, iteration } from './story.ts';

const names = createNames('ado');
const { types, categories, backlogs, iterations } = emptyProject('1', 'Shop');

describe('the process of a project', () => {
  const process = createProcess({ types, groups: categories, backlogs }, names);

  it.each([
    ['New', 'new'],
    ['Active', 'indeterminate'],
    ['Resolved', 'indeterminate'],
    ['Closed', 'done'],
    ['Removed', 'done'],
    ['Long gone', 'unknown'],
  ])('puts the state %s under %s', (state, category) => {
    expect(process.statusOf(state)).toEqual({ id: `ado:${state}`, name: state, category });
  });

  it.each([
    ['Active', 'Implementation started', null],
    ['Closed', 'Acceptance tests pass', 'Done'],
    ['Closed', null, 'Done'],
    ['Closed', 'Duplicate', 'Duplicate'],
    ['Removed', 'Removed from the backlog', "Won't Do"],
    ['Removed', 'Duplicate', 'Duplicate'],
  ])('says of %s for the reason %s: %s', (state, reason, resolution) => {
    expect(process.resolutionOf(state, reason)).toBe(resolution);
  });

  it.each([
    ['As Designed', 'Invalid'],
    ['Cannot Reproduce', 'Cannot Reproduce'],
    ['Deferred', "Won't Do"],
    ['Obsolete', "Won't Do"],
    ['Fixed and verified', 'Done'],
    ['Completed', 'Done'],
  ])('takes the reason %s for %s', (reason, resolution) => {
    expect(resolutionOfReason(reason)).toBe(resolution);
  });

  it('shows its states from left to right, what is done as the last column', () => {
    expect(boardOf('b', 'Shop', process).columns).toEqual([
      { name: 'New', statusIds: ['ado:New'] },
      { name: 'Active', statusIds: ['ado:Active'] },
      { name: 'Resolved', statusIds: ['ado:Resolved'] },
      { name: 'Closed', statusIds: ['ado:Closed', 'ado:Removed'] },
    ]);
  });

  it('goes by the usual names where a project has no team', () => {
    const bare = createProcess({ types, groups: [], backlogs: null }, names);
    expect(bare.typeOf('Task')).toMatchObject({ isSubtask: true, isEpic: false });
    expect(bare.typeOf('Feature')).toMatchObject({ isSubtask: false, isEpic: true });
    expect(bare.typeOf('Bug')).toMatchObject({ isSubtask: false, isEpic: false });
  });
});

describe('iterations', () => {
  const now = Date.parse('2026-11-24T08:30:00Z');
  const setAside: SetAside[] = [];
  const tree = readIterations(iterations, setAside);
  const at = (path: string) => tree.find(null, path)!;

  it('are sprints where nothing is below them, from the first day to the end of the last', () => {
    expect(sprintOf(at('Shop\\Release 1\\Sprint 2'), now, names)).toEqual({
      id: 'ado:12',
      name: 'Sprint 2',
      goal: null,
      state: 'closed',
      startAt: Date.parse('2026-10-19'),
      activatedAt: Date.parse('2026-10-19'),
      endAt: Date.parse('2026-10-31'),
      completedAt: Date.parse('2026-10-31'),
      boardId: null,
    });
    expect(sprintOf(at('shop\\release 2\\sprint 3'), now, names)!.state).toBe('active');
    expect(sprintOf(at('Shop\\Release 2\\Sprint 4'), now, names)!.state).toBe('future');
    expect(sprintOf(at('Shop\\Some day'), now, names)).toBeNull();
    expect(setAside).toEqual([]);
  });

  it('are milestones where something is, and end with the last of it when they say nothing themselves', () => {
    const rest = { project: 'Shop', isReleased: false, names };
    expect(versionOf(at('Shop\\Release 1'), rest)).toMatchObject({
      id: 'ado:10',
      name: 'Release 1',
      releaseOn: '2026-10-30',
    });
    expect(versionOf(at('Shop\\Release 2'), rest)).toMatchObject({ startOn: '2026-11-02', releaseOn: '2026-12-18' });
    expect(versionOf(at('Shop\\Release 2\\Sprint 3'), rest)).toBeNull();
  });

  it('bear the names of all above them, but not of the project', () => {
    const deep = readIterations(
      iteration(1, 'Shop', null, null, [
        iteration(2, '2026', null, null, [iteration(3, 'Q4', null, null, [iteration(4, 'S1', null, null)])]),
      ]),
      [],
    );
    const quarter = deep.find(3, null)!;
    expect(quarter.line.map(({ id }) => id)).toEqual([2, 3]);
    expect(versionOf(quarter, { project: 'Shop', isReleased: false, names })!.name).toBe('2026 / Q4');
  });

  it.each([[null], [{ name: 'Shop' }], ['text']])('that are none are set aside: %j', (root) => {
    const found: SetAside[] = [];
    expect(readIterations(root, found).all).toEqual([]);
    expect(found).toHaveLength(1);
  });
});

describe('values', () => {
  it.each([
    ['2026-12-04T00:00:00Z', '2026-12-04'],
    ['2026-12-03T23:00:00Z', '2026-12-04'],
    ['2026-12-04T08:00:00Z', '2026-12-04'],
    ['2026-12-04T07:59:00.123Z', '2026-12-04'],
    ['some day', null],
    [undefined, null],
  ])('the day of %s is %s', (value, day) => {
    expect(dayIn({ due: value }, 'due')).toBe(day);
  });

  it.each([
    [{ id: 'a-1', uniqueName: 'ana@acme.com' }, 'ado:a-1'],
    [{ id: '00000000-0000-0000-0000-000000000000', uniqueName: 'build' }, 'ado:build'],
    ['Ana Lee <ana@acme.com>', 'ado:ana@acme.com'],
    ['Ana Lee', 'ado:Ana Lee'],
    [{}, null],
    [null, null],
  ])('%j is %s', (identity, person) => {
    expect(personOf(identity, names)).toBe(person);
  });
});
