import { z } from 'zod';
import { RemoteError } from '../../lib/errors.ts';
import { allOf } from './client.ts';
import type { GitlabClient } from './client.ts';
import { hasStatus } from '../pulling/refusals.ts';

const projectSchema = z.object({
  id: z.number().int(),
  path_with_namespace: z.string().min(1),
  default_branch: z.string().nullish(),
  issues_access_level: z.string().nullish(),
  issues_enabled: z.boolean().nullish(),
  repository_access_level: z.string().nullish(),
  merge_requests_access_level: z.string().nullish(),
});
export type GitlabProject = z.infer<typeof projectSchema>;

/** More projects than this in one group are a portfolio, not a project. */
export const mostProjects = 50;

/** What a scope names: one project by path or id, or all of a small group. */
export async function resolveTarget(client: GitlabClient, target: string): Promise<readonly GitlabProject[]> {
  const id = /^\d+$/.test(target) ? Number(target) : target;
  try {
    return [projectOf(await client.project(id))];
  } catch (error) {
    if (!hasStatus(error, 404) || typeof id === 'number') throw error;
    const projects = await projectsOfGroup(client, id);
    if (projects === null) throw error;
    return projects;
  }
}

/** By id, so that a move does not lose it. */
export async function readProject(client: GitlabClient, id: number): Promise<GitlabProject> {
  return projectOf(await client.project(id));
}

async function projectsOfGroup(client: GitlabClient, group: string): Promise<readonly GitlabProject[] | null> {
  let raws: readonly unknown[];
  try {
    raws = await allOf((page) => client.groupProjects(group, page));
  } catch (error) {
    if (hasStatus(error, 404)) return null;
    throw error;
  }
  if (raws.length > mostProjects) {
    throw new RemoteError('gitlab', `the group ${group} has ${raws.length} projects, more than ${mostProjects}`, {
      status: 400,
      todo: 'give each Vigie project the GitLab projects that are its own, in `scope` and `alsoIn`',
    });
  }
  return raws.map(projectOf);
}

function projectOf(raw: unknown): GitlabProject {
  const parsed = projectSchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new RemoteError('gitlab', 'GitLab answered a project in a shape that Vigie does not know', {
    todo: 'check that `host` is the address of a GitLab, path prefix included',
  });
}
