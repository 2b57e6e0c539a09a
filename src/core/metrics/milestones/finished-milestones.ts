import type { PastNeed } from '../forecast/flow-factors.ts';
import type { Outlook } from '../forecast/outlook.ts';
import { dayNumber, dayOfNumber, startOfWeek } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { dayMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import { doneAtOf } from '../../view/item-clock.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { closedWithinDays } from './distinct-milestones.ts';
import type { Milestone } from './milestones.ts';
import { pastStandingsAt } from './standing.ts';
import type { Standing } from './standing.ts';

/** Of older ones little can be learned: the team works otherwise now. */
const newest = 20;
const originWeeks = 4;
const longestWeeks = 104;
/** Before its first item was finished, and after a quarter in which none was, nobody was at work on it. */
const activeWeeks = 13;

/** A finished milestone with what it needed at each of its origins. */
export interface Finished {
  readonly milestone: Milestone;
  readonly endedAt: Instant;
  readonly needs: readonly PastNeed[];
}

/** What is known of the open milestones at an instant, and of what the team finished before it. */
export interface Moment {
  readonly at: Instant;
  readonly outlook: Pick<Outlook, 'finishedBetween'>;
  readonly standings: readonly Standing[];
}

type StandingOf = (milestone: Milestone) => Standing | undefined;

/**
 * How milestones went that were finished by an instant, newest first (metrics.md 3.4): from every fourth Monday in the
 * two years before its end on which work on it was under way, how many items it needed and what the team finished in all
 * until its end. What ended in the running week waits for the end of the week. Asked for several instants, the past is read once.
 */
export function createFinishedMilestones(
  view: ProjectView,
  milestones: readonly Milestone[],
): (moment: Moment) => readonly Finished[] {
  const large = milestones.filter(isLarge);
  const released = new Map<Milestone, Instant>();
  const origins = new Map<Day, ReadonlyMap<Milestone, number>>();
  const needsOn = (monday: Day): ReadonlyMap<Milestone, number> => {
    let known = origins.get(monday);
    if (!known) origins.set(monday, (known = readNeeds(view, milestones, monday)));
    return known;
  };
  const endOf = (milestone: Milestone, at: Instant, standingOf: StandingOf): Instant | null => {
    const known = released.get(milestone);
    if (known !== undefined && known <= at) return known;
    const { finishedOn } = milestone;
    if (finishedOn !== null && !milestone.isOpenAt(at)) {
      const last = view.calendar.zone.endOf(finishedOn) - 1;
      const end = lastDone(milestone.scopeAt(Math.min(at, last)), Math.min(at, last)) ?? Math.min(at, last);
      if (last <= at) released.set(milestone, end);
      return end;
    }
    // Released on a day that nobody wrote down: its items say when it was done.
    if (finishedOn === null && milestone.kind === 'version' && !milestone.isOpenAt(at))
      return lastDone(milestone.scopeAt(at), at);
    // Everything is done, and nobody has said yet that it is.
    const standing = standingOf(milestone);
    return standing && standing.size > 0 && standing.open.length === 0 ? lastDone(milestone.scopeAt(at), at) : null;
  };
  return (moment) => {
    const standings = new Map(moment.standings.map((standing) => [standing.milestone, standing]));
    const ended = large
      .flatMap((milestone) => {
        const endedAt = endOf(milestone, moment.at, (one) => standings.get(one));
        return endedAt === null ? [] : [{ milestone, endedAt }];
      })
      .sort((a, b) => b.endedAt - a.endedAt || (a.milestone.id < b.milestone.id ? -1 : 1));
    return distinct(ended)
      .map(({ milestone, endedAt }) => ({
        milestone,
        endedAt,
        needs: originsBefore(endedAt, view).flatMap((monday) => {
          const finished = moment.outlook.finishedBetween(monday, endedAt);
          const need = finished === null ? undefined : needsOn(monday).get(milestone);
          return finished === null || need === undefined ? [] : [{ need, finished }];
        }),
      }))
      .filter(({ needs }) => needs.length > 0);
  };
}

type Ended = Pick<Finished, 'milestone' | 'endedAt'>;

/** The newest, without the epics all of whose work was in a version or named milestone that ended with them. */
function distinct(ended: readonly Ended[]): readonly Ended[] {
  const wholes = ended.filter(({ milestone }) => milestone.kind !== 'epic');
  const found: Ended[] = [];
  for (const one of ended) {
    if (found.length === newest) break;
    if (one.milestone.kind !== 'epic' || !wholes.some((whole) => isWithin(one, whole))) found.push(one);
  }
  return found;
}

function isWithin({ milestone, endedAt }: Ended, whole: Ended): boolean {
  if (Math.abs(whole.endedAt - endedAt) > closedWithinDays * dayMs) return false;
  const held = new Set(whole.milestone.scopeAt(whole.endedAt));
  return milestone.scopeAt(endedAt).every((item) => held.has(item));
}

/** Items with a due date of their own are no sample of anything. */
function isLarge({ kind, isOnlyDate }: Milestone): boolean {
  return kind !== 'item' && !isOnlyDate;
}

/** When the last of the items was done; null while one is open or its time is not known, and without items. */
function lastDone(items: readonly ItemView[], at: Instant): Instant | null {
  let last: Instant | null = null;
  for (const item of items) {
    const doneAt = doneAtOf(item, at);
    if (doneAt === null) return null;
    last = Math.max(last ?? doneAt, doneAt);
  }
  return last;
}

/** Mondays that are the same ones for every milestone and every day of asking. */
function originsBefore(endedAt: Instant, { calendar }: ProjectView): readonly Day[] {
  const last = dayNumber(startOfWeek(calendar.zone.dayAt(endedAt)));
  const mondays: Day[] = [];
  for (let monday = last; monday > last - 7 * longestWeeks; monday -= 7)
    if (Math.floor(monday / 7) % originWeeks === 0) mondays.push(dayOfNumber(monday));
  return mondays;
}

/** What each large open milestone that was being worked on needed when a week began. */
function readNeeds(view: ProjectView, milestones: readonly Milestone[], monday: Day): ReadonlyMap<Milestone, number> {
  const at = view.calendar.zone.startOf(monday) - 1;
  const needs = new Map<Milestone, number>();
  for (const { milestone, need, open, scope } of pastStandingsAt(view, milestones, at)) {
    if (!isLarge(milestone) || open.length === 0 || open.length === scope.length || !isActive(scope, at)) continue;
    needs.set(milestone, need);
  }
  return needs;
}

function isActive(scope: readonly ItemView[], at: Instant): boolean {
  const from = at - activeWeeks * 7 * dayMs;
  return scope.some((item) => (doneAtOf(item, at) ?? -Infinity) > from);
}
