import type { ConfigShape } from './schema.ts';

/** Who may decide about a project: those named for it, and those named for all. */
export function decidersOf(
  { projects, decides }: Pick<ConfigShape, 'projects' | 'decides'>,
  id: string,
): readonly string[] {
  return [...decides, ...(projects[id]?.decides ?? [])];
}
