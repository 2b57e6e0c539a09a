import { scopesOf } from '../config/scopes-of.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { JobContext } from './context.ts';

/** Links to items, built from the hosts of the config only: an address in the data is never followed. */
export function itemUrls({ config }: JobContext, id: ProjectId): (key: string) => string | null {
  const sources = scopesOf(config.projects[id]!).flatMap(({ source }) => config.sources[source] ?? []);
  return (key) => {
    for (const { kind, settings } of sources) {
      const url = kind.itemUrl?.(settings, key);
      if (url) return url;
    }
    return null;
  };
}
