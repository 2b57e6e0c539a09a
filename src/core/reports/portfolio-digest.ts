import { joinPlans } from '../dependencies/graph.ts';
import type { DependencyGraph } from '../dependencies/graph.ts';
import { programmeOutlook } from '../dependencies/programme-outlook.ts';
import { milestoneId } from '../dependencies/project-plan.ts';
import type { DecisiveMilestone, ProgrammeOutlook } from '../dependencies/programme-outlook.ts';
import { byBadness, countColours } from './colour-order.ts';
import { dependencyLines } from './portfolio-dependencies.ts';
import { decisionsIn, movesIn, nextIn, turnedIn } from './portfolio-changes.ts';
import type { PortfolioInput } from './portfolio-input.ts';
import type {
  CriticalDate,
  PortfolioDigest,
  PortfolioGroup,
  PortfolioLine,
  PortfolioDelivery,
} from './portfolio-report.ts';
import { rollUpOf } from './roll-up.ts';
import { mergedTrust, staleProjects } from './portfolio-trust.ts';
import type { ProjectDigest } from './project-report.ts';

/** Lines that fit on a telephone's screen with the rest. */
const mostLines = 8;
/** Programmes whose projects are listed in the thread. */
const mostGroups = 12;

/** A programme, a project that stands for itself, or the projects that belong to no programme (`name` null). */
export interface PortfolioPart {
  readonly id: string;
  readonly name: string | null;
  readonly digests: readonly ProjectDigest[];
}

/** The portfolio on one screen (metrics.md 7.4): every programme's health, what moved, what needs a decision. */
export function buildPortfolioDigest(input: PortfolioInput): PortfolioDigest {
  const { asOf, since, zone, calendar, thresholds } = input;
  const graph = joinPlans(input.projects.map(({ plan }) => plan));
  const today = calendar.zone.dayAt(asOf);
  const isOfProjects = input.programmes.length === 0;
  const groups = partsOf(input);
  const outlookOf = (part: PortfolioPart) => outlookOfPart(part, graph, input);
  const lines = groups
    .map((group) => (isOfProjects ? projectLine(group, outlookOf(group)) : programmeLine(group, outlookOf(group))))
    .sort((a, b) => byBadness(a, b) || compareNames(a.name, b.name));
  const left = lines.slice(mostLines);
  const digests = input.projects.map(({ digest }) => digest).sort(worstFirst);
  const { rest: moreDecisions, ...decisions } = decisionsIn(digests, thresholds);
  const { rest: moreConflicts, ...dependencies } = dependencyLines(graph, { ...input, today });
  const digest: Omit<PortfolioDigest, 'isQuiet'> = {
    kind: 'portfolio-digest',
    asOf,
    zone: zone.name,
    since,
    isOfProjects,
    counts: {
      baseline: countColours(lines.map(({ baseline }) => baseline)),
      current: countColours(lines.map(({ current }) => current)),
    },
    lines: lines.slice(0, mostLines),
    more: { ...countColours(left.map(({ current }) => current)), all: left.length },
    finished: digests.reduce((sum, { finished }) => sum + finished.count, 0),
    ...movesIn(digests, thresholds.digest.next),
    ...turnedIn(digests, thresholds.digest.next),
    ...decisions,
    ...dependencies,
    next: nextIn(digests, { calendar, today, thresholds }),
    trust: mergedTrust(digests.map(({ trust }) => trust)),
    stale: staleProjects(digests, asOf, thresholds.data.staleHours),
    details: {
      groups: isOfProjects ? [] : threadGroups(groups, { ...input, longest: thresholds.digest.listed }),
      moreGroups: isOfProjects ? 0 : Math.max(0, groups.length - mostGroups),
      decisions: moreDecisions,
      conflicts: moreConflicts,
      delivery: deliveryOf(digests),
    },
  };
  return { ...digest, isQuiet: isQuiet(digest) };
}

function deliveryOf(digests: readonly ProjectDigest[]): readonly PortfolioDelivery[] {
  return digests
    .flatMap(({ project, delivery }) =>
      delivery.map((line) => ({ ...line, project: project.name, isOneOfSeveral: delivery.length > 1 })),
    )
    .sort((a, b) => a.project.localeCompare(b.project));
}

/** The odds of a part, with all that its work waits for in other parts. */
export function outlookOfPart(
  { digests }: PortfolioPart,
  graph: DependencyGraph,
  { calendar, asOf, thresholds, createRandom }: PortfolioInput,
): ProgrammeOutlook {
  return programmeOutlook({
    projects: digests.map(({ project }) => project.id),
    graph,
    calendar,
    today: calendar.zone.dayAt(asOf),
    thresholds: thresholds.health,
    createRandom,
  });
}

