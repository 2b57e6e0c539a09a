import { z } from 'zod';
import { RemoteError } from '../../lib/errors.ts';
import { hasStatus } from '../pulling/refusals.ts';
import { nameOf } from './queries.ts';
import type { Run } from './run.ts';

const schema = z.object({
  id: z.number().int(),
  full_name: z.string().regex(/^[^/]+\/[^/]+$/),
  default_branch: z.string().min(1),
  has_issues: z.boolean().nullish(),
  archived: z.boolean().nullish(),
});
export type GithubRepository = z.infer<typeof schema>;

/** A repository by the id that its name had when it was first seen: that name may by now be another's. */
export async function resolveRepository(
  run: Pick<Run, 'client' | 'log'>,
  targets: Record<string, number>,
  name: string,
): Promise<GithubRepository> {
  const known = Object.hasOwn(targets, name) ? targets[name] : undefined;
  if (known !== undefined) {
    try {
      return repositoryOf(await run.client.repositoryById(known));
    } catch (error) {
      if (!hasStatus(error, 404)) throw error;
      run.log.warn({ name, id: known }, 'the repository is gone; its name is looked up anew');
    }
  }
  const found = repositoryOf(await run.client.repository(nameOf(name)));
  targets[name] = found.id;
  return found;
}

export const isRepositoryName = (name: string): boolean => /^[\w.-]+\/[\w.-]+$/.test(name);

function repositoryOf(raw: unknown): GithubRepository {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw new RemoteError('github', 'GitHub answered a repository in a shape that Vigie does not know', {
    todo: 'check that `host` is the address of a GitHub',
  });
}
