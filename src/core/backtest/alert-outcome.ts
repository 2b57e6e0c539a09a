import type { AlertRule, AlertSignal } from '../alerts/alert.ts';
import { stayWorkingDays } from '../alerts/signals/stay-odds.ts';
import { measure } from '../metrics/measure.ts';
import type { SprintFigures } from '../metrics/sprint-figures.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { ProjectHistory } from '../model/project.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { viewAsOf } from '../view/as-of.ts';
import { valueAt } from '../view/timeline.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import { deliveryOutcome } from './delivery-outcome.ts';
import { notKnown, notYet, right, wrong } from './outcome.ts';
import type { AlertOutcome } from './outcome.ts';

interface Raised {
  readonly on: Day;
  readonly at: Instant;
}

type OutcomeOf = (
  signal: AlertSignal,
  raised: Raised,
) => { readonly outcome: AlertOutcome; readonly noticeWorkingDays: number | null };

/**
 * Whether an alert was right, judged from all that is known by `knownUntil` (metrics.md 4.5). Right means:
 * - MILESTONE_SLIPPED: it was not finished by the date that it was to be moved from, or that had passed.
 * - RIPPLE, PROMISE_GAP, SCOPE_GROWTH: it was not finished by the date that was in danger, or that date was moved later before.
 * - SPRINT_AT_RISK: of what the sprint committed to, less than four fifths was done when it closed (say/do).
 * - ITEM_AT_RISK: it was not done by the date in danger, or moved to a later date or release before.
 * - WORK_STALLED: its status did not change in the next five working days, or it was still blocked after them.
 * - DELIVERY_DEGRADED: in the four weeks after it delivery was still worse than what it was held against.
 * What is not over is not yet known. The notice is counted to the date in danger: for an item without one, to the day on
 * which the release that it was planned for came out; a fact gives none.
 */
export function createOutcomeOf(history: ProjectHistory, calendar: Calendar, knownUntil: Instant): OutcomeOf {
  if (!Number.isFinite(knownUntil)) return () => ({ outcome: notKnown, noticeWorkingDays: null });
  const view = viewAsOf(history, knownUntil, calendar);
  const metrics = measure(view);
  const milestones = new Map(metrics.milestones.map((milestone) => [milestone.id, milestone]));
  const sprints = new Map(metrics.sprints.map((sprint) => [sprint.id, sprint]));
  const viewAt = (at: Instant) => viewAsOf(history, at, calendar);
  const stillBlocked = (key: string, at: Instant) => (viewAt(at).itemsByKey.get(key)?.blocks.length ?? 0) > 0;
  const outcomes: Readonly<Record<AlertRule, (signal: AlertSignal, raised: Raised) => AlertOutcome>> = {
    MILESTONE_SLIPPED: ({ subject, dueOn }) =>
      milestoneOutcome(milestones.get(subject), { dueOn, since: Infinity, view }),
    PROMISE_GAP: ({ subject, dueOn }, { at }) => milestoneOutcome(milestones.get(subject), { dueOn, since: at, view }),
    RIPPLE: ({ subject, dueOn }, { at }) => milestoneOutcome(milestones.get(subject), { dueOn, since: at, view }),
    SCOPE_GROWTH: ({ subject, dueOn }, { at }) => milestoneOutcome(milestones.get(subject), { dueOn, since: at, view }),
    SPRINT_AT_RISK: ({ subject }) => sprintOutcome(sprints.get(subject), view),
    ITEM_AT_RISK: ({ subject, dueOn }, raised) => itemOutcome(view.itemsByKey.get(subject), { dueOn, raised, view }),
    WORK_STALLED: ({ subject }, raised) => stalledOutcome(view.itemsByKey.get(subject), { raised, view, stillBlocked }),
    DELIVERY_DEGRADED: (signal, { at }) => deliveryOutcome(signal, { at, view, viewAt }),
  };
  return (signal, raised) => {
    const { rule, subject } = signal;
    const dueOn = signal.dueOn ?? releasedOn(view.itemsByKey.get(subject), { raised, view });
    return {
      outcome: outcomes[rule](signal, raised),
      noticeWorkingDays: rule === 'MILESTONE_SLIPPED' || dueOn === null ? null : calendar.distance(raised.on, dueOn),
    };
  };
}

interface Danger {
  readonly dueOn: Day | null;
  /** Moves of the date from here on count as misses. */
  readonly since: Instant;
  readonly view: ProjectView;
}

