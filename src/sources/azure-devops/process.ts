import type { Board } from '../../core/model/plan.ts';
import type { Status, StatusCategory } from '../../core/model/work-item.ts';
import type { Names } from '../pulling/names.ts';
import { ifThere } from '../pulling/refusals.ts';
import { isObject, ownValue } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';
import type { BoardsClient } from './client.ts';

/** What the process of a project says of its types and states. */
export interface Process {
  readonly statuses: readonly Status[];
  statusOf(state: string): Status;
  /** What a state says of how an item ended, with the reason that stands beside it; null while work is open. */
  resolutionOf(state: string, reason: string | null): string | null;
  typeOf(name: string): { readonly name: string; readonly isSubtask: boolean; readonly isEpic: boolean };
  /** Test cases, plans and what is hidden on every board: no work that anybody plans. */
  isWork(type: string): boolean;
}

const categories: Readonly<Record<string, StatusCategory>> = {
  proposed: 'new',
  inprogress: 'indeterminate',
  resolved: 'indeterminate',
  completed: 'done',
  removed: 'done',
};

export async function readProcess(client: BoardsClient, project: string, names: Names): Promise<Process> {
  const [types, groups, backlogs] = await Promise.all([
    client.types(project),
    client.categories(project),
    // It needs a team, which a project may be without.
    ifThere(() => client.backlogs(project)),
  ]);
  return createProcess({ types, groups, backlogs }, names);
}

export function createProcess(
  { types, groups, backlogs }: { types: readonly unknown[]; groups: readonly unknown[]; backlogs: unknown },
  names: Names,
): Process {
  const found = statesOf(types);
  const statuses = new Map<string, Status>();
  for (const { state, category } of found)
    if (!statuses.has(state))
      statuses.set(state, { id: names.status(state), name: state, category: categoryOf(category) });
  const removed = new Set(
    found.filter(({ category }) => category.toLowerCase() === 'removed').map(({ state }) => state),
  );
  const idle = typesIn(groups, ['microsoft.hiddencategory', 'microsoft.testcasecategory']);
  const bugs = typesIn(groups, ['microsoft.bugcategory']);
  const { tasks, epics } = levelsOf(backlogs);
  const isTask = (name: string) => (tasks ? tasks.has(name) : /^task$/i.test(name));
  return {
    statuses: [...statuses.values()],
    // A state that no type has any more is known from histories.
    statusOf: (state) => statuses.get(state) ?? { id: names.status(state), name: state, category: 'unknown' },
    resolutionOf(state, reason) {
      if (removed.has(state)) return /duplicate/i.test(reason ?? '') ? 'Duplicate' : "Won't Do";
      return statuses.get(state)?.category === 'done' ? resolutionOfReason(reason) : null;
    },
    typeOf: (name) => ({
      name,
      isSubtask: isTask(name) && !bugs.has(name),
      isEpic: epics ? epics.has(name) : /^(epic|feature)$/i.test(name),
    }),
    isWork: (type) => !idle.has(type),
  };
}

const categoryOf = (category: string): StatusCategory => categories[category.toLowerCase()] ?? 'unknown';

interface TypeState {
  readonly state: string;
  readonly category: string;
}

function statesOf(types: readonly unknown[]): readonly TypeState[] {
  return types.flatMap((type) => {
    const states = ownValue(type, 'states');
    return (Array.isArray(states) ? states : []).flatMap((raw: unknown): TypeState[] => {
      const state = textOf(raw, 'name');
      return state === null ? [] : [{ state, category: textOf(raw, 'category') ?? '' }];
    });
  });
}

/** Reasons for which something was closed that was not done; the rest is `Done`, whatever it is called. */
const undone: readonly (readonly [RegExp, string])[] = [
  [/duplicate/i, 'Duplicate'],
  [/(can ?not|unable to|not) reproduc/i, 'Cannot Reproduce'],
  [/as designed|not a bug|by design/i, 'Invalid'],
  [
    /deferred|obsolete|rejected|abandoned|\bcut\b|copied to backlog|removed from|overtaken|won.?t|will not/i,
    "Won't Do",
  ],
];

export function resolutionOfReason(reason: string | null): string {
  return undone.find(([pattern]) => pattern.test(reason ?? ''))?.[1] ?? 'Done';
}

function typesIn(groups: readonly unknown[], references: readonly string[]): ReadonlySet<string> {
  return new Set(
    groups
      .filter((group) => references.includes((textOf(group, 'referenceName') ?? '').toLowerCase()))
      .flatMap((group) => namesIn(ownValue(group, 'workItemTypes'))),
  );
}

/** Types of the backlog of tasks, and of those above the requirements; null where the project does not say. */
function levelsOf(backlogs: unknown): { tasks: ReadonlySet<string> | null; epics: ReadonlySet<string> | null } {
  const task = ownValue(backlogs, 'taskBacklog');
  const portfolio = ownValue(backlogs, 'portfolioBacklogs');
  return {
    tasks: isObject(task) ? new Set(namesIn(ownValue(task, 'workItemTypes'))) : null,
    epics: Array.isArray(portfolio)
      ? new Set(portfolio.flatMap((level: unknown) => namesIn(ownValue(level, 'workItemTypes'))))
      : null,
  };
}

function namesIn(types: unknown): readonly string[] {
  return (Array.isArray(types) ? types : [])
    .map((type: unknown) => textOf(type, 'name'))
    .filter((name) => name !== null);
}

const order: readonly StatusCategory[] = ['new', 'indeterminate', 'done'];

/** The states from left to right; what is done is one column, whatever each type calls it. */
export function boardOf(id: string, name: string, { statuses }: Process): Board {
  const [first, doing, done] = order.map((category) => statuses.filter((status) => status.category === category));
  const columns = [...first!, ...doing!].map((status) => ({ name: status.name, statusIds: [status.id] }));
  if (done![0]) columns.push({ name: done![0].name, statusIds: done!.map((status) => status.id) });
  return { id, name, columns };
}
