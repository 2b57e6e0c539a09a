import { joinPlans } from '../dependencies/graph.ts';
import type { DependencyGraph } from '../dependencies/graph.ts';
import type { DecisiveMilestone, ProgrammeOdds } from '../dependencies/programme-outlook.ts';
import { ripplesOf } from '../dependencies/ripple.ts';
import { rolledSchedule } from '../metrics/value/plan-curve.ts';
import type { Colour } from '../metrics/milestone-figures.ts';
import type { ItemKey } from '../model/ids.ts';
import { outlookOfPart, partsOf } from '../reports/portfolio-digest.ts';
import type { PortfolioPart } from '../reports/portfolio-digest.ts';
import type { PortfolioInput } from '../reports/portfolio-input.ts';
import type { RollUp } from '../reports/portfolio-report.ts';
import { rollUpOf } from '../reports/roll-up.ts';
import { addDays } from '../time/day.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';

/** Where the numbers of a portfolio digest come from (metrics.md 7.2, 7.4): down to the milestones, and the links between items. */
export interface PortfolioExplanation {
  readonly kind: 'portfolio-explanation';
  readonly asOf: Instant;
  readonly zone: string;
  readonly parts: readonly ExplainedPart[];
  readonly ripples: readonly ExplainedRipple[];
}

export interface ExplainedPart {
  readonly id: string;
  /** Null for the projects that belong to no programme. */
  readonly name: string | null;
  readonly colour: { readonly baseline: Colour; readonly current: Colour };
  readonly probability: { readonly baseline: number | null; readonly current: number | null };
  readonly odds: { readonly baseline: ProgrammeOdds; readonly current: ProgrammeOdds };
  readonly isUnknownCritical: boolean;
  readonly milestones: readonly ExplainedMilestone[];
  readonly rollUp: RollUp;
  /** The summed plan around the weeks on which SPI(t) rests; null without one. */
  readonly plan: SummedPlan | null;
}

export interface ExplainedMilestone extends Omit<DecisiveMilestone, 'milestone'> {
  readonly project: string;
  readonly projectId: string;
  readonly name: string;
  readonly committedOn: Day | null;
  readonly currentOn: Day | null;
  readonly openItems: number;
  readonly chance: { readonly baseline: number | null; readonly current: number | null };
  /** What its open items wait for, a link each. */
  readonly waits: readonly { readonly blocked: ItemKey; readonly by: ItemKey }[];
}

export interface SummedPlan {
  readonly startOn: Day;
  readonly passedOn: Day;
  /** Weeks passed by then, and the earned schedule. */
  readonly at: number;
  readonly es: number;
  readonly planned: number;
  readonly earned: number;
  /** The two weeks between which as much was planned as is earned; null when all is. */
  readonly between: readonly { readonly week: number; readonly on: Day; readonly planned: number }[] | null;
  readonly projects: readonly { readonly id: string; readonly planned: number; readonly earned: number }[];
}

/** A slip in one project that reaches the date of another. */
export interface ExplainedRipple {
  readonly project: string;
  readonly milestone: string;
  readonly currentOn: Day | null;
  readonly waiting: ItemKey;
  readonly via: ItemKey | null;
  readonly cause: ItemKey;
  readonly causeBeforeOn: Day | null;
  readonly causeOn: Day | null;
  readonly slip: number;
  readonly float: number;
  readonly late: number;
}

/** All parts of the portfolio, or the one of this name or id; null when none is called so. */
export function explainPortfolio(input: PortfolioInput, asked: string | null): PortfolioExplanation | null {
  const graph = joinPlans(input.projects.map(({ plan }) => plan));
  const wanted = asked?.toLowerCase();
  const parts = partsOf(input).filter(
    ({ id, name }) => wanted === undefined || id.toLowerCase() === wanted || name?.toLowerCase() === wanted,
  );
  if (parts.length === 0 && asked !== null) return null;
  const { calendar, asOf } = input;
  const projects = new Set(parts.flatMap(({ digests }) => digests.map(({ project }) => project.id)));
  return {
    kind: 'portfolio-explanation',
    asOf,
    zone: input.zone.name,
    parts: parts.map((part) => explainPart(part, graph, input)),
    ripples: ripplesOf(graph, calendar, calendar.zone.dayAt(asOf))
      .filter(({ cause, milestone }) => cause.project !== milestone.project && projects.has(milestone.project))
      .map(({ milestone, waiting, via, cause, slip, float, late }) => ({
        project: milestone.projectName,
        milestone: milestone.name,
        currentOn: milestone.currentOn,
        waiting: waiting.id,
        via: via?.id ?? null,
        cause: cause.id,
        causeBeforeOn: cause.finishBeforeOn,
        causeOn: cause.finishOn,
        slip,
        float,
        late,
      })),
  };
}

function explainPart(part: PortfolioPart, graph: DependencyGraph, input: PortfolioInput): ExplainedPart {
  const { colour, probability, odds, isUnknownCritical, milestones } = outlookOfPart(part, graph, input);
  const ids = new Set(part.digests.map(({ project }) => project.id));
  const entries = input.projects.filter(({ digest }) => ids.has(digest.project.id));
  return {
    id: part.id,
    name: part.name,
    colour,
    probability,
    odds,
    isUnknownCritical,
    milestones: milestones.map((decisive) => explainMilestone(decisive, graph)),
    rollUp: rollUpOf(entries, input.calendar),
    plan: summedPlan(entries, input),
  };
}

function explainMilestone({ milestone, ...weight }: DecisiveMilestone, graph: DependencyGraph): ExplainedMilestone {
  const { project, projectName, name, committedOn, currentOn, openKeys, chance } = milestone;
  return {
    ...weight,
    project: projectName,
    projectId: project,
    name,
    committedOn,
    currentOn,
    openItems: openKeys.length,
    chance,
    waits: openKeys
      .filter((blocked) => graph.waiting.has(blocked))
      .flatMap((blocked) => (graph.blockers.get(blocked) ?? []).map((by) => ({ blocked, by }))),
  };
}

function summedPlan(
  entries: PortfolioInput['projects'],
  { calendar }: Pick<PortfolioInput, 'calendar'>,
): SummedPlan | null {
  const known = entries.flatMap(({ digest, curve }) => (curve ? [{ id: digest.project.id, curve }] : []));
  const rolled = rolledSchedule(
    known.map(({ curve }) => curve),
    calendar,
  );
  if (rolled === null) return null;
  const { startOn, passedOn, planned, earned, at, schedule } = rolled;
  const next = planned.findIndex((value) => value > earned);
  const weekAt = (week: number) => ({ week, on: addDays(startOn, 7 * week - 1), planned: planned[week - 1] ?? 0 });
  return {
    startOn,
    passedOn,
    at,
    es: schedule.es,
    planned: planned.at(-1)!,
    earned,
    between: next === -1 ? null : [weekAt(next), weekAt(next + 1)],
    projects: known.map(({ id, curve }) => ({ id, planned: curve.planned.at(-1)!, earned: curve.earned })),
  };
}
