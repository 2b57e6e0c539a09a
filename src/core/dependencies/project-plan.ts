import { chanceGrid } from '../metrics/forecast/adaptive.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import { evaluationAt } from '../metrics/milestones/health.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import { normalQuantile } from '../metrics/normal.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { valueAt } from '../view/timeline.ts';
import type { ItemView, ProjectView, SprintView } from '../view/view.ts';
import type { NodeId } from './network.ts';
import type { Link, PlanItem, PlanMilestone, ProjectPlan, Remaining } from './plan.ts';
import { createRemaining } from './remaining.ts';

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

/** Blocks as the blocked item, or its blocker, tells them; ends of finished or vanished items are left out. */
function linksOf(view: ProjectView): readonly Link[] {
  const links = new Map<string, Link>();
  const add = (teller: ItemView, blocker: ItemKey, blocked: ItemKey, text: string) => {
    const id = `${blocker} ${blocked}`;
    const since = linkedSince(teller, text);
    const known = links.get(id);
    // One link is told at both its ends; the end that knows its past is right.
    if (!known || (since !== null && (known.since === null || since < known.since)))
      links.set(id, { blocker, blocked, since });
  };
  const look = (item: ItemView) => {
    if (item.isDone || item.goneAt !== null) return;
    for (const { kind, key } of item.links) {
      const current = lookUp(view, key)?.key ?? key;
      if (kind === 'blocked-by') add(item, current, item.key, `${kind}:${key}`);
      else if (kind === 'blocks' && !isOver(lookUp(view, key))) add(item, item.key, current, `${kind}:${key}`);
    }
  };
  view.items.forEach(look);
  for (const item of new Set(view.linkedByKey.values())) look(item);
  return [...links.values()];
}

/** What closes with its last part takes no time of its own. */
const noTime: Remaining = { quantile: () => 0 };

/**
 * The open parts of items that stand in a link, and the parts of those (metrics.md 7.1, parent → child): who waits for an
 * epic waits for all that is in it. Parts of what nobody waits for are no matter of a graph.
 */
function partsOf(view: ProjectView, linked: readonly Link[]): readonly Link[] {
  const queue = new Set(linked.flatMap(({ blocker, blocked }) => [blocker, blocked]));
  if (queue.size === 0) return [];
  const children = new Map<ItemKey, ItemKey[]>();
  for (const { key, parentKey, isDone, goneAt } of view.items) {
    if (parentKey === null || isDone || goneAt !== null) continue;
    const parent = view.itemsByKey.get(parentKey)?.key ?? parentKey;
    const known = children.get(parent);
    if (known) known.push(key);
    else children.set(parent, [key]);
  }
  const links: Link[] = [];
  // A set that grows while it is walked: every item is looked at once.
  for (const parent of queue) {
    if (isOver(lookUp(view, parent))) continue;
    for (const child of children.get(parent) ?? []) {
      links.push({ blocker: child, blocked: parent, since: null, isPart: true });
      queue.add(child);
    }
  }
  return links;
}

function linkedSince({ past, isComplete }: ItemView, text: string): Instant | null {
  if (!isComplete) return null;
  let since: Instant | null = null;
  for (let index = past.links.length - 1; index >= 0 && past.links[index]!.value.includes(text); index -= 1)
    since = past.links[index]!.at;
  return since;
}

function lookUp(view: ProjectView, key: ItemKey): ItemView | undefined {
  return view.itemsByKey.get(key) ?? view.linkedByKey.get(key);
}

function isOver(item: ItemView | undefined): boolean {
  return item !== undefined && (item.isDone || item.goneAt !== null);
}

function createDescribe(
  { view, since }: PlanQuestion,
  milestones: readonly MilestoneFigures[],
): (key: ItemKey) => PlanItem {
  const remainingOf = createRemaining(view);
  const sprints = new Map(view.sprints.map((sprint) => [sprint.sprint.id, sprint]));
  const milestoneOf = earliestMilestones(milestones);
  return (key) => {
    const item = lookUp(view, key);
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
  return `${view.settings.id}/${id}`;
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

/** The forecast of one milestone as odds in working days; none where it may not colour (grade D). */
function forecastsOf(view: ProjectView, id: string): Map<string, Remaining> {
  const { standings, prospectOf } = evaluationAt(view, milestonesOf(view), view.asOf);
  const forecasts = new Map<string, Remaining>();
  for (const standing of standings) {
    const { milestone, open, size } = standing;
    if (milestone.id !== id || size === 0) continue;
    if (open.length === 0) forecasts.set(id, { quantile: () => 0 });
    else {
      const prospect = prospectOf(standing);
      if (prospect.noForecast === null && prospect.grade !== 'D')
        forecasts.set(id, fromGrid(view, prospect.when({ clock: 'current' }, chanceGrid)));
    }
  }
  return forecasts;
}

/** Odds from the days of a grid of chances: straight between them on the normal scale, and on beyond the outer two. */
function fromGrid({ calendar, today }: ProjectView, days: readonly (Day | null)[]): Remaining {
  const known = days.flatMap((on, index) =>
    on === null ? [] : [{ z: normalQuantile(chanceGrid[index]!), days: Math.max(0, calendar.distance(today, on)) }],
  );
  const isCut = known.length < days.length;
  const highest = known.at(-1)?.z ?? -Infinity;
  return {
    quantile: (chance) => {
      const z = normalQuantile(chance);
      if (known.length < 2 || (isCut && z > highest)) return Infinity;
      const found = known.findIndex((point) => point.z >= z);
      const index = found === -1 ? known.length - 1 : Math.max(1, found);
      const to = known[index]!;
      const from = known[index - 1]!;
      return Math.max(0, from.days + ((z - from.z) / (to.z - from.z)) * (to.days - from.days));
    },
  };
}
