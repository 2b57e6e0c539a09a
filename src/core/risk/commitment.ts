import { promiseOfVersion } from '../metrics/milestones/milestones.ts';
import { measureSlip } from '../metrics/milestones/slip.ts';
import type { VersionId } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { existsAt, isDoneAt } from '../view/item-clock.ts';
import type { ItemView, ProjectView, VersionView } from '../view/view.ts';
import { lastOfInstants } from './last-of-instants.ts';

/** What became of a promise: kept, not done by its day, moved to a later release (or out), or not known yet. */
export type Outcome = 'kept' | 'late' | 'retargeted' | null;

/** The first promise of one item: the first release with a day that it was planned for while it was open, or its first due date. */
export interface Commitment {
  readonly item: ItemView;
  /** Null for a due date. */
  readonly versionId: VersionId | null;
  readonly committedAt: Instant;
  /** End of the promised day, the first instant after it. A label: for a release of the past it may be known only afterwards. */
  readonly dueAt: Instant;
  readonly outcome: Outcome;
  /** When the outcome was plain: done, moved away, or the promised day over; null while it is not known. */
  readonly settledAt: Instant | null;
}

/** Until when a release was promised: its first committed date where that is known, else the day on which it came. */
interface Release {
  readonly versionId: VersionId;
  readonly dueAt: Instant;
  /** From here on an item that is planned for it is no commitment any more, but a note of what it was shipped in. */
  readonly closedAt: Instant;
}

/**
 * The first commitment of every counted item, in order of time (metrics.md 1.1, 4.3). To be moved to a later release, or
 * out of all, before it is done is a slip: lateness against the last date would reward the move. To be moved to an earlier
 * one is none, and leaves no outcome. An outcome counts once the promised day is over and never before: of the items of a
 * release that is still to come only those that were moved away would be settled, and all of them late.
 */
export function commitmentsOf(view: ProjectView): readonly Commitment[] {
  const releases = releasesOf(view);
  return [...view.counted, ...view.gone]
    .flatMap((item) => commitmentOf(view, item, releases) ?? [])
    .sort((a, b) => a.committedAt - b.committedAt || (a.item.key < b.item.key ? -1 : 1));
}

function releasesOf(view: ProjectView): ReadonlyMap<VersionId, Release> {
  const { zone } = view.calendar;
  return new Map(
    view.versions.flatMap((seen) => {
      const { version, releasedOn, isReleaseDayKnown } = seen;
      const { id } = version;
      // Released before we first looked, on a day that nobody wrote down: the day of the pull is none.
      const cameOn = isReleaseDayKnown ? releasedOn : null;
      const on = committedOn(view, seen) ?? cameOn;
      if (on === null) return [];
      const closedAt = releasedOn === null ? Infinity : zone.startOf(releasedOn);
      return [[id, { versionId: id, dueAt: zone.endOf(on), closedAt }] as const];
    }),
  );
}

/** The first promised day of a version; null without one, and for one that was put into the archive unreleased. */
function committedOn({ asOf, calendar }: ProjectView, seen: VersionView): Day | null {
  const { dates: history, commitments, isBaselineKnown } = promiseOfVersion(seen);
  const isPromise = !seen.isArchived || seen.releasedOn !== null;
  if (!isPromise || !isBaselineKnown || history.length === 0) return null;
  return measureSlip({ history, commitments, startOn: null, finishedOn: null, asOf }, calendar).committedOn;
}

function commitmentOf(view: ProjectView, item: ItemView, releases: ReadonlyMap<VersionId, Release>): Commitment | null {
  for (const { at, value } of lastOfInstants(item.past.fixVersions)) {
    if (isDoneAt(item, at) || !existsAt(item, at)) continue;
    const release = firstOpen(value, releases, at);
    if (release === null) continue;
    const { versionId, dueAt } = release;
    return { item, versionId, committedAt: at, dueAt, ...outcomeOf(view, item, { release, at, releases }) };
  }
  const due = item.past.dueOn.find(({ value }) => value !== null);
  if (!due || due.value === null || isDoneAt(item, due.at)) return null;
  const dueAt = view.calendar.zone.endOf(due.value);
  return dueAt <= due.at
    ? null
    : { item, versionId: null, committedAt: due.at, dueAt, ...settled(view, item, { at: due.at, dueAt }) };
}

/**
 * Of several open releases the one that was made first: which of them comes first is not known beforehand. A place to put
 * things, which never got a date nor came, is no promise, so that one with a day goes before it.
 */
function firstOpen(ids: readonly VersionId[], releases: ReadonlyMap<VersionId, Release>, at: Instant): Release | null {
  const open = ids.flatMap((id) => releases.get(id) ?? []).filter(({ closedAt }) => closedAt > at);
  return open.sort((a, b) => compareIds(a.versionId, b.versionId))[0] ?? null;
}

/** Ids that are numbers in order of number, so that an older version stands before a younger one. */
function compareIds(a: VersionId, b: VersionId): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

type Settled = Pick<Commitment, 'outcome' | 'settledAt'>;
const unsettled: Settled = { outcome: null, settledAt: null };

function outcomeOf(
  view: ProjectView,
  item: ItemView,
  {
    release,
    at,
    releases,
  }: { readonly release: Release; readonly at: Instant; readonly releases: ReadonlyMap<VersionId, Release> },
): Settled {
  const { dueAt, versionId } = release;
  if (dueAt > view.asOf) return unsettled;
  const left = lastOfInstants(item.past.fixVersions).find((step) => step.at > at && !step.value.includes(versionId));
  if (!left || left.at >= dueAt || isDoneAt(item, left.at)) return settled(view, item, { at, dueAt });
  const next = left.value.flatMap((id) => releases.get(id)?.dueAt ?? []);
  const isEarlier = next.some((other) => other <= dueAt);
  return isEarlier ? unsettled : { outcome: 'retargeted', settledAt: left.at };
}

/** Done at the end of the promised day, and since when; else late. */
function settled(
  view: ProjectView,
  item: ItemView,
  { at, dueAt }: { readonly at: Instant; readonly dueAt: Instant },
): Settled {
  if (dueAt > view.asOf) return unsettled;
  if (!item.isDoneTimeKnown || (item.goneAt !== null && item.goneAt < dueAt)) return unsettled;
  const span = item.doneSpans.find(
    ({ from, until }) => from > at && from < dueAt && (until === null || until >= dueAt),
  );
  return span ? { outcome: 'kept', settledAt: span.from } : { outcome: 'late', settledAt: dueAt };
}
