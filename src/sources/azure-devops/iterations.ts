import type { Sprint, Version } from '../../core/model/plan.ts';
import { addDays } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import { parseInstant } from '../../core/time/instant.ts';
import type { Names } from '../pulling/names.ts';
import { unusable } from '../reading/set-aside.ts';
import type { SetAside } from '../reading/set-aside.ts';
import { ownValue, readDay } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';

/** One node of the tree of iterations. */
export interface Iteration {
  readonly id: number;
  readonly name: string;
  /** As it stands in work items: `Shop\Release 1\Sprint 3`. */
  readonly path: string;
  readonly startOn: Day | null;
  readonly finishOn: Day | null;
  readonly isLeaf: boolean;
  /** From the top, without the root, itself included. */
  readonly line: readonly Iteration[];
}

export interface Iterations {
  readonly all: readonly Iteration[];
  /** By its id, or by its path: a work item of long ago may bear a path that is no more. */
  find(id: unknown, path: unknown): Iteration | null;
}

export function readIterations(root: unknown, setAside: SetAside[]): Iterations {
  const all: Iteration[] = [];
  const visit = (raw: unknown, above: readonly Iteration[], pathAbove: string | null): Day | null => {
    const id = ownValue(raw, 'id');
    const name = textOf(raw, 'name');
    if (typeof id !== 'number' || name === null) {
      setAside.push(unusable('sprint', name ?? '?', 'an iteration with id and name', raw));
      return null;
    }
    const path = pathAbove === null ? name : `${pathAbove}\\${name}`;
    const children = ownValue(raw, 'children');
    const below: readonly unknown[] = Array.isArray(children) ? children : [];
    const line: Iteration[] = [...above];
    const dates = datesOf(raw, path, setAside);
    const node = { id, name, path, ...dates, isLeaf: below.length === 0, line };
    // The root is the project itself, and no iteration that anybody plans for.
    if (pathAbove !== null) {
      line.push(node);
      all.push(node);
    }
    const ends = below.map((child) => visit(child, line, path)).filter((day) => day !== null);
    // A release without an end of its own ends with the last of its sprints.
    node.finishOn ??= ends.length === 0 ? null : ends.reduce((a, b) => (b > a ? b : a));
    return node.finishOn;
  };
  visit(root, [], null);
  const byId = new Map(all.map((one) => [one.id, one]));
  const byPath = new Map(all.map((one) => [one.path.toLowerCase(), one]));
  return {
    all,
    find: (id, path) =>
      (typeof id === 'number' ? byId.get(id) : undefined) ??
      (typeof path === 'string' ? byPath.get(path.toLowerCase()) : undefined) ??
      null,
  };
}

function datesOf(raw: unknown, path: string, setAside: SetAside[]): { startOn: Day | null; finishOn: Day | null } {
  const attributes = ownValue(raw, 'attributes');
  const dayOf = (field: string): Day | null => {
    const value = ownValue(attributes, field) ?? null;
    const day = readDay(value);
    if (value !== null && day === null) setAside.push(unusable('sprint', `${path} ${field}`, 'a day', value));
    return day;
  };
  const startOn = dayOf('startDate');
  const finishOn = dayOf('finishDate');
  if (startOn === null || finishOn === null || finishOn >= startOn) return { startOn, finishOn };
  setAside.push(unusable('sprint', `${path} finishDate`, `a day from ${startOn} on`, finishOn));
  return { startOn, finishOn: null };
}

/** An iteration with dates and nothing below it is a sprint, from the first day to the end of the last, in UTC. */
export function sprintOf({ id, name, startOn, finishOn, isLeaf }: Iteration, now: number, names: Names): Sprint | null {
  if (!isLeaf || startOn === null) return null;
  const startAt = parseInstant(`${startOn}T00:00:00Z`);
  const endAt = finishOn === null ? null : parseInstant(`${addDays(finishOn, 1)}T00:00:00Z`);
  const isClosed = endAt !== null && endAt <= now;
  const state = isClosed ? 'closed' : startAt !== null && startAt > now ? 'future' : 'active';
  return {
    id: names.sprint(id),
    name,
    goal: null,
    state,
    startAt,
    activatedAt: state === 'future' ? null : startAt,
    endAt,
    completedAt: isClosed ? endAt : null,
    boardId: null,
  };
}

/** An iteration with others below it is a milestone: a release with its sprints. */
export function versionOf(
  { id, path, startOn, finishOn, isLeaf }: Iteration,
  { project, isReleased, names }: { readonly project: string; readonly isReleased: boolean; readonly names: Names },
): Version | null {
  if (isLeaf) return null;
  return {
    id: names.version(id),
    name: path.slice(path.indexOf('\\') + 1).replaceAll('\\', ' / '),
    projectKey: project,
    startOn,
    releaseOn: finishOn,
    isReleased,
    isArchived: false,
  };
}
