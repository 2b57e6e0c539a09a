import type { VersionId } from '../model/ids.ts';
import type { Seen, Version } from '../model/plan.ts';
import type { ProjectOutline } from '../model/project.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';
import { newestSeen } from './board-done.ts';
import type { DatedValue, ItemView, VersionView } from './view.ts';

export interface VersionContext {
  readonly items: readonly ItemView[];
  readonly asOf: Instant;
  readonly today: Day;
  readonly zone: Zone;
}

/**
 * Versions as of then. Tools keep no history of their dates, so a date is known from the pull that saw it, and not
 * before: a past report that used today's date would know the future. One thing has its own time: a version that is
 * released with a date was released on that day. A version that no item of then was planned for and of which no date
 * is known is left out.
 */
export function versionsAsOf(history: ProjectOutline, context: VersionContext): readonly VersionView[] {
  const usedIds = new Set<VersionId>();
  for (const item of context.items) for (const id of item.fixVersionIds) usedIds.add(id);
  const beginning = endOfFirstPull(history);
  return history.versions
    .filter((snapshots) => snapshots.length > 0)
    .map((snapshots) => versionAsOf(snapshots, context, beginning))
    .filter(
      ({ version, releaseOn, releasedOn }) => usedIds.has(version.id) || releaseOn !== null || releasedOn !== null,
    )
    .sort((a, b) => compareIds(a.version.id, b.version.id));
}

/** Until when what is seen is old news: the first pull may take hours, and finds what was there before. */
function endOfFirstPull(history: ProjectOutline): Instant {
  let end = Infinity;
  for (const [first] of history.versions) end = Math.min(end, first?.at ?? Infinity);
  let startedAt = Infinity;
  for (const pull of history.pulls) {
    if (pull.startedAt >= startedAt) continue;
    startedAt = pull.startedAt;
    if (pull.endedAt !== null && pull.endedAt > end) end = pull.endedAt;
  }
  return end;
}

function versionAsOf(
  snapshots: readonly Seen<Version>[],
  { asOf, today, zone }: VersionContext,
  beginning: Instant,
): VersionView {
  const seen = newestSeen(snapshots, asOf);
  const releasedOn = releaseDayOf(snapshots, { asOf, today, zone });
  const isSeenFromStart = snapshots[0]!.at <= beginning;
  const isReleaseDayKnown = seen === null || !isSeenFromStart || !isReleasedBefore(snapshots, asOf);
  const dates = datesOf(snapshots, asOf);
  const known = seen?.value ?? null;
  return {
    version: known ?? snapshots[0]!.value,
    dates,
    releaseOn: (isReleaseDayKnown ? releasedOn : null) ?? (known ? known.releaseOn : null),
    releasedOn,
    isReleaseDayKnown,
    isArchived: known?.isArchived ?? false,
    firstSeenAt: snapshots[0]!.at,
    isSeenFromStart,
    isSeen: seen !== null,
  };
}

/**
 * The day of its release when that lies at or before as-of. A snapshot from after that day which still says "not
 * released" shows that the day was written in later: then the release is known from the snapshot that tells it.
 */
function releaseDayOf(
  snapshots: readonly Seen<Version>[],
  { asOf, today, zone }: Pick<VersionContext, 'asOf' | 'today' | 'zone'>,
): Day | null {
  if (newestSeen(snapshots, asOf)?.value.isReleased) {
    const stretch = lastRelease(snapshots.filter(({ at }) => at <= asOf));
    // Released before anybody looked: the day that was written in later is the one.
    const isFromStart = stretch[0] === snapshots[0];
    const first = (isFromStart ? stretch.find(({ value }) => value.releaseOn !== null) : null) ?? stretch[0]!;
    const day = first.value.releaseOn ?? zone.dayAt(first.at);
    return day <= today ? day : today;
  }
  const next = snapshots.findIndex(({ at, value }) => at > asOf && value.isReleased);
  const telling = snapshots[next];
  if (!telling || telling.value.releaseOn === null || telling.value.releaseOn > today) return null;
  const before = snapshots[next - 1];
  // On the day itself as well: a report that was made in the morning did not know of a release in the afternoon.
  const isStillOpen = before !== undefined && before.at >= Math.min(asOf, zone.endOf(telling.value.releaseOn));
  return isStillOpen ? null : telling.value.releaseOn;
}

/** It was released when it was first seen, and is still, without a day. */
function isReleasedBefore(snapshots: readonly Seen<Version>[], asOf: Instant): boolean {
  return snapshots.every(({ at, value }) => at > asOf || (value.isReleased && value.releaseOn === null));
}

/** The present stretch of being released. */
function lastRelease(snapshots: readonly Seen<Version>[]): readonly Seen<Version>[] {
  const lastOpen = snapshots.findLastIndex(({ value }) => !value.isReleased);
  return snapshots.slice(lastOpen + 1);
}

/** Planned dates: on release the tool writes the day of the release over the date that was planned. */
function datesOf(snapshots: readonly Seen<Version>[], asOf: Instant): readonly DatedValue[] {
  const dates: DatedValue[] = [];
  for (const { at, value } of snapshots) {
    if (at > asOf) break;
    if (value.isReleased) continue;
    const last = dates.at(-1);
    if (last ? last.on !== value.releaseOn : value.releaseOn !== null)
      dates.push({ at, on: value.releaseOn, by: null });
  }
  return dates;
}

function compareIds(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference) || difference === 0 ? (a < b ? -1 : Number(a > b)) : difference;
}
