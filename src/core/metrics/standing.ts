import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { isDoneAt } from './item-clock.ts';
import type { Milestone } from './milestones.ts';
import { measureSlip } from './slip.ts';
import type { ItemView, ProjectView } from './view.ts';

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
}

/** An open milestone whose date passed this many working days ago is a leftover: nobody works on it before others. */
const leftoverWorkingDays = 60;

/** A milestone with where it stands in the queue. */
interface Queued {
  readonly milestone: Milestone;
  readonly dueOn: Standing['dueOn'];
  readonly open: readonly ItemView[];
  readonly size: number;
  /** The date in force, or the last one that it had: to take a date away is no way out of the queue. */
  readonly placeOn: Day | null;
}

/**
 * Open milestones at an instant, with the work that comes before each. A team takes up milestones in order of their
 * current dates; one that never had a date waits for nobody. For the first promise the order of the first promises is
 * looked at as well, and the longer queue counts: otherwise to move another date would mend a promise.
 */
export function standingsAt(view: ProjectView, milestones: readonly Milestone[], at: Instant): readonly Standing[] {
  const today = view.calendar.zone.dayAt(at);
  const queued = milestones
    .filter((milestone) => milestone.isOpenAt(at))
    .map((milestone) => queue(view, milestone, at));
  const byCurrent = needsInOrder(view, queued, ({ placeOn }) => placeOn, today);
  const byPromise = needsInOrder(view, queued, ({ placeOn, dueOn }) => dueOn.baseline ?? placeOn, today);
  return queued.map(({ milestone, dueOn, open, size }, index) => ({
    milestone,
    dueOn,
    open,
    size,
    need: { baseline: Math.max(byCurrent[index]!, byPromise[index]!), current: byCurrent[index]! },
  }));
}

function queue(view: ProjectView, milestone: Milestone, at: Instant): Queued {
  const current = milestone.dates.findLast((date) => date.at <= at)?.on ?? null;
  const lastKnown = milestone.dates.findLast((date) => date.at <= at && date.on !== null)?.on ?? null;
  const scope = milestone.scopeAt(at);
  return {
    milestone,
    dueOn: { baseline: promiseAt(view, milestone, at), current },
    open: scope.filter((item) => !isDoneAt(item, at)),
    size: scope.length,
    placeOn: current ?? lastKnown,
  };
}

function promiseAt(view: ProjectView, milestone: Milestone, at: Instant): Day | null {
  if (!milestone.isBaselineKnown || milestone.dates.length === 0) return null;
  const { dates: history, commitments } = milestone;
  return measureSlip({ history, commitments, startOn: null, finishedOn: null, asOf: at }, view.calendar).committedOn;
}

/** For each milestone the size of its own open work together with that of all that come strictly before it. */
function needsInOrder(
  view: ProjectView,
  queued: readonly Queued[],
  dateOf: (milestone: Queued) => Day | null,
  today: Day,
): readonly number[] {
  const needs = queued.map(({ open }) => open.length);
  const dated = queued
    .map((milestone, index) => ({ index, open: milestone.open, on: dateOf(milestone) }))
    .filter((entry): entry is typeof entry & { on: Day } => entry.on !== null && entry.open.length > 0)
    .sort((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on)));
  const ahead = new Set<ItemView>();
  for (let first = 0; first < dated.length;) {
    const { on } = dated[first]!;
    let next = first;
    for (; dated[next]?.on === on; next += 1) {
      const { index, open } = dated[next]!;
      needs[index] = ahead.size + open.filter((item) => !ahead.has(item)).length;
    }
    if (view.calendar.distance(on, today) <= leftoverWorkingDays) {
      for (const { open } of dated.slice(first, next)) for (const item of open) ahead.add(item);
    }
    first = next;
  }
  return needs;
}
