import { measureDeliveryFigures } from '../../../../src/core/metrics/delivery/delivery-figures.ts';
import type {
  Commit,
  DeliveryHistory,
  Deployment,
  Incident,
  PullRequest,
} from '../../../../src/core/model/delivery.ts';
import type { ProjectSettings } from '../../../../src/core/model/project.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, at, settings } from '../../../builders.ts';

export const commit = (sha: string, parents: readonly string[], when: string, more: Partial<Commit> = {}): Commit => ({
  sha,
  parents,
  authoredAt: at(when),
  committedAt: at(when),
  subject: sha,
  keys: [],
  ...more,
});
export const deploy = (id: string, when: string, sha: string | null, more: Partial<Deployment> = {}): Deployment => ({
  id,
  service: 'S',
  finishedAt: at(when),
  isSuccessful: true,
  isPlanned: true,
  remediates: null,
  sha,
  version: id,
  ...more,
});
export const pull = (id: string, mergedAt: string | null, parts: Partial<PullRequest> = {}): PullRequest => ({
  id,
  title: id,
  branch: 'b',
  openedAt: at('2026-06-01'),
  firstCommitAt: at('2026-06-01'),
  firstReviewAt: at('2026-06-02'),
  mergedAt: mergedAt === null ? null : at(mergedAt),
  closedAt: mergedAt === null ? null : at(mergedAt),
  mergeSha: null,
  shas: [],
  isBot: false,
  isHotfix: false,
  keys: [],
  ...parts,
});
export const incident = (id: string, openedAt: string, resolvedAt: string | null = null): Incident => ({
  id,
  service: 'S',
  openedAt: at(openedAt),
  resolvedAt: resolvedAt === null ? null : at(resolvedAt),
  cause: null,
});

/** root, deployed long ago; then what each test adds. */
export const root = commit('root', [], '2026-01-01');
export const first = deploy('v0', '2026-01-05', 'root');

/** Figures of the service S as of the end of June 2026. */
export function figures(
  parts: Partial<DeliveryHistory>,
  freezes: NonNullable<ProjectSettings['delivery']>['freezes'] = [],
) {
  const delivery: DeliveryHistory = {
    service: 'S',
    commits: [root],
    deployments: [first],
    incidents: [],
    hasIncidents: true,
    ...parts,
  };
  const history = aHistory({
    settings: settings({ delivery: { source: 'x', services: ['S'], freezes } }),
    services: [delivery],
  });
  return measureDeliveryFigures(viewAsOf(history, at('2026-06-30'), aCalendar()));
}
