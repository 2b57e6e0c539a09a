import { jointProbability } from '../metrics/forecast/joint.ts';
import type { Colour } from '../metrics/milestone-figures.ts';
import { evaluateRag } from '../metrics/milestones/rag.ts';
import type { RagThresholds } from '../metrics/milestones/rag.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import { evenOdds, sureOdds } from './chances.ts';
import type { DependencyGraph } from './graph.ts';
import type { NodeId } from './network.ts';
import type { PlanMilestone } from './plan.ts';
import { never, percentileOf, simulate } from './simulate.ts';
import type { CreateRandom, Simulation, UncertainNode } from './simulate.ts';
import { horizonWeeks } from '../metrics/forecast/when.ts';

type Clock = 'baseline' | 'current';

/** A date that the programme cannot do without, and what it weighs. */
export interface DecisiveMilestone {
  readonly milestone: PlanMilestone;
  /** Share of runs in which it is the last to be reached; null without a forecast. */
  readonly criticality: number | null;
  /** Working days that the end is expected to slip when it takes one week more; null without a forecast. */
  readonly delayContribution: number | null;
  /** Days with even odds, and with 85 %, waiting for others included; null without a forecast or beyond the horizon. */
  readonly f50On: Day | null;
  readonly f85On: Day | null;
  /** Why there is no such day; null where there is one, and without a forecast. */
  readonly f50Beyond: Beyond | null;
  readonly f85Beyond: Beyond | null;
  /** Some of its work waits for other items, so that `f85On` is not its team's own. */
  readonly isWaiting: boolean;
}

/**
 * It lies beyond the `horizon` of forecasts, or what is waited for may take longer than anything finished so far: the
 * `past` cannot tell by when (metrics.md 2.9).
 */
export type Beyond = 'horizon' | 'past';

/** Health of a programme (metrics.md 7.4): the chance that all the dates it cannot do without are kept. */
export interface ProgrammeOutlook {
  readonly colour: Readonly<Record<Clock, Colour>>;
  readonly probability: Readonly<Record<Clock, number | null>>;
  /** Where each of these comes from. */
  readonly odds: Readonly<Record<Clock, ProgrammeOdds>>;
  /** In order of criticality. */
  readonly milestones: readonly DecisiveMilestone[];
  /** Something of weight is not known, so that the programme is at best amber. */
  readonly isUnknownCritical: boolean;
}

/**
 * How the chance of a programme came about: a date was `missed`, the chances of its milestones were `joined` by the copula
 * (metrics.md 3.4), or the runs of a `simulation` were counted in which all of them are in time.
 */
export type ProgrammeOdds =
  | { readonly by: 'unknown' | 'missed' }
  | {
      readonly by: 'joined';
      readonly chances: readonly number[];
      readonly independent: number;
      readonly weakest: number;
    }
  | { readonly by: 'simulation'; readonly runs: number; readonly inTime: number };

export interface ProgrammeQuestion {
  readonly projects: readonly ProjectId[];
  readonly graph: DependencyGraph;
  readonly calendar: Calendar;
  readonly today: Day;
  readonly thresholds: RagThresholds;
  readonly createRandom: CreateRandom;
}

/** A project whose colour nobody knows weighs when it has more than this share of the open work. */
const greyShare = 0.2;
/** Later than any date that is told. */
const horizonWorkingDays = horizonWeeks * 5;

/**
 * The colours and odds of a programme from the deciding milestones of its projects (metrics.md 7.4): by simulation where
 * they wait for one another, else joined; null probabilities, and no colour, where nothing is known.
 */
export function programmeOutlook(question: ProgrammeQuestion): ProgrammeOutlook {
  const { graph, projects, today, createRandom } = question;
  const wanted = new Set(projects);
  const needed = [...graph.milestones.values()].filter(
    ({ isDeciding, project, currentOn, committedOn }) =>
      isDeciding && wanted.has(project) && (currentOn !== null || committedOn !== null),
  );
  const known = needed.filter(({ remaining }) => remaining !== null);
  const nodes = networkFor(graph, known);
  const hasLinks = nodes.length > 2 * known.length;
  const simulation =
    known.length === 0
      ? null
      : simulate(
          nodes,
          known.map((milestone) => milestone.id),
          // The same draws whoever asks: a milestone has one date, in whatever roll-up it stands.
          { seed: today, createRandom },
        );
  const milestones = needed
    .map((milestone) => decisive(milestone, simulation, question))
    .sort((a, b) => (b.criticality ?? 0) - (a.criticality ?? 0) || (a.milestone.id < b.milestone.id ? -1 : 1));
  const isUnknownCritical = isGreyHeavy(graph, needed, nodes);
  const parts = { simulation: hasLinks ? simulation : null, question };
  const odds = { baseline: oddsOf('baseline', needed, parts), current: oddsOf('current', needed, parts) };
  const probability = { baseline: chanceOf(odds.baseline), current: chanceOf(odds.current) };
  const colourOf = (clock: Clock): Colour => {
    const { colour } = evaluateRag(null, { probability: probability[clock] }, question.thresholds);
    return isUnknownCritical && colour === 'green' ? 'amber' : colour;
  };
  return {
    colour: { baseline: colourOf('baseline'), current: colourOf('current') },
    probability,
    odds,
    milestones,
    isUnknownCritical,
  };
}