function worstFirst(a: ProjectDigest, b: ProjectDigest): number {
  return byBadness(a.health, b.health) || a.project.name.localeCompare(b.project.name);
}

/** The programmes; then, in one group, projects that belong to none. Without programmes a group is a project. */
export function partsOf({ programmes, projects }: PortfolioInput): readonly PortfolioPart[] {
  const byId = new Map(projects.map(({ digest }) => [digest.project.id, digest]));
  if (programmes.length === 0)
    return projects.map(({ digest }) => ({ id: digest.project.id, name: digest.project.name, digests: [digest] }));
  const grouped = new Set(programmes.flatMap((programme) => programme.projects));
  const others = projects.map(({ digest }) => digest).filter(({ project }) => !grouped.has(project.id));
  return [
    ...programmes.map(({ id, name, projects: ids }) => ({
      id,
      name,
      digests: ids.flatMap((one) => byId.get(one) ?? []),
    })),
    ...(others.length === 0 ? [] : [{ id: '', name: null, digests: others }]),
  ].map((group) => ({ ...group, digests: group.digests.toSorted(worstFirst) }));
}

function programmeLine({ id, name, digests }: PortfolioPart, outlook: ProgrammeOutlook): PortfolioLine {
  return {
    id,
    name,
    baseline: outlook.colour.baseline,
    current: outlook.colour.current,
    probability: outlook.probability,
    isMissed: { baseline: outlook.odds.baseline.by === 'missed', current: outlook.odds.current.by === 'missed' },
    isPromiseApart: isApart(outlook.probability),
    projects: digests.length,
    counts: countColours(digests.map(({ health }) => health.current)),
    about: criticalDate(outlook, digests),
    isUnknownCritical: outlook.isUnknownCritical,
  };
}

function isApart({ baseline, current }: PortfolioLine['probability']): boolean {
  // As they are told: nothing short of a certainty is 0 or 100 %.
  const told = (share: number) =>
    share === 0 || share === 1 ? share : Math.min(99, Math.max(1, Math.round(100 * share)));
  return baseline !== null && (current === null || told(baseline) !== told(current));
}

/** A project alone keeps the colours that its own digest shows, flicker guard and all. */
function projectLine(group: PortfolioPart, outlook: ProgrammeOutlook): PortfolioLine {
  const { health } = group.digests[0]!;
  return {
    ...programmeLine(group, outlook),
    baseline: health.baseline,
    current: health.current,
    isUnknownCritical: false,
  };
}

function criticalDate({ milestones }: ProgrammeOutlook, digests: readonly ProjectDigest[]): CriticalDate | null {
  const first = milestones[0];
  if (!first) return null;
  return {
    project: first.milestone.projectName,
    milestone: first.milestone.name,
    currentOn: first.milestone.currentOn,
    ...latest(first, digests),
    isWaiting: first.isWaiting,
    criticality: milestones.length > 1 ? first.criticality : null,
  };
}

/** Where not all that it waits for is among these projects, its own digest knows more of it. */
function latest(
  { milestone, f85On, f85Beyond }: DecisiveMilestone,
  digests: readonly ProjectDigest[],
): Pick<CriticalDate, 'f85On' | 'f85Beyond'> {
  const health = digests.find(({ project }) => project.id === milestone.project)?.health;
  const later = health?.about && milestone.id === milestoneId(milestone.project, health.about.id) ? health.later : null;
  const isLater = later && f85On !== null && (later.p85On === null || later.p85On > f85On);
  return isLater ? { f85On: later.p85On, f85Beyond: later.beyond } : { f85On, f85Beyond };
}

function threadGroups(
  groups: readonly PortfolioPart[],
  { projects, calendar, longest }: Pick<PortfolioInput, 'projects' | 'calendar'> & { readonly longest: number },
): readonly PortfolioGroup[] {
  const entries = new Map(projects.map((entry) => [entry.digest.project.id, entry]));
  return groups.slice(0, mostGroups).map(({ name, digests }) => ({
    name,
    projects: digests.slice(0, longest),
    more: Math.max(0, digests.length - longest),
    rollUp: rollUpOf(
      digests.flatMap(({ project }) => entries.get(project.id) ?? []),
      calendar,
    ),
  }));
}

function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a.localeCompare(b);
}

function isQuiet(digest: Omit<PortfolioDigest, 'isQuiet'>): boolean {
  const { lines, moves, turned, decisions, ripples, conflicts, cycles, counts, stale, trust } = digest;
  const isGreen = counts.current.green === counts.baseline.green && lines.length > 0 && digest.more.all === 0;
  const isAllGreen = isGreen && counts.current.green === lines.length;
  const lists = [moves, turned, decisions, ripples, conflicts, cycles, stale, trust.failedSources];
  return isAllGreen && lists.every(({ length }) => length === 0);
}
