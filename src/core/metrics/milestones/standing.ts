import { rebaselineAt } from '../../model/rebaseline.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import { isDoneAt } from '../../view/item-clock.ts';
import type { Milestone } from './milestones.ts';
import { measureSlip } from './slip.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';

/** The two clocks of a milestone: its first promise, and the date in force. */
export type Clock = 'baseline' | 'current';
export const clocks: readonly Clock[] = ['baseline', 'current'];

/** How one open milestone stood at an instant. */
export interface Standing {
  readonly milestone: Milestone;
  readonly dueOn: Readonly<Record<Clock, Day | null>>;
  readonly open: readonly ItemView[];
  /** All items in its scope then, done ones too. */
  readonly size: number;
  /**
   * Items that the team finishes by the time this milestone is finished, its own included (the cut-line of metrics.md
   * 3.4); 0 when none of its own is open.
   */
  readonly need: Readonly<Record<Clock, number>>;
  /** The same if the date of this clock were `on`: a later date lets more work come first. */
  needIf(clock: Clock, on: Day): number;
  /** The open items of other milestones that `need` counts because they come first, each once. */
  itemsFirst(clock: Clock): readonly ItemView[];
}

/** An open milestone whose date passed this many working days ago is a leftover: nobody works on it before others. */
export const leftoverWorkingDays = 60;

/** A milestone with where it stands in the queue. */
interface Queued {
  readonly milestone: Milestone;
  readonly currentOn: Day | null;
  readonly scope: readonly ItemView[];
  readonly open: readonly ItemView[];
  /** The date in force, or the last one that it had: to take a date away is no way out of the queue. */
  readonly placeOn: Day | null;
}

/**
 * Open milestones at an instant, with the work that comes before each. A team takes up milestones in order of their
 * current dates; one that never had a date waits for nobody. Against its first promise a milestone stands where it
 * stands now, but no further ahead than that promise: to date it earlier or later mends nothing.
 */
export function standingsAt(view: ProjectView, milestones: readonly Milestone[], at: Instant): readonly Standing[] {
  const { queued, ahead } = queueAt(view, milestones, at);
  const promised = queued.map(({ milestone }) => promiseAt(view, milestone, at));
  const current = needsOf(queued, ahead, ({ placeOn }) => placeOn);
  const baseline = needsOf(queued, ahead, ({ placeOn }, index) => laterOf(placeOn, promised[index]!));
  const before = (milestone: Milestone, place: Day | null) =>
    place === null
      ? []
      : ahead.filter((other) => other.milestone !== milestone && other.placeOn! < place).flatMap(({ open }) => open);
  return queued.map(({ milestone, currentOn, scope, open, placeOn }, index) => ({
    milestone,
    dueOn: { baseline: promised[index]!, current: currentOn },
    open,
    size: scope.length,
    need: { baseline: baseline[index]!, current: current[index]! },
    needIf: (clock, on) => {
      const place = clock === 'current' ? on : laterOf(placeOn, on)!;
      return new Set([...open, ...before(milestone, place)]).size;
    },
    itemsFirst: (clock) => {
      if (open.length === 0) return [];
      const own = new Set(open);
      const place = clock === 'current' ? placeOn : laterOf(placeOn, promised[index]!);
      return [...new Set(before(milestone, place))].filter((item) => !own.has(item));
    },
  }));
}

/** How an open milestone stood at an instant, without what only its first promise tells. */
export interface PastStanding {
  readonly milestone: Milestone;
  readonly scope: readonly ItemView[];
  readonly open: readonly ItemView[];
  /** Against the date in force. */
  readonly need: number;
}

/** The same for those who look at many instants of the past, and at the date in force only. */
export function pastStandingsAt(
  view: ProjectView,
  milestones: readonly Milestone[],
  at: Instant,
): readonly PastStanding[] {
  const { queued, ahead } = queueAt(view, milestones, at);
  const needs = needsOf(queued, ahead, ({ placeOn }) => placeOn);
  return queued.map(({ milestone, scope, open }, index) => ({ milestone, scope, open, need: needs[index]! }));
}

interface Queue {
  readonly queued: readonly Queued[];
  /** Those that others wait for. */
  readonly ahead: readonly Queued[];
}

function queueAt(view: ProjectView, milestones: readonly Milestone[], at: Instant): Queue {
  const today = view.calendar.zone.dayAt(at);
  const queued = milestones.filter((milestone) => milestone.isOpenAt(at)).map((milestone) => queue(milestone, at));
  const ahead = queued.filter(
    ({ placeOn }) => placeOn !== null && view.calendar.distance(placeOn, today) <= leftoverWorkingDays,
  );
  return { queued, ahead };
}

function queue(milestone: Milestone, at: Instant): Queued {
  const currentOn = milestone.dates.findLast((date) => date.at <= at)?.on ?? null;
  const lastKnown = milestone.dates.findLast((date) => date.at <= at && date.on !== null)?.on ?? null;
  const scope = milestone.scopeAt(at);
  return {
    milestone,
    currentOn,
    scope,
    open: scope.filter((item) => !isDoneAt(item, at)),
    placeOn: currentOn ?? lastKnown,
  };
}

function promiseAt(view: ProjectView, milestone: Milestone, at: Instant): Day | null {
  const agreed = rebaselineAt(view.history.rebaselines, milestone.id, at);
  if (agreed !== null) return agreed.on;
  if (!milestone.isBaselineKnown || milestone.dates.length === 0) return null;
  const { dates: history, commitments } = milestone;
  return measureSlip({ history, commitments, startOn: null, finishedOn: null, asOf: at }, view.calendar).committedOn;
}

/** For each milestone the size of its own open work together with that of all whose place is strictly before `placeOf` it. */
function needsOf(
  queued: readonly Queued[],
  ahead: readonly Queued[],
  placeOf: (milestone: Queued, index: number) => Day | null,
): readonly number[] {
  const needs = queued.map(({ open }) => open.length);
  const inOrder = ahead.toSorted((a, b) => compareDays(a.placeOn!, b.placeOn!));
  const asking = queued
    .map((milestone, index) => ({ index, open: milestone.open, on: placeOf(milestone, index) }))
    .filter((entry): entry is typeof entry & { on: Day } => entry.on !== null && entry.open.length > 0)
    .sort((a, b) => compareDays(a.on, b.on));
  const before = new Set<ItemView>();
  let next = 0;
  for (const { index, open, on } of asking) {
    for (; next < inOrder.length && inOrder[next]!.placeOn! < on; next += 1) {
      for (const item of inOrder[next]!.open) before.add(item);
    }
    needs[index] = before.size + open.filter((item) => !before.has(item)).length;
  }
  return needs;
}

function compareDays(a: Day, b: Day): number {
  return a < b ? -1 : Number(a > b);
}

function laterOf(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
