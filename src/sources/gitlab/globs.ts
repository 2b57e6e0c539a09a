import { globTest } from '../git/normalize.ts';

/** Whether a text matches one of these globs with * and ?; false for none. */
export function anyGlob(globs: readonly string[]): (text: string) => boolean {
  const tests = globs.map(globTest);
  return (text) => tests.some((test) => test(text));
}
