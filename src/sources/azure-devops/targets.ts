import { z } from 'zod';
import { RemoteError } from '../../lib/errors.ts';
import { hasStatus } from '../pulling/refusals.ts';
import type { Scope } from '../source.ts';
import { strange } from './client.ts';
import type { BoardsClient } from './client.ts';

const projectSchema = z.object({ id: z.string().min(1), name: z.string().min(1) });
export type Project = z.infer<typeof projectSchema>;

/** What a scope names: a project, or one area of it with all that is below. */
export interface Target {
  /** As it stands in the config: `Shop`, `Shop/Payments`. */
  readonly name: string;
  readonly project: Project;
  /** `Shop\Payments`; null for the whole project. */
  readonly area: string | null;
}

/** The project of a scope and the path below it; either slash will do, for in YAML the backward one is a trap. */
export function partsOf(scope: Scope): {
  readonly name: string;
  readonly project: string;
  readonly below: string | null;
} {
  const name = scope.project;
  const [project, ...rest] = (name ?? '').split(/[\\/]/).map((part) => part.trim());
  if (name === null || !project || scope.jql !== null || rest.includes('')) {
    throw new RemoteError('azure-devops', `the scope of ${scope.id} names no project of Azure DevOps`, {
      status: 400,
      todo: 'write `project: Shop`, or an area of it, `project: Shop/Payments`, into its scope, and no `jql`',
    });
  }
  return { name, project, below: rest.length === 0 ? null : rest.join('\\') };
}

/** `known` is the id that the project had when it was first seen, so that a new name does not lose it. */
export async function resolveTarget(client: BoardsClient, scope: Scope, known: string | undefined): Promise<Target> {
  const { name, project: written, below } = partsOf(scope);
  const project = projectOf(await client.project(known ?? written));
  if (below === null) return { name, project, area: null };
  try {
    await client.area(project.id, below);
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    throw new RemoteError('azure-devops', `the project ${project.name} has no area ${below}`, {
      status: 404,
      todo: 'correct the part after the name of the project: areas stand in Project settings, Project configuration',
      cause: error,
    });
  }
  return { name, project, area: `${project.name}\\${below}` };
}

function projectOf(raw: unknown): Project {
  const parsed = projectSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw strange('a project');
}

/** The question for the ids of a target above `after`, in order: what changes meanwhile moves no page. */
export function idsQuery({ project, area }: Target, { after, since }: { after: number; since: string | null }): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const conditions = [
    `[System.TeamProject] = ${quoted(project.name)}`,
    ...(area === null ? [] : [`[System.AreaPath] UNDER ${quoted(area)}`]),
    "[System.WorkItemType] NOT IN GROUP 'Microsoft.HiddenCategory'",
    "[System.WorkItemType] NOT IN GROUP 'Microsoft.TestCaseCategory'",
    ...(since === null ? [] : [`[System.ChangedDate] >= ${quoted(since)}`]),
    `[System.Id] > ${after}`,
  ];
  return `SELECT [System.Id] FROM WorkItems WHERE ${conditions.join(' AND ')} ORDER BY [System.Id]`;
}

/** Whether an area is that of the target or below it. */
export function isInArea({ area }: Target, path: string | null): boolean {
  if (area === null) return true;
  const [own, other] = [area.toLowerCase(), path?.toLowerCase() ?? ''];
  return other === own || other.startsWith(`${own}\\`);
}
