import type { LinearDocument as Linear } from '@linear/sdk';
import { RemoteError } from '../../lib/errors.ts';
import { ownValue } from '../reading/values.ts';
import type { Scope } from '../source.ts';
import type { LinearClient } from './client.ts';
import type { TargetId } from './cursor.ts';
import { textOf } from '../reading/text-of.ts';

export interface Team {
  readonly id: string;
  readonly key: string;
  readonly name: string;
}

/** What a scope names: a team with all its issues, or a project, which several teams may work on. */
export interface Target {
  readonly kind: TargetId['kind'];
  readonly id: string;
  readonly name: string;
  /** Teams whose cycles and states it uses. */
  readonly teamIds: readonly string[];
}

export async function readTeams(client: LinearClient): Promise<readonly Team[]> {
  return (await client.teams()).flatMap((raw): Team[] => {
    const id = textOf(raw, 'id');
    const key = textOf(raw, 'key');
    return id !== null && key !== null ? [{ id, key, name: textOf(raw, 'name') ?? key }] : [];
  });
}

/** A team by its key, or a project by its address, the id at the end of it, or its name. */
export async function resolveTarget(client: LinearClient, teams: readonly Team[], scope: Scope): Promise<Target> {
  const name = nameOf(scope);
  const team = teams.find(({ id, key }) => id === name || key.toLowerCase() === name.toLowerCase());
  if (team) return teamTarget(team);
  const [first, ...others] = (await client.projects(projectNamed(name))).map(projectTarget);
  if (first && others.length === 0) return first;
  throw new RemoteError(
    'linear',
    first
      ? `several projects in Linear are called ${name}`
      : `Linear has no team with the key ${name} and no such project`,
    {
      status: first ? 400 : 404,
      todo: first
        ? 'write the address of the project into the scope instead of its name'
        : 'write the key of a team (`project: ENG`) or the address of a project into the scope, and see that the owner of the key may see it',
    },
  );
}

/** By id, so that another key or name does not lose it; null when it is gone. */
export async function readTarget(
  client: LinearClient,
  teams: readonly Team[],
  { kind, id }: TargetId,
): Promise<Target | null> {
  if (kind === 'team') {
    const team = teams.find((one) => one.id === id);
    return team ? teamTarget(team) : null;
  }
  const [project] = await client.projects({ id: { eq: id } });
  return project === undefined ? null : projectTarget(project);
}

export function issueFilter({ kind, id }: TargetId): Linear.IssueFilter {
  return kind === 'team' ? { team: { id: { eq: id } } } : { project: { id: { eq: id } } };
}

export function nameOf(scope: Scope): string {
  if (scope.project === null || scope.jql !== null) {
    throw new RemoteError('linear', `the scope of ${scope.id} names no team or project of Linear`, {
      status: 400,
      todo: 'write `project: ENG` (the key of a team, or the address of a project) into its scope, and no `jql`',
    });
  }
  return scope.project;
}

function projectNamed(name: string): Linear.ProjectFilter {
  // linear.app/acme/project/checkout-3f2a1b0c9d8e/overview: the name before the id may change, the id does not.
  const slug = /(?:^|-)([0-9a-f]{12})(?:[/?#]|$)/.exec(name.replace(/^.*\/project\//, ''));
  if (slug) return { slugId: { eq: slug[1]! } };
  return /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(name)
    ? { id: { eq: name.toLowerCase() } }
    : { name: { eqIgnoreCase: name } };
}

function teamTarget({ id, name }: Team): Target {
  return { kind: 'team', id, name, teamIds: [id] };
}

function projectTarget(raw: unknown): Target {
  const teams = ownValue(ownValue(raw, 'teams'), 'nodes');
  const teamIds = (Array.isArray(teams) ? teams : []).map((team: unknown) => ownValue(team, 'id'));
  return {
    kind: 'project',
    id: String(ownValue(raw, 'id')),
    name: textOf(raw, 'name') ?? '',
    teamIds: teamIds.filter((id) => typeof id === 'string'),
  };
}
