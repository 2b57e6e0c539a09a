import type { Scope } from '../source.ts';

/** All scopes of one Vigie project in a tool: counted together, for a census of one would take the others for gone. */
export interface ScopeGroup {
  readonly id: string;
  readonly scopes: readonly Scope[];
}

export function groupsOf(scopes: readonly Scope[]): ScopeGroup[] {
  const groups = new Map<string, Scope[]>();
  for (const scope of scopes) {
    const group = groups.get(scope.id);
    if (group) group.push(scope);
    else groups.set(scope.id, [scope]);
  }
  return [...groups].map(([id, own]) => ({ id, scopes: own }));
}
