import type { ProjectId } from '../core/model/ids.ts';
import type { JobContext } from './context.ts';

/** Links to items, built from the host of the config only: an address in the data is never followed. */
export function itemUrls({ config }: JobContext, id: ProjectId): (key: string) => string | null {
  const source = config.sources[config.projects[id]!.scope.source];
  const host = (source?.settings as { host?: unknown } | undefined)?.host;
  return (key) => (typeof host === 'string' ? `${host.replace(/\/+$/, '')}/browse/${encodeURIComponent(key)}` : null);
}
