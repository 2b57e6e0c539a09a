import type { ItemKey } from '../../model/ids.ts';
import type { NamedMilestone } from '../../model/project.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import { existsAt, firstFinishOf, isDoneAt } from '../../view/item-clock.ts';
import { createScopes } from './milestone-scope.ts';
import type { ScopeAt } from './milestone-scope.ts';
import type { DatedValue, ItemView, ProjectView, VersionView } from '../../view/view.ts';

/** A promise that people can hold the project to, with its whole past up to as-of. */
export interface Milestone {
  /** Id of the version, key of the item, or id in the config. */
  readonly id: string;
  readonly kind: 'version' | 'epic' | 'item' | 'named';
  readonly name: string;
  readonly key: ItemKey | null;
  /** Every date that it was known to have, oldest first; the day of a release is not among them. */
  readonly dates: readonly DatedValue[];
  /** Moments of commitment besides the settling window (metrics.md 1.1). */
  readonly commitments: readonly Instant[];
  /** False when earlier dates may be missing: there is no first promise to measure against. */
  readonly isBaselineKnown: boolean;
  /** Actual finish (metrics.md 1.1, `A`) by as-of; an item that was opened again keeps it. */
  readonly finishedOn: Day | null;
  /** Was it open at this instant? */
  isOpenAt(at: Instant): boolean;
  readonly scopeAt: ScopeAt;
  /** A date with nothing in it: nobody can say whether it was kept. */
  readonly isOnlyDate: boolean;
  readonly startOn: Day | null;
  readonly flags: readonly string[];
}

/**
 * All milestones that were known at as-of: versions, then epics and other items that ever had a due date, then those of
 * the config, each in order of id or key. A version that was put into the archive unreleased is no promise any more.
 */
export function milestonesOf(view: ProjectView): readonly Milestone[] {
  let milestones = known.get(view);
  if (!milestones) known.set(view, (milestones = readMilestones(view)));
  return milestones;
}

/** Many ask for them, and to make them reads every item. */
const known = new WeakMap<ProjectView, readonly Milestone[]>();

function readMilestones(view: ProjectView): readonly Milestone[] {
  const scopes = createScopes(view);
  const versions = view.versions
    .filter(({ isArchived, releasedOn }) => !isArchived || releasedOn !== null)
    .map((version) => milestoneOfVersion(view, version, scopes.ofVersion(version.version.id)));
  const items = view.counted
    .filter(({ past }) => past.dueOn.some(({ value }) => value !== null))
    .map((item) => milestoneOfItem(view, item, scopes.ofItem(item)));
  const named = view.history.milestones
    .flatMap((milestone) => milestoneOfConfig(view, milestone, scopes.ofConfig(milestone.scope)) ?? [])
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return [
    ...versions,
    ...items.filter(({ kind }) => kind === 'epic'),
    ...items.filter(({ kind }) => kind === 'item'),
    ...named,
  ];
}

/** What a version was promised for, without its items; `commitments` is not empty for a date that is older than our looking. */
export function promiseOfVersion({
  dates,
  releasedOn,
  isSeenFromStart,
  isSeen,
  firstSeenAt,
}: VersionView): Pick<Milestone, 'dates' | 'commitments' | 'isBaselineKnown'> {
  const firstAt = dates[0]?.at ?? null;
  // Dated when we first looked: it was promised before, on a day that nobody kept. From now on it is held to this date.
  const isInherited = isSeenFromStart && firstAt !== null && firstAt === firstSeenAt;
  return {
    dates,
    commitments: isInherited ? [firstAt] : [],
    isBaselineKnown: isSeen && (dates.length > 0 || releasedOn === null),
  };
}

function milestoneOfVersion(view: ProjectView, seen: VersionView, scopeAt: ScopeAt): Milestone {
  const { version, releasedOn, isReleaseDayKnown } = seen;
  const { zone } = view.calendar;
  const promise = promiseOfVersion(seen);
  const isInherited = promise.commitments.length > 0;
  return {
    id: version.id,
    kind: 'version',
    name: version.name,
    key: null,
    ...promise,
    finishedOn: isReleaseDayKnown ? releasedOn : null,
    isOpenAt: (at) => releasedOn === null || zone.dayAt(at) < releasedOn,
    scopeAt,
    isOnlyDate: false,
    startOn: isInherited ? null : earliestDay(version.startOn, firstStart(view, scopeAt(view.asOf))),
    flags: [
      ...(promise.isBaselineKnown ? [] : ['baselineUnknown']),
      ...(isInherited ? ['baselineSinceFirstPull'] : []),
      ...(isReleaseDayKnown ? [] : ['releaseDayUnknown']),
    ],
  };
}

function milestoneOfItem(view: ProjectView, item: ItemView, scopeAt: ScopeAt): Milestone {
  const { zone } = view.calendar;
  const finishedAt = firstFinishOf(item);
  const isReopened = finishedAt !== null && !item.isDone;
  return {
    id: item.key,
    kind: item.type.isEpic ? 'epic' : 'item',
    name: item.summary,
    key: item.key,
    dates: item.past.dueOn
      .filter(({ value }, index) => index > 0 || value !== null)
      .map(({ at, value }) => ({ at, on: value, by: item.past.dueOnBy.get(at) ?? null })),
    commitments: [],
    // Without its history nobody knows whether this date is the first.
    isBaselineKnown: item.isComplete,
    finishedOn: finishedAt === null ? null : zone.dayAt(finishedAt),
    isOpenAt: (at) => existsAt(item, at) && !isDoneAt(item, at),
    scopeAt,
    isOnlyDate: false,
    startOn: firstStart(view, [item, ...scopeAt(view.asOf)]),
    flags: [...(item.isComplete ? [] : ['baselineUnknown']), ...(isReopened ? ['reopened'] : [])],
  };
}

/** Null before its first date was written down: a past report did not know of it. */
function milestoneOfConfig(view: ProjectView, milestone: NamedMilestone, scopeAt: ScopeAt): Milestone | null {
  const dates = milestone.dates.filter(({ at }) => at <= view.asOf);
  if (dates.length === 0) return null;
  const { versions, items, labels } = milestone.scope;
  const isOnlyDate = versions.length + items.length + labels.length === 0;
  const isOpenAt = (at: Instant) => {
    const scope = scopeAt(at);
    return scope.length === 0 || scope.some((item) => !isDoneAt(item, at));
  };
  const scope = scopeAt(view.asOf);
  return {
    id: milestone.id,
    kind: 'named',
    name: milestone.name,
    key: null,
    dates,
    commitments: [],
    isBaselineKnown: true,
    finishedOn: isOpenAt(view.asOf) ? null : lastFinish(view, scope),
    isOpenAt,
    scopeAt,
    isOnlyDate,
    startOn: firstStart(view, scope),
    flags: isOnlyDate ? ['noScope'] : [],
  };
}

function firstStart({ calendar }: ProjectView, items: readonly ItemView[]): Day | null {
  const starts = items.flatMap(({ startedAt }) => startedAt ?? []);
  return starts.length === 0 ? null : calendar.zone.dayAt(starts.reduce((a, b) => Math.min(a, b)));
}

function lastFinish({ calendar }: ProjectView, items: readonly ItemView[]): Day | null {
  const ends = items.flatMap((item) => firstFinishOf(item) ?? []);
  return ends.length === 0 ? null : calendar.zone.dayAt(ends.reduce((a, b) => Math.max(a, b)));
}

function earliestDay(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
