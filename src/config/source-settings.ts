import { sourceKinds } from '../sources/registry.ts';
import type { SourceKind } from '../sources/source.ts';
import { describe, explainIssues, nearest } from './explain-issue.ts';
import type { Explained } from './explain-issue.ts';

/** One source of the config: its kind and the settings that this kind checked. */
export interface SourceSettings {
  readonly kind: SourceKind;
  readonly settings: unknown;
}

/** Each source's own settings against the shape that its kind declares. */
export function checkSourceSettings(sources: unknown): {
  settings: Readonly<Record<string, SourceSettings>>;
  problems: Explained[];
} {
  const settings: Record<string, SourceSettings> = {};
  const problems: Explained[] = [];
  if (typeof sources !== 'object' || sources === null || Array.isArray(sources)) return { settings, problems };
  for (const [id, value] of Object.entries(sources)) {
    if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string') continue;
    const { kind: name, ...rest } = value;
    const kind = Object.hasOwn(sourceKinds, name) ? sourceKinds[name] : undefined;
    if (!kind) {
      const known = Object.keys(sourceKinds);
      const near = nearest(name, known);
      problems.push({
        path: ['sources', id, 'kind'],
        expected: `one of ${known.join(', ')}`,
        found: describe(name),
        ...(near ? { hint: `did you mean "${near}"?` } : {}),
      });
      continue;
    }
    const result = kind.config.safeParse(rest);
    if (result.success) settings[id] = { kind, settings: result.data };
    else
      problems.push(
        ...explainIssues(kind.config, rest, result.error.issues).map((one) => ({
          ...one,
          path: ['sources', id, ...one.path],
        })),
      );
  }
  return { settings, problems };
}
