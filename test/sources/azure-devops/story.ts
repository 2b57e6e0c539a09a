import { iso, person } from './raw.ts';
import { fieldsOf, timeOf } from './world.ts';
import type { Raw } from './raw.ts';
import type { Item, Project, World } from './world.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const states = (...pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([name, category]) => ({ name, category, color: 'b2b2b2' }));

const agile = states(
  ['New', 'Proposed'],
  ['Active', 'InProgress'],
  ['Resolved', 'Resolved'],
  ['Closed', 'Completed'],
  ['Removed', 'Removed'],
);

const typeOf = (name: string, own = agile) => ({
  name,
  referenceName: `Microsoft.VSTS.WorkItemTypes.${name}`,
  states: own,
});

const levelOf = (...names: readonly string[]) => ({ workItemTypes: names.map((name) => ({ name })) });

export function emptyProject(id: string, name: string): Project {
  return {
    id,
    name,
    types: ['Epic', 'Feature', 'User Story', 'Bug', 'Task', 'Issue', 'Test Case', 'Test Suite'].map((type) =>
      typeOf(type),
    ),
    categories: [
      { referenceName: 'Microsoft.HiddenCategory', workItemTypes: [{ name: 'Test Suite' }] },
      { referenceName: 'Microsoft.TestCaseCategory', workItemTypes: [{ name: 'Test Case' }] },
      { referenceName: 'Microsoft.BugCategory', workItemTypes: [{ name: 'Bug' }] },
    ],
    backlogs: {
      portfolioBacklogs: [levelOf('Epic'), levelOf('Feature')],
      requirementBacklog: levelOf('User Story', 'Bug'),
      taskBacklog: levelOf('Task', 'Bug'),
    },
    iterations: iteration(1, name, null, null, [
      iteration(10, 'Release 1', null, null, [
        iteration(11, 'Sprint 1', '2026-10-05', '2026-10-16'),
        iteration(12, 'Sprint 2', '2026-10-19', '2026-10-30'),
      ]),
      iteration(20, 'Release 2', '2026-11-02', '2026-12-18', [
        iteration(21, 'Sprint 3', '2026-11-16', '2026-11-27'),
        iteration(22, 'Sprint 4', '2026-11-30', '2026-12-11'),
      ]),
      iteration(30, 'Some day', null, null),
    ]),
    areas: ['Payments', 'Payments\\Cards', 'Web'],
    code: null,
  };
}

export function iteration(id: number, name: string, from: string | null, to: string | null, children: Raw[] = []): Raw {
  const attributes =
    from === null ? {} : { attributes: { startDate: `${from}T00:00:00Z`, finishDate: `${to}T00:00:00Z` } };
  return {
    id,
    identifier: `iteration-${id}`,
    name,
    structureType: 'iteration',
    hasChildren: children.length > 0,
    ...(children.length > 0 ? { children } : {}),
    ...attributes,
  };
}

/** The project Shop, in which `count` items were made, one each six hours, planned, worked on and mostly closed. */
export function tellWorld(count: number, until: number): World {
  const project = emptyProject('11111111-1111-4111-8111-111111111111', 'Shop');
  const world: World = { projects: [project], items: [], revisionLog: [], linkLog: [] };
  const start = until - count * 6 * hourMs - 20 * dayMs;
  for (let index = 0; index < count; index++) addItem(world, project, index, start + index * 6 * hourMs);
  sortLogs(world);
  return world;
}

/** What is told item by item goes into the streams by time. */
export function sortLogs(world: World): void {
  const at = (fields: Raw) => Date.parse(String(fields['System.ChangedDate']));
  world.revisionLog.sort((a, b) => at(a.revision.fields) - at(b.revision.fields));
}

const kinds = ['User Story', 'Bug', 'Task', 'User Story', 'Feature'];