/** For each milestone its own team's work, and every open item that the work in it waits for, however far off. */
function networkFor(graph: DependencyGraph, milestones: readonly PlanMilestone[]): readonly UncertainNode[] {
  const nodes: UncertainNode[] = [];
  const queue: NodeId[] = [];
  const seen = new Set<NodeId>();
  const want = (key: NodeId) => {
    if (seen.has(key)) return;
    seen.add(key);
    queue.push(key);
  };
  for (const { id, project, remaining, openKeys } of milestones) {
    const waiting = openKeys.filter((key) => graph.waiting.has(key));
    waiting.forEach(want);
    nodes.push({ id: workOf(id), remaining, team: project, predecessors: [] });
    nodes.push({ id, remaining: null, team: project, predecessors: [workOf(id), ...waiting] });
  }
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    const item = graph.items.get(key)!;
    const before = graph.blockers.get(key) ?? [];
    before.forEach(want);
    nodes.push({ id: key, remaining: item.remaining, team: item.project ?? key, predecessors: before });
  }
  return nodes;
}

function workOf(milestone: NodeId): NodeId {
  return `work of ${milestone}`;
}

const noDays = { f50On: null, f50Beyond: null, f85On: null, f85Beyond: null } as const;

function decisive(
  milestone: PlanMilestone,
  simulation: Simulation | null,
  { today, calendar, graph }: ProgrammeQuestion,
): DecisiveMilestone {
  const isWaiting = milestone.openKeys.some((key) => graph.waiting.has(key));
  const finishes = simulation?.finishes.get(milestone.id);
  if (!simulation || !finishes) return { milestone, ...noDays, criticality: null, delayContribution: null, isWaiting };
  const endAt = (share: number): { readonly on: Day | null; readonly beyond: Beyond | null } => {
    // The date of its own project is told beside it: runs are not to differ from it by chance, and waiting brings nothing forward.
    const own = milestone.remaining!.quantile(share);
    const days = isWaiting ? Math.max(own, percentileOf(finishes, share)) : own;
    if (days <= horizonWorkingDays) return { on: calendar.add(today, Math.ceil(days - 1e-9)), beyond: null };
    const isOwn = days < never || own === Infinity;
    return { on: null, beyond: isOwn ? 'horizon' : 'past' };
  };
  const f50 = endAt(evenOdds);
  const f85 = endAt(sureOdds);
  return {
    milestone,
    criticality: simulation.criticality.get(milestone.id)!,
    delayContribution: simulation.delayContribution.get(milestone.id)!,
    f50On: f50.on,
    f50Beyond: f50.beyond,
    f85On: f85.on,
    f85Beyond: f85.beyond,
    isWaiting,
  };
}

/**
 * Without a link to wait for, the chances of the milestones themselves, joined by the copula of 3.4; else the share of
 * runs in which all are in time. A date that was missed makes it 0; null when no chance is known.
 */
function oddsOf(
  clock: Clock,
  needed: readonly PlanMilestone[],
  { simulation, question }: { readonly simulation: Simulation | null; readonly question: ProgrammeQuestion },
): ProgrammeOdds {
  const { calendar, today } = question;
  const told = needed.filter(({ chance }) => chance[clock] !== null);
  if (told.length === 0) return { by: 'unknown' };
  const dateOf = ({ committedOn, currentOn }: PlanMilestone) => (clock === 'baseline' ? committedOn : currentOn);
  // On the day itself a chance may be 0 already, and yet nothing is missed.
  const isMissed = (milestone: PlanMilestone) => milestone.chance[clock] === 0 && (dateOf(milestone) ?? today) < today;
  if (told.some(isMissed)) return { by: 'missed' };
  if (simulation === null) {
    const chances = told.map(({ chance }) => chance[clock]!);
    const { independent, weakest } = jointProbability(chances);
    return { by: 'joined', chances, independent, weakest };
  }
  const limits = told.flatMap((milestone) => {
    const finishes = simulation.finishes.get(milestone.id);
    const on = dateOf(milestone);
    return finishes && on !== null ? [{ finishes, limit: calendar.distance(today, on) }] : [];
  });
  const first = limits[0];
  if (!first) return { by: 'unknown' };
  let inTime = 0;
  for (let run = 0; run < first.finishes.length; run += 1)
    if (limits.every(({ finishes, limit }) => finishes[run]! <= limit)) inTime += 1;
  return { by: 'simulation', runs: first.finishes.length, inTime };
}

function chanceOf(odds: ProgrammeOdds): number | null {
  if (odds.by === 'joined') return jointProbability(odds.chances).probability;
  // Two thousand runs that agree are no certainty: the rule of succession keeps it from 0 and 1.
  if (odds.by === 'simulation') return (odds.inTime + 0.5) / (odds.runs + 1);
  return odds.by === 'missed' ? 0 : null;
}

/** Grey on the critical path: how long something takes that is waited for nobody here knows, or much of the open work has no forecast. */
function isGreyHeavy(
  graph: DependencyGraph,
  needed: readonly PlanMilestone[],
  nodes: readonly UncertainNode[],
): boolean {
  const open = needed.reduce((sum, { openKeys }) => sum + openKeys.length, 0);
  const grey = needed.filter(({ chance }) => chance.current === null && chance.baseline === null);
  const greyOpen = grey.reduce((sum, { openKeys }) => sum + openKeys.length, 0);
  if (open > 0 && greyOpen > greyShare * open) return true;
  return nodes.some(({ id }) => graph.items.get(id)?.project === null);
}
