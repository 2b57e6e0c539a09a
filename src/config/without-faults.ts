import type { z } from 'zod';

/** Keys whose entries others name. */
const named = ['sources', 'projects', 'programmes', 'calendars'];

/**
 * The value without what these issues are about, so that names which lead nowhere are told beside them. Null where an
 * entry itself would go: whoever names it would be told that it was never written.
 */
export function withoutFaults(value: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const rest = structuredClone(value);
  for (const issue of issues) {
    if (issue.path.length <= 2 && named.includes(String(issue.path[0])) && issue.code !== 'unrecognized_keys')
      return null;
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [[...issue.path]];
    for (const path of paths) remove(rest, path);
  }
  return rest;
}

/** Of a list nothing is removed: what follows would be told at another place. */
function remove(value: unknown, path: readonly PropertyKey[]): void {
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | null | undefined)?.[step], value);
  if (typeof parent === 'object' && parent !== null && !Array.isArray(parent))
    Reflect.deleteProperty(parent, path.at(-1)!);
}
