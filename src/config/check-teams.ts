import { describe } from './explain-issue.ts';
import type { Explained } from './explain-issue.ts';
import { teamRules } from './schema.ts';
import type { ConfigShape } from './schema.ts';

type Project = ConfigShape['projects'][string];

/** What the shape of one team cannot say: names and rules that two of them share, and settings that do not go together. */
export function checkTeams(id: string, { teams, pool, forecast }: Project): Explained[] {
  const path = ['projects', id];
  if (teams === undefined)
    return pool === undefined
      ? []
      : [{ path: [...path, 'pool'], expected: '`teams` whose pool it is', found: `\`pool: ${pool}\` and no teams` }];
  const problems: Explained[] = [];
  const owners = new Map<string, string>();
  const claim = (kind: string, value: string, owner: string): string | null => {
    const key = `${kind} ${kind === 'assignees' ? value : value.toLowerCase()}`;
    const before = owners.get(key);
    if (before === undefined) owners.set(key, owner);
    return before ?? null;
  };
  teams.forEach((team, at) => {
    const place = [...path, 'teams', at];
    if (claim('name', team.name, team.name) !== null)
      problems.push({
        path: [...place, 'name'],
        expected: 'a name that no other team has',
        found: describe(team.name),
      });
    for (const kind of teamRules)
      team[kind].forEach((value, index) => {
        const owner = claim(kind, value, team.name);
        if (owner !== null)
          problems.push({
            path: [...place, kind, index],
            expected: `each of \`${kind}\` once (it is ${owner === team.name ? 'there already' : `one of ${owner}`})`,
            found: describe(value),
          });
      });
  });
  if (forecast?.blockers && pool !== 'shared')
    problems.push({
      path: [...path, 'forecast', 'blockers'],
      expected: 'no `blockers` where each team does its own: what another team has to finish first is not asked of it',
      found: 'true',
      hint: 'leave it out, or say `pool: shared`',
    });
  return problems;
}
