import type { DeliveryHistory, Deployment, PullRequest } from '../../../../src/core/model/delivery.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { at, statuses } from '../../../builders.ts';

/** A shop that is deployed on Tuesdays and Thursdays from January to June 2026; from 1 May on everything takes longer. */
export function aShop(title = 'Pay with a card'): DeliveryHistory {
  const pullRequests: PullRequest[] = [];
  const deployments: Deployment[] = [];
  let day: Day = '2026-01-06';
  for (let index = 0; day < '2026-06-20'; index += 1) {
    const isSlow = day >= '2026-05-01';
    const hours = (isSlow ? 120 : 20) + (index % 7);
    const finishedAt = at(`${day}T14:00:00Z`);
    const mergedAt = finishedAt - 3 * 3_600_000;
    pullRequests.push({
      id: `shop#${index + 1}`,
      title,
      branch: `APO-${index + 1}-card`,
      openedAt: mergedAt - 5 * 3_600_000,
      firstCommitAt: finishedAt - hours * 3_600_000,
      firstReviewAt: index % 5 === 0 ? null : mergedAt - 3_600_000,
      mergedAt,
      closedAt: mergedAt,
      mergeSha: `m${index}`,
      shas: [`c${index}`],
      isBot: false,
      isHotfix: index === 35,
      keys: index % 4 === 3 ? [] : [`APO-${(index % 6) + 1}`],
    });
    deployments.push({
      id: `run-${index}`,
      service: 'shop',
      finishedAt,
      isSuccessful: index % 11 !== 9,
      isPlanned: true,
      remediates: null,
      sha: `m${index}`,
      version: index % 3 === 0 ? `1.${index}.0` : null,
    });
    day = addDays(day, index % 2 === 0 ? 2 : 5);
  }
  const commits = pullRequests.map(({ mergeSha, mergedAt, title: subject, keys }, index) => ({
    sha: mergeSha!,
    parents: index === 0 ? [] : [`m${index - 1}`],
    authoredAt: mergedAt!,
    committedAt: mergedAt!,
    subject,
    keys,
  }));
  return {
    service: 'shop',
    commits,
    pullRequests,
    deployments,
    incidents: [
      {
        id: 'INC-7',
        service: 'shop',
        openedAt: at('2026-03-17T16:00:00Z'),
        resolvedAt: at('2026-03-17T20:00:00Z'),
        cause: null,
      },
      {
        id: 'INC-8',
        service: 'shop',
        openedAt: at('2026-05-07T15:00:00Z'),
        resolvedAt: at('2026-05-12T14:30:00Z'),
        cause: null,
      },
      { id: 'INC-9', service: 'shop', openedAt: at('2026-05-14T15:00:00Z'), resolvedAt: null, cause: null },
    ],
    hasIncidents: true,
  };
}

export const doneInMay = [
  ['2026-03-02T08:00:00Z', statuses.doing],
  ['2026-05-11T08:00:00Z', statuses.done],
] as const;

const dayMs = 86_400_000;

/** The same shop so many days later. */
export function later(shop: DeliveryHistory, days: number): DeliveryHistory {
  const by = days * dayMs;
  const moved = (when: number | null) => (when === null ? null : when + by);
  return {
    ...shop,
    commits: shop.commits.map((one) => ({
      ...one,
      authoredAt: one.authoredAt + by,
      committedAt: one.committedAt + by,
    })),
    pullRequests: (shop.pullRequests ?? []).map((one) => ({
      ...one,
      openedAt: one.openedAt + by,
      firstCommitAt: moved(one.firstCommitAt),
      firstReviewAt: moved(one.firstReviewAt),
      mergedAt: moved(one.mergedAt),
      closedAt: moved(one.closedAt),
    })),
    deployments: shop.deployments.map((one) => ({ ...one, finishedAt: one.finishedAt + by })),
    incidents: shop.incidents.map((one) => ({
      ...one,
      openedAt: one.openedAt + by,
      resolvedAt: moved(one.resolvedAt),
    })),
  };
}
