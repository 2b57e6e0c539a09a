import { RemoteError } from '../../lib/errors.ts';
import type { SourceProblem } from '../source.ts';

/** What a tool answered instead of what was expected of it; any other error is thrown. */
export function problemOf(what: string, expected: string, error: unknown): SourceProblem {
  if (!(error instanceof RemoteError)) throw error;
  return { severity: 'error', what, expected, found: error.message, todo: error.todo ?? 'run `vigie check` again' };
}
