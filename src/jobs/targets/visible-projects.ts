import { nearest } from '../../config/explain-issue.ts';
import type { Config } from '../../config/load.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Projects that this channel may see: its own, and those that list it under `visibleIn`. */
export function visibleProjects(config: Config, channel: string): readonly Named[] {
  return Object.entries(config.projects)
    .filter(([, project]) => project.channel === channel || project.visibleIn.includes(channel))
    .map(([id, project]) => ({ id, name: project.name ?? id }));
}

/** The project that the first of these words name, as many of them as possible, and the words that are left. */
export function findNamed(
  visible: readonly Named[],
  words: readonly string[],
): { readonly project: Named; readonly rest: readonly string[] } | null {
  for (let count = words.length; count > 0; count -= 1) {
    const wanted = words.slice(0, count).join(' ').toLowerCase();
    const project = visible.find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted);
    if (project) return { project, rest: words.slice(count) };
  }
  return null;
}

/** Those that a misspelt name may have meant. */
export function suggestionsFor(visible: readonly Named[], asked: string): readonly Named[] {
  const near = nearest(
    asked,
    visible.flatMap(({ id, name }) => [id, name]),
  );
  return visible.filter(({ id, name }) => id === near || name === near);
}
