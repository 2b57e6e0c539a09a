/** A glob with * and ? as an expression for the whole name. */
export function globTest(glob: string): (name: string) => boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${pattern}$`, 'u');
  return (name) => expression.test(name);
}

/** Whether a text matches one of these globs with * and ?; false for none. */
export function anyGlob(globs: readonly string[]): (text: string) => boolean {
  const tests = globs.map(globTest);
  return (text) => tests.some((test) => test(text));
}
