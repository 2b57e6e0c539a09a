import type { Day } from '../../time/day.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import type { HeldBy } from '../milestone-figures.ts';
import { clocks } from './standing.ts';
import type { Clock, Standing } from './standing.ts';

/** A milestone has an item that waits for one of another milestone, whose date leaves this much room for it. */
interface Tie extends HeldBy {
  readonly from: Standing;
  readonly to: Standing;
  readonly clock: Clock;
}

/** What comes after a blocker takes a working day at least. */
const leastWork = 1;

/**
 * Milestones that a red dependency makes red, by the clock (metrics.md 4.6): an open item in it waits, directly or through
 * a chain, for an item planned with another milestone; that one is red against its date, and that date leaves no working
 * day beyond one for each item of the chain. A milestone made red makes red in turn. Items of this project and links that
 * hold at as-of only: as soon as the link or the red ends, the colour is that of the odds again.
 */
export function redByDependency(
  view: ProjectView,
  standings: readonly Standing[],
  isRed: (standing: Standing, clock: Clock) => boolean,
): ReadonlyMap<Standing, Readonly<Partial<Record<Clock, HeldBy>>>> {
  const red = new Map<Standing, Partial<Record<Clock, HeldBy>>>();
  const ties = tiesOf(view, standings);
  const isNowRed = (standing: Standing, clock: Clock) => isRed(standing, clock) || !!red.get(standing)?.[clock];
  for (let before = -1, count = 0; count > before;) {
    before = count;
    for (const { from, to, clock, waiting, blocker, dueOn } of ties) {
      if (isNowRed(from, clock) || !isNowRed(to, 'current')) continue;
      red.set(from, { ...red.get(from), [clock]: { waiting, blocker, dueOn } });
      count += 1;
    }
  }
  return red;
}

function tiesOf(view: ProjectView, standings: readonly Standing[]): readonly Tie[] {
  const waits = standings.flatMap((from) => from.open.filter(isWaiting).map((item) => ({ from, item })));
  if (waits.length === 0) return [];
  const plannedWith = createPlannedWith(standings);
  return waits.flatMap(({ from, item }) =>
    blockersOf(view, item).flatMap(([blocker, steps]) => {
      const to = plannedWith(blocker);
      const plannedOn = to?.dueOn.current ?? null;
      if (!to || to === from || plannedOn === null) return [];
      // What is overdue is not done before today.
      const earliest = plannedOn < view.today ? view.today : plannedOn;
      const isWithoutFloat = (on: Day | null) =>
        on !== null && view.calendar.distance(earliest, on) <= leastWork * steps;
      return clocks
        .filter((clock) => isWithoutFloat(from.dueOn[clock]))
        .map((clock) => ({ from, to, clock, waiting: item.key, blocker: blocker.key, dueOn: plannedOn }));
    }),
  );
}

function isWaiting({ blocks }: ItemView): boolean {
  return blocks.some(({ by }) => by !== null);
}

/** Open items of the project that it waits for, each with the number of items from there to here. */
function blockersOf({ itemsByKey }: ProjectView, item: ItemView): readonly (readonly [ItemView, number])[] {
  const steps = new Map<ItemView, number>([[item, 0]]);
  // A map that grows while it is walked: nearest first, and every item once.
  for (const [waiting, count] of steps)
    for (const { by } of waiting.blocks) {
      const blocker = by === null ? undefined : itemsByKey.get(by);
      if (blocker && !blocker.isDone && !steps.has(blocker)) steps.set(blocker, count + 1);
    }
  steps.delete(item);
  return [...steps];
}

/** The milestone that an item has its date from: its own due date, else the earliest date of those that it is in. */
function createPlannedWith(standings: readonly Standing[]): (item: ItemView) => Standing | undefined {
  const own = new Map<string, Standing>();
  const holding = new Map<ItemView, Standing>();
  for (const standing of standings) {
    const { kind, key } = standing.milestone;
    const { current } = standing.dueOn;
    if (current === null) continue;
    if (key !== null) own.set(key, standing);
    if (kind === 'item') continue;
    for (const item of standing.open) {
      const known = holding.get(item);
      if (!known || current < known.dueOn.current!) holding.set(item, standing);
    }
  }
  return (item) => own.get(item.key) ?? holding.get(item);
}
