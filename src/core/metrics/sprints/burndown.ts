import type { ItemKey } from '../../model/ids.ts';
import type { Calendar } from '../../time/calendar.ts';
import { addDays } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import { valueAt } from '../../view/timeline.ts';
import { accountSprint, closingOf, isInSprint } from './sprint.ts';
import type { SprintItem, SprintSpan } from './sprint.ts';

export type BurndownEvent = 'add' | 'remove' | 'complete' | 'reopen' | 're-estimate';

/** One thing that changed what was left to do, and what was left after it. */
export interface BurndownStep {
  readonly at: Instant;
  readonly key: ItemKey;
  readonly event: BurndownEvent;
  readonly count: number;
  readonly points: number;
}

export interface Remaining {
  readonly count: number;
  readonly points: number;
}

export interface Burndown {
  readonly start: Remaining;
  readonly end: Remaining;
  /** In order of time, then of key. */
  readonly steps: readonly BurndownStep[];
}

interface State {
  readonly isIn: boolean;
  readonly isDone: boolean;
  readonly points: number;
}

/**
 * What was left to do over a sprint (metrics.md 2.6), in items and points, from its start to its end. Items that were
 * completed outside are left out, as in the velocity chart (2.5), and membership is read no later than a minute before
 * the end, so that what is left at the end is what was not completed: the guard of 2.6.
 */
export function burndownOf(items: readonly SprintItem[], span: SprintSpan): Burndown {
  const account = accountSprint(items, span);
  const parts = items.filter(
    ({ key }) => (account.items.get(key)?.class ?? 'completed-outside') !== 'completed-outside',
  );
  const changes = parts.flatMap((item) => changesOf(item, span));
  changes.sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const start = parts.reduce<Remaining>((sum, item) => plus(sum, leftOf(stateAt(item, span.startedAt, span))), nothing);
  let left = start;
  const steps = changes.map(({ at, key, before, after }): BurndownStep => {
    left = plus(plus(left, leftOf(after)), leftOf(before), -1);
    return { at, key, event: eventOf(before, after), ...left };
  });
  return { start, end: left, steps };
}

const nothing: Remaining = { count: 0, points: 0 };

function plus(a: Remaining, b: Remaining, sign = 1): Remaining {
  return { count: a.count + sign * b.count, points: a.points + sign * b.points };
}

function leftOf({ isIn, isDone, points }: State): Remaining {
  return isIn && !isDone ? { count: 1, points } : nothing;
}

function stateAt(item: SprintItem, at: Instant, span: SprintSpan): State {
  return {
    isIn: isInSprint(item, Math.min(at, closingOf(span))),
    isDone: valueAt(item.doneness, at),
    points: valueAt(item.estimate, at) ?? 0,
  };
}

interface Changed {
  readonly at: Instant;
  readonly key: ItemKey;
  readonly before: State;
  readonly after: State;
}

/** The moments at which one item changed what was left to do. */
function changesOf(item: SprintItem, span: SprintSpan): Changed[] {
  const moments = new Set<Instant>([item.createdAt]);
  for (const { at } of item.membership) moments.add(at);
  for (const { at } of item.doneness) moments.add(at);
  for (const { at } of item.estimate) moments.add(at);
  const inTime = [...moments].filter((at) => at > span.startedAt && at <= span.endedAt).sort((a, b) => a - b);
  const found: Changed[] = [];
  let before = stateAt(item, span.startedAt, span);
  for (const at of inTime) {
    const after = stateAt(item, at, span);
    const [was, is] = [leftOf(before), leftOf(after)];
    if (was.count !== is.count || was.points !== is.points) found.push({ at, key: item.key, before, after });
    before = after;
  }
  return found;
}

function eventOf(before: State, after: State): BurndownEvent {
  if (before.isIn !== after.isIn) return after.isIn ? 'add' : 'remove';
  if (before.isDone !== after.isDone) return after.isDone ? 'complete' : 'reopen';
  return 're-estimate';
}

/** What was left at the end of a day, and what the ideal line has there. */
export interface BurndownDay extends Remaining {
  readonly on: Day;
  /** From the commitment at the start to 0 at the planned end, over working days: changes of scope never move it. */
  readonly ideal: Remaining;
}

export interface BurndownPlan {
  readonly calendar: Calendar;
  /** Planned end; the real one where none was planned. */
  readonly plannedEndAt: Instant;
  readonly commitment: Remaining;
}

/** Longer than any sprint that is worth a chart: a sprint that was forgotten open is cut here. */
const longestDays = 120;

/** The burndown day by day, working days only, the first and the last day of the sprint included (metrics.md 2.6). */
export function burndownDays(
  burndown: Burndown,
  { startedAt, endedAt }: SprintSpan,
  { calendar, plannedEndAt, commitment }: BurndownPlan,
): readonly BurndownDay[] {
  const { zone } = calendar;
  const [first, last, plannedLast] = [startedAt, endedAt, plannedEndAt].map((at) => zone.dayAt(at)) as [Day, Day, Day];
  const whole = calendar.distance(first, plannedLast);
  const days: BurndownDay[] = [];
  let step = 0;
  let left = burndown.start;
  for (let on = first; on <= last && days.length < longestDays; on = addDays(on, 1)) {
    const until = zone.startOf(addDays(on, 1));
    for (; step < burndown.steps.length && burndown.steps[step]!.at < until; step++) left = burndown.steps[step]!;
    if (on !== first && on !== last && calendar.fraction(on) === 0) continue;
    const share = whole > 0 ? Math.max(0, 1 - calendar.distance(first, on) / whole) : 0;
    const ideal = { count: commitment.count * share, points: commitment.points * share };
    days.push({ on, count: left.count, points: left.points, ideal });
  }
  return days;
}
