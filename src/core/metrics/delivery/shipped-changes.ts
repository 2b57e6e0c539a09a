import type { DeliveryHistory, Deployment } from '../../model/delivery.ts';
import type { Instant } from '../../time/instant.ts';
import { changesOf } from './change.ts';
import type { Change, Changes } from './change.ts';
import { inOrder, reachOf } from './reach.ts';
import type { Reach } from './reach.ts';
import { commitsOf } from './trunk.ts';

/** A change and the deployment that first brought it to the users. */
export interface ShippedChange {
  readonly change: Change;
  readonly deployment: Deployment;
}

export interface Shipped extends Omit<Changes, 'changes'> {
  /** In order of the deployment; those of the first one of all are left out. */
  readonly changes: readonly ShippedChange[];
  /** What no deployment has brought yet. */
  readonly waiting: readonly Change[];
  /** Merged, and none of its commits is known: to another branch, or before the commits that are read. */
  readonly elsewhere: readonly Change[];
  /** Whether no deployment names a known commit, so that each change went with the first one after its merge. */
  readonly isByTime: boolean;
  readonly rollbacks: Reach['rollbacks'];
}

/**
 * Which deployment first brought which change (metrics.md 5.2): by what the change became, or a copy of it, else by the
 * first of its own commits that a deployment reached; by time alone only where no deployment names a known commit, and
 * then only what was merged. The first deployment of all brings the whole past, which tells nothing of lead times: its
 * changes are left out. A rollback brings none.
 */
export function shippedChanges(delivery: DeliveryHistory): Shipped {
  const { changes, ...rest } = changesOf(delivery);
  const reach = reachOf(commitsOf(delivery), delivery.deployments);
  const isByTime = reach.deployments.length === 0;
  const deployments = isByTime ? inOrder(delivery.deployments) : reach.deployments;
  const placeOf = isByTime ? (change: Change) => placeByTime(change, deployments) : placeByCommit(reach);
  const shipped: { readonly change: Change; readonly place: number }[] = [];
  const known = new Set(delivery.commits.map(({ sha }) => sha));
  const isKnown = ({ shas, parts }: Change) => known.size === 0 || [...shas, ...parts].some((sha) => known.has(sha));
  const waiting: Change[] = [];
  const elsewhere: Change[] = [];
  for (const change of changes) {
    const place = placeOf(change);
    if (place === null) (isKnown(change) ? waiting : elsewhere).push(change);
    else if (place > 0) shipped.push({ change, place });
  }
  return {
    ...rest,
    isByTime,
    rollbacks: reach.rollbacks,
    waiting,
    elsewhere,
    changes: shipped
      .sort((a, b) => a.place - b.place)
      .map(({ change, place }) => ({ change, deployment: deployments[place]! })),
  };
}

function placeByCommit({ reachedBy }: Reach): (change: Change) => number | null {
  const first = (shas: readonly string[]): number | null =>
    shas.reduce<number | null>((least, sha) => {
      const place = reachedBy.get(sha);
      return place === undefined || (least !== null && least <= place) ? least : place;
    }, null);
  return ({ shas, parts }) => first(shas) ?? first(parts);
}

function placeByTime({ mergedAt }: Change, deployments: readonly Deployment[]): number | null {
  if (mergedAt === null) return null;
  const place = firstFrom(deployments, mergedAt);
  return place < deployments.length ? place : null;
}

/** Place of the first deployment that ended at an instant or after it. */
function firstFrom(deployments: readonly Deployment[], at: Instant): number {
  let low = 0;
  let high = deployments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (deployments[middle]!.finishedAt < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
