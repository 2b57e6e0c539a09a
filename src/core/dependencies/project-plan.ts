import type { Metrics } from '../metrics/metrics.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { ItemKey, ProjectId } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { valueAt } from '../view/timeline.ts';
import type { ItemView, ProjectView, SprintView } from '../view/view.ts';
import type { NodeId } from './network.ts';
import type { PlanItem, PlanMilestone, ProjectPlan, Remaining } from './plan.ts';
import { createRemaining } from './remaining.ts';
import { linksOf, partsOf } from './links.ts';
import { forecastsOf } from './milestone-odds.ts';
import { itemCalled } from '../view/item-key.ts';

export interface PlanQuestion {
  readonly view: ProjectView;
  readonly metrics: Pick<Metrics, 'milestones' | 'name'>;
  /** Start of the period: dates are compared with those of then. */
  readonly since: Instant;
  /** The milestone that the health of the project speaks about; null when there is none. */
  readonly deciding: string | null;
  /** Without them nothing is simulated: a rule asks for dates and links only. */
  readonly withForecasts: boolean;
}

/** The part of a project that other projects, and the order of its own work, depend on (metrics.md 7.1). One pass. */
export function projectPlan(question: PlanQuestion): ProjectPlan {
  const { view, metrics } = question;
  const linked = linksOf(view);
  const links = [...linked, ...partsOf(view, linked)];
  const named = new Set(links.flatMap(({ blocker, blocked }) => [blocker, blocked]));
  const parents = new Set(links.flatMap(({ blocked, isPart }) => (isPart ? [blocked] : [])));
  const large = metrics.milestones.filter(({ kind, state }) => kind !== 'item' && state === 'open');
  const describe = createDescribe(question, large);
  const items: PlanItem[] = [];
  for (const key of named) items.push(parents.has(key) ? { ...describe(key), remaining: noTime } : describe(key));
  return {
    project: view.settings.id,
    projectName: metrics.name,
    items,
    links,
    milestones: planMilestones(question, large),
  };
}

/** What closes with its last part takes no time of its own. */
const noTime: Remaining = { quantile: () => 0 };

function createDescribe(
  { view, since }: PlanQuestion,
  milestones: readonly MilestoneFigures[],
): (key: ItemKey) => PlanItem {
  const remainingOf = createRemaining(view);
  const sprints = new Map(view.sprints.map((sprint) => [sprint.sprint.id, sprint]));
  const milestoneOf = earliestMilestones(milestones);
  return (key) => {
    const item = itemCalled(view, key);
    if (!item) return opaque(key);
    const isOwn = view.itemsByKey.has(key);
    const sprint = firstSprint(item, sprints);
    const milestone = isOwn ? milestoneOf.get(item.key) : undefined;
    const finish = finishOf(view, { item, sprint, milestone, since });
    return {
      kind: 'item',
      id: item.key,
      project: isOwn ? view.settings.id : null,
      summary: item.summary,
      isDone: item.isDone || item.goneAt !== null,
      isStarted: item.startedAt !== null && item.status.phase === 'started',
      isOwned: item.assignee !== null,
      isHeld: item.isFlagged || item.status.isBlocked,
      startOn:
        item.status.phase === 'started' || !sprint ? null : dayOf(view, sprint.startedAt ?? sprint.sprint.startAt),
      ...finish,
      remaining: isOwn ? remainingOf(item) : null,
    };
  };
}

function opaque(key: ItemKey): PlanItem {
  const nothing = { startOn: null, finishOn: null, finishBy: null, finishMilestone: null, finishBeforeOn: null };
  const unknown = { isDone: false, isStarted: false, isOwned: false, isHeld: false };
  return { kind: 'opaque', id: key, project: null, summary: '', ...unknown, ...nothing, remaining: null };
}

interface FinishQuestion {
  readonly item: ItemView;
  readonly sprint: SprintView | null;
  readonly milestone: MilestoneFigures | undefined;
  readonly since: Instant;
}

/** Its own due date; else the end of the sprint that it is in; else the nearest date of a milestone that it is in. */
function finishOf(
  view: ProjectView,
  { item, sprint, milestone, since }: FinishQuestion,
): Pick<PlanItem, 'finishOn' | 'finishBy' | 'finishMilestone' | 'finishBeforeOn'> {
  if (item.dueOn !== null) {
    const before = item.createdAt <= since && item.isComplete ? valueAt(item.past.dueOn, since) : item.dueOn;
    return { finishOn: item.dueOn, finishBy: 'due', finishMilestone: null, finishBeforeOn: before };
  }
  const endOn = sprint ? dayOf(view, sprint.endAt) : null;
  if (endOn !== null) return { finishOn: endOn, finishBy: 'sprint', finishMilestone: null, finishBeforeOn: endOn };
  if (!milestone) return { finishOn: null, finishBy: null, finishMilestone: null, finishBeforeOn: null };
  return {
    finishOn: milestone.currentOn,
    finishBy: 'milestone',
    finishMilestone: milestoneNode(view, milestone),
    finishBeforeOn: dateBefore(milestone, since),
  };
}

export function milestoneNode(view: ProjectView, { id }: Pick<MilestoneFigures, 'id'>): NodeId {
  return milestoneId(view.settings.id, id);
}

/** The name of a milestone in the graph: ids of two projects may be the same. */
export function milestoneId(project: ProjectId, id: string): NodeId {
  return `${project}/${id}`;
}

/** The date that a milestone had at the start of the period: that from which its first move since then came. */
function dateBefore({ moves, currentOn }: MilestoneFigures, since: Instant): Day | null {
  const first = moves.find(({ at }) => at > since);
  return first ? first.from : currentOn;
}

function firstSprint(item: ItemView, sprints: ReadonlyMap<string, SprintView>): SprintView | null {
  let first: SprintView | null = null;
  for (const id of item.sprintIds) {
    const sprint = sprints.get(id);
    if (!sprint || sprint.state === 'closed') continue;
    if (first === null || (sprint.endAt ?? Infinity) < (first.endAt ?? Infinity)) first = sprint;
  }
  return first;
}

function earliestMilestones(milestones: readonly MilestoneFigures[]): ReadonlyMap<ItemKey, MilestoneFigures> {
  const earliest = new Map<ItemKey, MilestoneFigures>();
  for (const milestone of milestones) {
    if (milestone.currentOn === null) continue;
    for (const key of milestone.openKeys) {
      const known = earliest.get(key);
      if (!known || milestone.currentOn < known.currentOn!) earliest.set(key, milestone);
    }
  }
  return earliest;
}

function dayOf({ calendar }: ProjectView, at: Instant | null): Day | null {
  return at === null ? null : calendar.zone.dayAt(at);
}

function planMilestones(
  { view, metrics, since, deciding, withForecasts }: PlanQuestion,
  large: readonly MilestoneFigures[],
): readonly PlanMilestone[] {
  const forecasts = withForecasts && deciding !== null ? forecastsOf(view, deciding) : new Map<string, Remaining>();
  return large.map((milestone) => ({
    id: milestoneNode(view, milestone),
    project: view.settings.id,
    projectName: metrics.name,
    name: milestone.name,
    committedOn: milestone.rebaseline?.on ?? milestone.committedOn,
    currentOn: milestone.currentOn,
    beforeOn: dateBefore(milestone, since),
    openKeys: milestone.openKeys,
    remaining: forecasts.get(milestone.id) ?? null,
    chance: { baseline: milestone.health.baseline.probability, current: milestone.health.current.probability },
    isDeciding: milestone.id === deciding,
  }));
}
