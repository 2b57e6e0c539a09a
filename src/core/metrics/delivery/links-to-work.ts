import { dayMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import type { Figure } from '../figure.ts';
import type { DeliveryFigures } from '../figures.ts';
import { gradeOf } from '../grade.ts';
import { median } from '../statistics.ts';
import { windowDays } from './delivery-window.ts';
import type { DeliveryWindow } from './delivery-window.ts';
import type { MakeFigure } from './make-figure.ts';
import { namedItems } from './named-items.ts';
import { releasesOfItems } from './releases-of-items.ts';
import type { ServiceFacts } from './service-facts.ts';

interface Links {
  readonly facts: ServiceFacts;
  readonly measured: DeliveryWindow;
  readonly figure: MakeFigure;
}

/** Which work reached the users, and which changes nobody had asked for (metrics.md 5.2; 7.5, H19 and H20). */
export function linksToWork(
  view: ProjectView,
  { facts: { shipped: all }, measured: { shipped }, figure }: Links,
): Pick<
  DeliveryFigures,
  | 'changesWithoutItem'
  | 'changesWithoutReview'
  | 'changesNotReleased'
  | 'itemsWithoutChange'
  | 'itemsNotReleased'
  | 'commitmentToUsersDays'
> {
  const known = (keys: readonly string[]) => keys.some((key) => view.itemsByKey.has(key));
  const stray = shipped.filter(({ change }) => !known(change.keys));
  const unseen = shipped.filter(({ change }) => !change.isReviewed);
  const named = namedItems(view);
  const since = view.asOf - windowDays * dayMs;
  const done = view.counted.filter(({ isDelivered, doneAt }) => isDelivered && doneAt !== null && doneAt > since);
  const silent = done.filter(({ key }) => !named.has(key));
  const releases = releasesOfItems(view, all);
  const held = view.counted.filter(({ key, isDelivered }) => isDelivered && releases.get(key)?.isWaiting);
  const count = (value: number, unit: string, of: number, evidence: readonly string[]): Figure =>
    figure(value, unit, { n: of, grade: gradeOf(of), flags: [], evidence });
  return {
    changesWithoutItem: count(stray.length, 'change', shipped.length, stray.map(idOf)),
    changesWithoutReview: all.areCommits
      ? figure(null, 'change', { n: 0, grade: 'D', flags: ['noPullRequests'], evidence: [] })
      : count(unseen.length, 'change', shipped.length, unseen.map(idOf)),
    changesNotReleased: figure(all.waiting.length, 'change', {
      n: all.waiting.length,
      grade: gradeOf(all.waiting.length),
      flags: [],
      evidence: all.waiting.map(({ id }) => id),
      ...(all.elsewhere.length > 0 ? { exclusions: [{ reason: 'mergedElsewhere', n: all.elsewhere.length }] } : {}),
    }),
    itemsWithoutChange: count(silent.length, 'item', done.length, silent.map(keyOf)),
    itemsNotReleased: count(held.length, 'item', done.length, held.map(keyOf)),
    commitmentToUsersDays: commitmentToUsers(view, { releases, figure, since }),
  };
}

function idOf({ change }: { readonly change: { readonly id: string } }): string {
  return change.id;
}

function keyOf({ key }: ItemView): string {
  return key;
}

/**
 * Days from the first time that somebody committed to an item (put it into a sprint or a version, or began it) to the
 * deployment that brought the last of its changes: items whose last change reached the users in the window.
 */
function commitmentToUsers(
  view: ProjectView,
  {
    releases,
    figure,
    since,
  }: { readonly releases: ReturnType<typeof releasesOfItems>; readonly figure: MakeFigure; readonly since: Instant },
): Figure {
  const spans = view.counted.flatMap((item) => {
    const release = releases.get(item.key);
    const from = committedAt(item);
    if (!release?.deployment || release.isWaiting || from === null || !item.isDelivered) return [];
    const { finishedAt } = release.deployment;
    return finishedAt > since && finishedAt >= from ? [{ key: item.key, days: (finishedAt - from) / dayMs }] : [];
  });
  return figure(median(spans.map(({ days }) => days)), 'day', {
    n: spans.length,
    grade: gradeOf(spans.length),
    flags: spans.length === 0 ? ['noChanges'] : [],
    evidence: spans.map(({ key }) => key),
  });
}

function committedAt({ startedAt, createdAt, past }: ItemView): Instant | null {
  const planned = [past.sprints, past.fixVersions].flatMap(
    (steps) => steps.find(({ value }) => value.length > 0)?.at ?? [],
  );
  const known = startedAt === null ? planned : [...planned, startedAt];
  return known.length === 0 ? null : Math.max(createdAt, Math.min(...known));
}
