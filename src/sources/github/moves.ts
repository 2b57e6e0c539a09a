import { startCode } from './cursor.ts';
import { startStream } from '../pulling/stream.ts';
import type { Run } from './run.ts';
import type { GithubRepository } from './targets.ts';

/** A new name changes every key: all is told again under it, for this repository only. */
export function noteRepository(run: Run, { id, full_name: path }: GithubRepository): void {
  const key = String(id);
  const known = run.place.repositories[key];
  if (known && known.path !== path) {
    run.log.info({ from: known.path, to: path }, 'the repository was renamed or transferred');
    known.path = path;
    known.code = startCode();
    for (const scope of Object.values(run.place.scopes)) if (scope.issues[key]) scope.issues[key] = startStream();
  }
  run.place.repositories[key] ??= { id, path, firstPath: path, code: startCode() };
}
