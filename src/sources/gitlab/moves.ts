import { startCode } from './cursor.ts';
import { startStream } from '../pulling/stream.ts';
import { hasStatus } from '../pulling/refusals.ts';
import type { Run } from './run.ts';
import { readProject, resolveTarget } from './targets.ts';
import type { GitlabProject } from './targets.ts';

/** A project by the id that its path had when it was first seen: that path may by now be another's. */
export async function findTarget(
  run: Run,
  targets: Record<string, readonly number[]>,
  target: string,
): Promise<readonly GitlabProject[]> {
  const ids = Object.hasOwn(targets, target) ? targets[target]! : [];
  if (ids.length === 1) {
    try {
      return [await readProject(run.client, ids[0]!)];
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
      run.log.warn({ target, id: ids[0]! }, 'the project is gone; its path is looked up anew');
    }
  }
  const projects = await resolveTarget(run.client, target);
  targets[target] = projects.map(({ id }) => id);
  return projects;
}

/** A new path changes every key: all is told again under it, for this project only. */
export function noteProject(run: Run, { id, path_with_namespace: path }: GitlabProject): void {
  const key = String(id);
  const known = run.place.projects[key];
  if (known && known.path !== path) {
    run.log.info({ from: known.path, to: path }, 'the project was renamed or moved');
    known.path = path;
    known.code = startCode();
    for (const scope of Object.values(run.place.scopes)) if (scope.issues[key]) scope.issues[key] = startStream();
  }
  run.place.projects[key] ??= { id, path, firstPath: path, code: startCode() };
}