function milestoneOutcome(milestone: MilestoneFigures | undefined, { dueOn, since, view }: Danger): AlertOutcome {
  if (!milestone || dueOn === null) return notKnown;
  const { finishedOn, moves } = milestone;
  if (finishedOn !== null && finishedOn <= dueOn) return wrong('FINISHED_IN_TIME', finishedOn);
  const move = moves.find(({ at, to }) => at > since && (to === null || to > dueOn));
  if (move) return right('RE_DATED', view.calendar.zone.dayAt(move.at));
  if (finishedOn !== null) return right('FINISHED_LATE', finishedOn);
  return view.today > dueOn ? right('STILL_OPEN', view.today) : notYet;
}

/** Say/do under this is a sprint that missed (metrics.md 4.4). */
const enoughDone = 0.8;

function sprintOutcome(sprint: SprintFigures | undefined, { calendar }: ProjectView): AlertOutcome {
  if (!sprint) return notKnown;
  if (sprint.state !== 'closed') return notYet;
  const sayDo = sprint.totals?.sayDo.count ?? null;
  const on = sprint.completedAt === null ? null : calendar.zone.dayAt(sprint.completedAt);
  if (sayDo === null) return notKnown;
  return sayDo < enoughDone ? right('LITTLE_DONE', on) : wrong('ENOUGH_DONE', on);
}

interface Endangered {
  readonly dueOn: Day | null;
  readonly raised: Raised;
  readonly view: ProjectView;
}

function itemOutcome(item: ItemView | undefined, { dueOn, raised, view }: Endangered): AlertOutcome {
  if (!item) return notKnown;
  const { zone } = view.calendar;
  const doneAt = item.doneSpans.find(({ from }) => from > raised.at)?.from ?? null;
  const date = dueOn ?? releasedOn(item, { raised, view });
  const doneOn = doneAt === null ? null : zone.dayAt(doneAt);
  const movedAt = movedOutAt(item, dueOn, raised.at);
  if (movedAt !== null && (doneAt === null || movedAt < doneAt)) return right('MOVED_OUT', zone.dayAt(movedAt));
  if (date === null) return doneOn === null ? notYet : notKnown;
  if (doneOn !== null) return doneOn <= date ? wrong('FINISHED_IN_TIME', doneOn) : right('FINISHED_LATE', doneOn);
  return view.today > date ? right('STILL_OPEN', view.today) : notYet;
}

/** When its due date was put off or taken away, or it left every release that it was planned for; null when neither. */
function movedOutAt({ past }: ItemView, dueOn: Day | null, since: Instant): Instant | null {
  const planned = valueAt(past.fixVersions, since);
  const puttingOff = past.dueOn.find(
    ({ at, value }) => at > since && dueOn !== null && (value === null || value > dueOn),
  );
  const leaving = past.fixVersions.find(
    ({ at, value }) => at > since && planned.length > 0 && !value.some((id) => planned.includes(id)),
  );
  const own = valueAt(past.dueOn, since) === dueOn ? puttingOff?.at : undefined;
  const times = [own, leaving?.at].filter((at) => at !== undefined);
  return times.length === 0 ? null : Math.min(...times);
}

interface Stall {
  readonly raised: Raised;
  readonly view: ProjectView;
  readonly stillBlocked: (key: string, at: Instant) => boolean;
}

function stalledOutcome(item: ItemView | undefined, { raised, view, stillBlocked }: Stall): AlertOutcome {
  if (!item) return notKnown;
  const { zone } = view.calendar;
  const untilOn = view.calendar.add(raised.on, stayWorkingDays);
  const until = zone.endOf(untilOn);
  const change = item.past.status.find(({ at }) => at > raised.at && at < until);
  if (change && !stillBlocked(item.key, until - 1)) return wrong('MOVED_ON', zone.dayAt(change.at));
  if (view.asOf < until) return notYet;
  return right(change ? 'STILL_BLOCKED' : 'NOT_MOVED', untilOn);
}

/** When the first release that an item was planned for at that time came out, if that was later. */
function releasedOn(item: ItemView | undefined, { raised, view }: Pick<Stall, 'raised' | 'view'>): Day | null {
  if (!item) return null;
  const planned = valueAt(item.past.fixVersions, raised.at);
  const days = view.versions.flatMap(({ version, releasedOn: on, isReleaseDayKnown }) =>
    planned?.includes(version.id) && on !== null && isReleaseDayKnown && on >= raised.on ? [on] : [],
  );
  return days.sort()[0] ?? null;
}
