import type { Trust } from '../metrics/trust.ts';
import { hourMs } from '../time/instant.ts';
import type { Instant } from '../time/instant.ts';
import type { ProjectDigest } from './project-report.ts';

/** Trust in all projects together: the oldest data, and all that is missing anywhere. */
export function mergedTrust(trusts: readonly Trust[]): Trust {
  const known = trusts.flatMap(({ dataAt }) => dataAt ?? []);
  const sum = (of: (trust: Trust) => number) => trusts.reduce((total, trust) => total + of(trust), 0);
  const names = (of: (trust: Trust) => readonly string[]) => [...new Set(trusts.flatMap(of))].sort();
  return {
    dataAt: known.length === 0 ? null : known.reduce((a, b) => Math.min(a, b)),
    items: sum(({ items }) => items),
    complete: trusts.every(({ complete }) => complete),
    unmappedStatuses: names(({ unmappedStatuses }) => unmappedStatuses),
    truncatedHistories: sum(({ truncatedHistories }) => truncatedHistories),
    setAside: sum(({ setAside }) => setAside),
    failedSources: names(({ failedSources }) => failedSources),
    lateFacts: sum(({ lateFacts }) => lateFacts),
  };
}

/** Names of the projects whose data is older than so many hours, or of which none was pulled. */
export function staleProjects(digests: readonly ProjectDigest[], asOf: Instant, hours: number): readonly string[] {
  return digests
    .filter(({ trust }) => trust.dataAt !== null && asOf - trust.dataAt > hours * hourMs)
    .map(({ project }) => project.name)
    .sort((a, b) => a.localeCompare(b));
}
