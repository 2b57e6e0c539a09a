import type { ItemKey } from '../../model/ids.ts';
import type { TeamRule } from '../../model/team-settings.ts';
import { keysOf, projectOfKey } from '../../view/item-key.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { membershipOf } from './membership.ts';

type Kind = Exclude<keyof TeamRule, 'name'>;

/** A name in the rule of a team that no item of the project bears, done ones included: a slip of the pen, or not used yet. */
export interface IdleName {
  /** Place of the team in the settings. */
  readonly team: number;
  readonly kind: Kind;
  /** Place in its list. */
  readonly index: number;
  readonly value: string;
  /** Names of that kind that there are, the most frequent first. */
  readonly known: readonly string[];
}

export interface TeamsInUse {
  /** Items that were looked at. */
  readonly items: number;
  readonly idle: readonly IdleName[];
  /** Open items that more than one rule takes. */
  readonly claimedTwice: readonly ItemKey[];
}

/** How the rules of teams fit the items that there are at as-of; null in a project without teams. */
export function teamsInUse(view: ProjectView): TeamsInUse | null {
  const membership = membershipOf(view);
  if (membership === null) return null;
  const { counted, asOf } = view;
  const open = counted.filter(({ isDone }) => !isDone);
  return {
    items: counted.length,
    idle: view.settings.teams!.rules.flatMap((rule, team) => idleNames(view, rule, team)),
    claimedTwice: keysOf(open.filter((item) => membership.takersAt(item, asOf).length > 1)),
  };
}

function idleNames(view: ProjectView, rule: TeamRule, team: number): readonly IdleName[] {
  const boards = new Map(view.sprints.map(({ sprint: { id, boardId } }) => [id, boardId]));
  const namesOf: Readonly<Record<Kind, (item: ItemView) => readonly (string | null | undefined)[]>> = {
    components: ({ components }) => components,
    labels: ({ labels }) => labels,
    assignees: ({ assignee }) => [assignee],
    boards: ({ sprintIds }) => sprintIds.map((id) => boards.get(id)),
    projects: ({ key }) => [projectOfKey(key)],
  };
  const kinds = (Object.keys(namesOf) as Kind[]).filter((kind) => rule[kind].length > 0);
  return kinds.flatMap((kind) => {
    const counts = new Map<string, number>();
    for (const item of view.counted)
      for (const name of namesOf[kind](item)) if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
    const known = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
    const same = (one: string, other: string) =>
      kind === 'assignees' ? one === other : one.toLowerCase() === other.toLowerCase();
    return rule[kind].flatMap((value, index) =>
      known.some((name) => same(name, value)) ? [] : [{ team, kind, index, value, known }],
    );
  });
}
