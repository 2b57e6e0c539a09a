import type { Commit, DeliveryHistory, PullRequest } from '../../model/delivery.ts';
import type { Instant } from '../../time/instant.ts';

type Merged = PullRequest & { readonly mergedAt: Instant; readonly mergeSha: string };

/**
 * The commits of a service. Where no source tells of any, its merged pull requests stand for them: each became one commit,
 * on top of the one that was merged before it.
 */
export function commitsOf({
  commits,
  pullRequests = [],
}: Pick<DeliveryHistory, 'commits' | 'pullRequests'>): readonly Commit[] {
  if (commits.length > 0) return commits;
  const merged = pullRequests
    .filter((one): one is Merged => one.mergedAt !== null && one.mergeSha !== null)
    .sort((a, b) => a.mergedAt - b.mergedAt || (a.id < b.id ? -1 : 1));
  return merged.map(({ mergeSha, mergedAt, title, keys }, index) => ({
    sha: mergeSha,
    parents: index === 0 ? [] : [merged[index - 1]!.mergeSha],
    authoredAt: mergedAt,
    committedAt: mergedAt,
    subject: title,
    keys,
  }));
}
