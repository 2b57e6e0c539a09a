import type { SourceId } from '../core/model/ids.ts';
import type { ConfigShape } from './schema.ts';

export type ProjectConfig = ConfigShape['projects'][string];
export type ScopeConfig = ProjectConfig['scope'];

/** Where the items of a project are, its own tool first; of one source, or of all. */
export function scopesOf({ scope, alsoIn }: ProjectConfig, source?: SourceId): readonly ScopeConfig[] {
  const all = [scope, ...alsoIn];
  return source === undefined ? all : all.filter((one) => one.source === source);
}
