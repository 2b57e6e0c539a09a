import { addDays } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { createDeliveries } from '../flow/deliveries.ts';
import type { DeliveredWeeks, Part } from '../flow/deliveries.ts';
import { weekIndexOf } from '../flow/throughput.ts';
import { membershipOf } from './membership.ts';
import type { Membership } from './membership.ts';

/** What each team delivered, the rest last. */
export type TeamWeeks = readonly DeliveredWeeks[];

const known = new WeakMap<ProjectView, ((at: Instant) => TeamWeeks) | null>();

/**
 * The whole weeks of each team as known at an instant (metrics.md 3.3): items count for the team that they belong to then.
 * A team's weeks are those of the project; a team that came later begins with the week of its first start or finish, since
 * weeks in which others were at work and it was not there say nothing of its pace. Null in a project without teams.
 */
export function teamWeeksOf(view: ProjectView): ((at: Instant) => TeamWeeks) | null {
  const before = known.get(view);
  if (before !== undefined) return before;
  const membership = membershipOf(view);
  const made = membership && createTeamWeeks(view, membership);
  known.set(view, made);
  return made;
}

function createTeamWeeks(view: ProjectView, membership: Membership): (at: Instant) => TeamWeeks {
  const items: readonly ItemView[] = [...view.counted, ...view.gone];
  const teams = membership.names.map((_, team) => {
    const part = partOf(items, membership, team);
    return { deliveredAt: createDeliveries(view, items, part), startAt: createFirstStart(part) };
  });
  return (at) => {
    const delivered = teams.map(({ deliveredAt }) => deliveredAt(at));
    const total = delivered[0]!.weekly.map((_, week) => delivered.reduce((sum, { weekly }) => sum + weekly[week]!, 0));
    return delivered.map((own, team) => {
      const first = firstWeekOf(own, teams[team]!.startAt(at), view);
      const hasCompany = own.weekly.slice(0, first).some((count, week) => total[week]! > count);
      return hasCompany ? fromWeek(own, first, view) : own;
    });
  };
}

function partOf(items: readonly ItemView[], membership: Membership, team: number): Part {
  return {
    items: items.filter((item) => membership.wasIn(item, team)),
    isAlwaysIn: (item) => membership.isAlwaysIn(item, team),
    isIn: (item, at) => membership.teamAt(item, at) === team,
  };
}

/** When the first of the items was started, as known at an instant. */
function createFirstStart(part: Part): (at: Instant) => Instant {
  let always = Infinity;
  const others: ItemView[] = [];
  for (const item of part.items) {
    if (item.startedAt === null) continue;
    if (part.isAlwaysIn(item)) always = Math.min(always, item.startedAt);
    else others.push(item);
  }
  return (at) => {
    let first = always <= at ? always : Infinity;
    for (const item of others)
      if (item.startedAt! < first && item.startedAt! <= at && part.isIn(item, at)) first = item.startedAt!;
    return first;
  };
}

/** The week of the first start or finish; that after the last when there was none. */
function firstWeekOf({ weeks, weekly }: DeliveredWeeks, startAt: Instant, { calendar }: ProjectView): number {
  const finished = weekly.findIndex((count) => count > 0);
  const started = startAt < weeks.from ? 0 : (weekIndexOf(startAt, weeks, calendar) ?? weeks.count);
  return finished === -1 ? started : Math.min(started, finished);
}

/** What was delivered from one of the weeks on. */
export function fromWeek(
  { weeks, weekly, finishers }: DeliveredWeeks,
  first: number,
  { calendar }: ProjectView,
): DeliveredWeeks {
  const count = weeks.count - first;
  if (count === 0) return { weeks: { firstOn: null, count, from: weeks.to, to: weeks.to }, weekly: [], finishers: [] };
  const firstOn = addDays(weeks.firstOn!, 7 * first);
  return {
    weeks: { firstOn, count, from: calendar.zone.startOf(firstOn), to: weeks.to },
    weekly: weekly.slice(first),
    finishers: finishers.slice(first),
  };
}
