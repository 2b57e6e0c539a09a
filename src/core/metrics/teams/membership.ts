import type { TeamRule } from '../../model/team-settings.ts';
import type { Instant } from '../../time/instant.ts';
import { projectOfKey } from '../../view/item-key.ts';
import { valueAt } from '../../view/timeline.ts';
import type { Timeline } from '../../view/timeline.ts';
import type { ItemPast, ItemView, ProjectView } from '../../view/view.ts';

/** Which team each item of a project belongs to. Teams are told by their place: that of the rest is the last. */
export interface Membership {
  /** Names in order of the settings; null, at the end, is the rest: what no rule takes. */
  readonly names: readonly (string | null)[];
  /** As known at an instant up to as-of. */
  teamAt(item: ItemView, at: Instant): number;
  /** Whether it was in that team all the time. */
  isAlwaysIn(item: ItemView, team: number): boolean;
  /** Whether it ever was. */
  wasIn(item: ItemView, team: number): boolean;
  /** Every team whose rule takes it at an instant: more than one where rules overlap. */
  takersAt(item: ItemView, at: Instant): readonly number[];
}

const known = new WeakMap<ProjectView, Membership | null>();

/** Null in a project without teams. Each item is read once a view. */
export function membershipOf(view: ProjectView): Membership | null {
  const before = known.get(view);
  if (before !== undefined) return before;
  const made = view.settings.teams ? createMembership(view, view.settings.teams.rules) : null;
  known.set(view, made);
  return made;
}

function createMembership(view: ProjectView, rules: readonly TeamRule[]): Membership {
  const tests = rules.map((rule) => createTest(view, rule));
  const pasts = pastsOf(rules);
  const rest = rules.length;
  const takerAt = (item: ItemView, at: Instant) => {
    const first = tests.findIndex((test) => test(item, at));
    return first === -1 ? rest : first;
  };
  // Most items stay where they are: their team is a number, that of the others a timeline.
  const teams = new Map<ItemView, number | Timeline<number>>();
  const teamOf = (item: ItemView) => {
    let team = teams.get(item);
    if (team === undefined) teams.set(item, (team = readTeam(item)));
    return team;
  };
  const readTeam = (item: ItemView): number | Timeline<number> => {
    const instants = new Set<Instant>();
    for (const past of pasts) for (const { at } of item.past[past].slice(1)) instants.add(at);
    let last = takerAt(item, -Infinity);
    const steps: [{ at: Instant; value: number }, ...{ at: Instant; value: number }[]] = [
      { at: -Infinity, value: last },
    ];
    for (const at of [...instants].sort((a, b) => a - b)) {
      const team = takerAt(item, at);
      if (team !== last) steps.push({ at, value: (last = team) });
    }
    return steps.length === 1 ? last : steps;
  };
  return {
    names: [...rules.map(({ name }) => name), null],
    teamAt: (item, at) => {
      const team = teamOf(item);
      return typeof team === 'number' ? team : valueAt(team, at);
    },
    isAlwaysIn: (item, team) => teamOf(item) === team,
    wasIn: (item, team) => {
      const own = teamOf(item);
      return typeof own === 'number' ? own === team : own.some(({ value }) => value === team);
    },
    takersAt: (item, at) => tests.flatMap((test, team) => (test(item, at) ? [team] : [])),
  };
}

type Used = 'components' | 'labels' | 'assignee' | 'sprints';

/** The fields whose changes may move an item from one team to another. */
function pastsOf(rules: readonly TeamRule[]): readonly Used[] {
  const given: Readonly<Record<Used, (rule: TeamRule) => readonly string[]>> = {
    components: ({ components }) => components,
    labels: ({ labels }) => labels,
    assignee: ({ assignees }) => assignees,
    sprints: ({ boards }) => boards,
  };
  return (Object.keys(given) as Used[]).filter((past) => rules.some((rule) => given[past](rule).length > 0));
}

type Test = (item: ItemView, at: Instant) => boolean;

function createTest(view: ProjectView, rule: TeamRule): Test {
  const components = lowered(rule.components);
  const labels = lowered(rule.labels);
  const assignees = new Set(rule.assignees);
  const projects = lowered(rule.projects);
  const boards = new Set(rule.boards);
  const sprints = new Set(
    view.sprints.flatMap(({ sprint: { id, boardId } }) => (boardId !== null && boards.has(boardId) ? [id] : [])),
  );
  const hasOne = (past: ItemPast['labels'], wanted: ReadonlySet<string>, at: Instant) =>
    wanted.size > 0 && valueAt(past, at).some((name) => wanted.has(name.toLowerCase()));
  return (item, at) => {
    const { past, key } = item;
    if (hasOne(past.components, components, at) || hasOne(past.labels, labels, at)) return true;
    if (projects.size > 0 && projects.has(projectOfKey(key).toLowerCase())) return true;
    if (sprints.size > 0 && sprints.has(valueAt(past.sprints, at).at(-1) ?? '')) return true;
    const assignee = assignees.size > 0 ? valueAt(past.assignee, at) : null;
    return assignee !== null && assignees.has(assignee);
  };
}

function lowered(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.trim().toLowerCase()));
}
