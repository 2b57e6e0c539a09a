import { ConfigError } from '../../lib/errors.ts';
import type { Problem } from '../../lib/errors.ts';
import type { Scope } from '../source.ts';

/** Which projects of the config an issue of this Jira project belongs to. */
export interface ExportScopes {
  readonly ids: readonly string[];
  scopesOf(projectKey: string): readonly string[];
  /** Project keys that scopes ask for by name. */
  readonly wantedKeys: ReadonlyMap<string, readonly string[]>;
  /** Changes when a scope does, so that an export read for other scopes is read again. */
  readonly signature: string;
}

const key = String.raw`(?:"[^"]+"|'[^']+'|[\w-]+)`;
const oneProject = new RegExp(String.raw`^\s*project\s*=\s*(${key})\s*$`, 'i');
const someProjects = new RegExp(String.raw`^\s*project\s+in\s*\(\s*(${key}(?:\s*,\s*${key})*)\s*\)\s*$`, 'i');

/** Files cannot be searched: of JQL only the naming of projects is understood. Throws ConfigError for anything else. */
export function readScopes(scopes: readonly Scope[]): ExportScopes {
  const problems: Problem[] = [];
  const wanted = new Map<string, readonly string[] | null>();
  for (const scope of scopes) {
    const keys = scope.jql === null ? null : projectsOfJql(scope.jql);
    if (scope.jql !== null && keys === null) problems.push(unreadableJql(scope, scope.jql));
    wanted.set(scope.id, keys ?? (scope.project === null ? null : [scope.project]));
  }
  if (problems.length > 0) throw new ConfigError(problems);
  const ids = [...wanted.keys()];
  return {
    ids,
    scopesOf: (projectKey) => ids.filter((id) => wanted.get(id)?.includes(projectKey) ?? true),
    wantedKeys: new Map([...wanted].flatMap(([id, keys]) => (keys === null ? [] : [[id, keys] as const]))),
    signature: [...wanted].map(([id, keys]) => `${id}=${keys?.join('+') ?? '*'}`).join('|'),
  };
}

function projectsOfJql(jql: string): string[] | null {
  const list = oneProject.exec(jql)?.[1] ?? someProjects.exec(jql)?.[1];
  return list ? list.split(',').map((word) => word.trim().replaceAll(/^["']|["']$/g, '')) : null;
}

function unreadableJql(scope: Scope, jql: string): Problem {
  return {
    where: 'config',
    path: `projects.${scope.id}.scope.jql`,
    expected: 'for a jira-export `project = KEY` or `project in (KEY, ...)`, since files cannot be searched',
    found: JSON.stringify(jql),
    hint: `use "project: KEY" in the scope, or export only what this JQL finds`,
  };
}
