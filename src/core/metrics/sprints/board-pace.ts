import { valueAt } from '../../view/timeline.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { createDeliveries } from '../flow/deliveries.ts';
import type { Pace } from '../forecast/pace.ts';
import { silenceOf } from '../forecast/silence.ts';
import { paceOf, usualPace } from '../forecast/team-paces.ts';
import { fromWeek } from '../teams/team-weeks.ts';

/**
 * The pace that the sprints of a board go by (metrics.md 2.7, 3.3), as known at as-of: the project's where all sprints that
 * started are kept on one board; else that of the items whose newest sprint is one of this board's, from the week of their
 * first finish on, since another team is no help to this one (2.4). Null when the project has none, and when under four
 * weeks are left, or nothing was finished for a quarter.
 */
export function createBoardPaces(view: ProjectView, pace: Pace | null): (boardId: string | null) => Pace | null {
  const boardOf = new Map(view.sprints.map(({ sprint }) => [sprint.id, sprint.boardId]));
  const boards = new Set(view.sprints.flatMap(({ sprint, startedAt }) => (startedAt === null ? [] : [sprint.boardId])));
  if (pace === null || boards.size < 2) return () => pace;
  const known = new Map<string | null, Pace | null>();
  return (boardId) => {
    let own = known.get(boardId);
    if (own === undefined) known.set(boardId, (own = fitBoard(view, (item) => isOn(item, boardId))));
    return own;
  };

  function isOn({ past }: ItemView, boardId: string | null): boolean {
    const newest = valueAt(past.sprints, view.asOf).at(-1);
    return newest !== undefined && boardOf.get(newest) === boardId;
  }
}

function fitBoard(view: ProjectView, isOn: (item: ItemView) => boolean): Pace | null {
  const all = [...view.counted, ...view.gone];
  const items = all.filter(isOn);
  const delivered = createDeliveries(view, all, { items, isAlwaysIn: () => true, isIn: () => true })(view.asOf);
  const first = delivered.weekly.findIndex((count) => count > 0);
  const own = first === -1 ? delivered : fromWeek(delivered, first, view);
  return silenceOf(own) === null ? paceOf(own, usualPace, view.calendar) : null;
}
