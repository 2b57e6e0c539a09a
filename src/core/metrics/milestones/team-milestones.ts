import type { Instant } from '../../time/instant.ts';
import type { ItemView } from '../../view/view.ts';
import type { Membership } from '../teams/membership.ts';
import type { ScopeAt } from './milestone-scope.ts';
import type { Milestone } from './milestones.ts';

/** For each team, the rest last, the milestones in the same order with what it has in them; dates and ends are those of the whole. */
export function milestonesByTeam(
  milestones: readonly Milestone[],
  membership: Membership,
): readonly (readonly Milestone[])[] {
  const splits = milestones.map(({ scopeAt }) => createSplit(scopeAt, membership));
  return membership.names.map((_, team) =>
    milestones.map((milestone, index) => ({ ...milestone, scopeAt: (at: Instant) => splits[index]!(at)[team]! })),
  );
}

/** One team after the other asks for the same instant: its scope is read once. */
function createSplit(scopeAt: ScopeAt, membership: Membership): (at: Instant) => readonly (readonly ItemView[])[] {
  let last: { readonly at: Instant; readonly parts: readonly ItemView[][] } | null = null;
  return (at) => {
    if (last?.at !== at) {
      const parts = membership.names.map((): ItemView[] => []);
      for (const item of scopeAt(at)) parts[membership.teamAt(item, at)]!.push(item);
      last = { at, parts };
    }
    return last.parts;
  };
}
