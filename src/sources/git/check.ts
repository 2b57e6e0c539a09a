import { RemoteError } from '../../lib/errors.ts';
import { globTest } from '../reading/globs.ts';
import type { SourceProblem } from '../source.ts';
import { isShallow, readRepository } from './read-repository.ts';
import type { GitSettings } from './settings.ts';

/** Can the repository be read, and does it have releases? */
export async function checkGit({ path, tags }: GitSettings): Promise<readonly SourceProblem[]> {
  try {
    const repository = await readRepository(path);
    const isRelease = globTest(tags);
    const problems: SourceProblem[] = [];
    if (await isShallow(path)) {
      problems.push({
        severity: 'warning',
        what: 'repository',
        expected: 'a clone with its whole past',
        found: 'a shallow clone',
        todo: 'run `git fetch --unshallow` in it: without its past nobody can tell what a release brought',
      });
    }
    if (repository.tags.some((line) => isRelease(line.split('\t', 1)[0]!))) return problems;
    return [
      ...problems,
      {
        severity: 'warning',
        what: 'releases',
        expected: `tags called ${tags}`,
        found: `${repository.tags.length} tags, none of them so`,
        todo: 'set `tags` of this source to a glob that your release tags match',
      },
    ];
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    return [
      {
        severity: 'error',
        what: 'repository',
        expected: 'one that can be read',
        found: error.message,
        todo: error.todo ?? '',
      },
    ];
  }
}