export function addItem(world: World, project: Project, index: number, at: number, given: Raw = {}): Item {
  const item: Item = { id: world.items.length + 1, revisions: [], relations: [], isDeleted: false };
  world.items.push(item);
  revise(
    world,
    item,
    {
      'System.Id': item.id,
      'System.TeamProject': project.name,
      'System.AreaPath': index % 3 === 0 ? `${project.name}\\Payments` : project.name,
      'System.IterationPath': project.name,
      'System.IterationId': 1,
      'System.WorkItemType': kinds[index % kinds.length],
      'System.Title': `Work ${index + 1}`,
      'System.State': 'New',
      'System.Reason': 'New',
      'System.CreatedDate': iso(at),
      'System.ChangedBy': person('Ana'),
      'Microsoft.VSTS.Common.Priority': 2,
      'System.Tags': index % 7 === 0 ? 'api; release-2' : undefined,
      ...given,
    },
    at,
  );
  // Some are as they were born.
  if (index % 11 === 10) return item;
  const release = index % 2 === 0 ? 'Release 1' : 'Release 2';
  const [sprint, id] = index % 2 === 0 ? ['Sprint 2', 12] : ['Sprint 3', 21];
  const path = `${project.name}\\${release}`;
  revise(world, item, { 'System.IterationPath': path, 'System.IterationId': index % 2 === 0 ? 10 : 20 }, at + hourMs);
  revise(
    world,
    item,
    {
      'System.IterationPath': `${path}\\${sprint}`,
      'System.IterationId': id,
      'Microsoft.VSTS.Scheduling.StoryPoints': 3,
    },
    at + 2 * hourMs,
  );
  revise(world, item, { 'System.State': 'Active', 'System.AssignedTo': person('Benno') }, at + dayMs);
  if (index % 3 !== 2 || index % 2 === 0) close(world, item, at + (2 + (index % 9)) * dayMs);
  return item;
}

export function close(world: World, item: Item, at: number, reason = 'Fixed and verified'): void {
  const ends = { 'Microsoft.VSTS.Common.ClosedDate': iso(at), 'Microsoft.VSTS.Common.StateChangeDate': iso(at) };
  revise(world, item, { 'System.State': 'Closed', 'System.Reason': reason, ...ends }, at);
}

export function reopen(world: World, item: Item, at: number): void {
  const ends = { 'Microsoft.VSTS.Common.ClosedDate': undefined, 'Microsoft.VSTS.Common.StateChangeDate': iso(at) };
  revise(world, item, { 'System.State': 'Active', 'System.Reason': 'Reopened', ...ends }, at);
}

/** A new revision of an item; a field that is undefined is taken away. */
export function revise(world: World, item: Item, fields: Raw, at: number): void {
  const before = item.revisions.at(-1);
  const time = before ? Math.max(at, timeOf(item)) : at;
  const merged: Raw = { ...before?.fields, ...fields, 'System.ChangedDate': iso(time) };
  for (const [name, value] of Object.entries(merged)) if (value === undefined) delete merged[name];
  const revision = { rev: (before?.rev ?? 0) + 1, fields: merged };
  item.revisions.push(revision);
  world.revisionLog.push({ item, revision });
}

export function remove(world: World, item: Item, at: number): void {
  item.isDeleted = true;
  revise(world, item, { 'System.IsDeleted': true }, at);
}

export function restore(world: World, item: Item, at: number): void {
  item.isDeleted = false;
  revise(world, item, { 'System.IsDeleted': undefined }, at);
}

const reverse = (rel: string) => (rel.endsWith('-Forward') ? rel.replace('-Forward', '-Reverse') : rel);

/** Links two items, as seen from the first: both have a new revision, and the stream of links one entry. */
export function link(world: World, source: Item, rel: string, target: Item, at: number): void {
  const urlOf = (item: Item) => `https://dev.azure.com/acme/_apis/wit/workItems/${item.id}`;
  source.relations.push({ rel, url: urlOf(target) });
  target.relations.push({ rel: reverse(rel), url: urlOf(source) });
  const isChild = rel === 'System.LinkTypes.Hierarchy-Forward';
  for (const item of [source, target])
    revise(world, item, isChild && item === target ? { 'System.Parent': source.id } : {}, at);
  logLink(world, source, rel, target, at, true);
}

export function unlink(world: World, source: Item, rel: string, target: Item, at: number): void {
  const drop = (item: Item, other: Item, own: string) => {
    const index = item.relations.findIndex((one) => one.rel === own && one.url.endsWith(`/${other.id}`));
    item.relations.splice(index, 1);
  };
  drop(source, target, rel);
  drop(target, source, reverse(rel));
  const isChild = rel === 'System.LinkTypes.Hierarchy-Forward';
  for (const item of [source, target])
    revise(world, item, isChild && item === target ? { 'System.Parent': undefined } : {}, at);
  logLink(world, source, rel, target, at, false);
}

function logLink(world: World, source: Item, rel: string, target: Item, at: number, isActive: boolean): void {
  const attributes = {
    sourceId: source.id,
    targetId: target.id,
    isActive,
    changedDate: iso(at),
    changedBy: person('Ana'),
  };
  world.linkLog.push({ rel, url: '', attributes });
}

export const stateOf = (item: Item): string => String(fieldsOf(item)['System.State']);
