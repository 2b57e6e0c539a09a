import type { Colour } from '../metrics/milestone-figures.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import type { ColourChange, PortfolioDecision, PortfolioDigest, PortfolioMove } from './portfolio-report.ts';
import type { ProjectDigest } from './project-report.ts';

/** Dates that moved in any project, the longest moves first. */
export function movesIn(digests: readonly ProjectDigest[], most: number): Pick<PortfolioDigest, 'moves' | 'moreMoves'> {
  const moves: PortfolioMove[] = digests.flatMap(({ project, moves: own }) =>
    own.map((move) => ({ ...move, project: project.name })),
  );
  moves.sort((a, b) => Math.abs(b.workingDays ?? 0) - Math.abs(a.workingDays ?? 0));
  const hidden = digests.reduce((sum, { moreMoves }) => sum + moreMoves, 0);
  return { moves: moves.slice(0, most), moreMoves: Math.max(0, moves.length - most) + hidden };
}

const clocks = ['baseline', 'current'] as const;
const badness: Readonly<Record<Colour, number>> = { red: 3, amber: 2, unknown: 1, green: 0 };

/** Projects whose colour has changed since the last report: those that went worse first. */
export function turnedIn(
  digests: readonly ProjectDigest[],
  most: number,
): Pick<PortfolioDigest, 'turned' | 'moreTurned'> {
  const turned: ColourChange[] = digests.flatMap(({ project, health }) =>
    clocks.flatMap((clock) => {
      const from = health.previous?.[clock];
      return from === undefined || from === health[clock]
        ? []
        : [{ project: project.name, clock, from, to: health[clock] }];
    }),
  );
  turned.sort((a, b) => badness[b.to] - badness[b.from] - (badness[a.to] - badness[a.from]));
  return { turned: turned.slice(0, most), moreTurned: Math.max(0, turned.length - most) };
}

/** The first question of every project, the worst project first; then the second ones, and so on. */
export function decisionsIn(
  digests: readonly ProjectDigest[],
  { digest: { decisions: most, listed } }: Thresholds,
): Pick<PortfolioDigest, 'decisions' | 'moreDecisions'> & { readonly rest: readonly PortfolioDecision[] } {
  const placed = digests.flatMap(({ project, decisions, details }) =>
    [...decisions, ...details.decisions].map((decision, rank) => ({
      rank,
      decision: { ...decision, project: project.name },
    })),
  );
  const all = placed.sort((a, b) => a.rank - b.rank).map(({ decision }) => decision);
  return {
    decisions: all.slice(0, most),
    moreDecisions: Math.max(0, all.length - most),
    rest: all.slice(most, most + listed),
  };
}

/** The nearest dates of all projects. */
export function nextIn(
  digests: readonly ProjectDigest[],
  {
    calendar,
    today,
    thresholds,
  }: { readonly calendar: Calendar; readonly today: Day; readonly thresholds: Thresholds },
): PortfolioDigest['next'] {
  const until = calendar.add(today, thresholds.digest.nextWorkingDays);
  return digests
    .flatMap(({ project, health, next }) =>
      [...(health.about ? [health.about] : []), ...next.milestones].map((milestone) => ({
        project: project.name,
        milestone,
      })),
    )
    .filter(({ milestone: { currentOn } }) => currentOn !== null && currentOn >= today && currentOn <= until)
    .sort(
      (a, b) =>
        a.milestone.currentOn!.localeCompare(b.milestone.currentOn!) ||
        a.project.localeCompare(b.project) ||
        a.milestone.id.localeCompare(b.milestone.id),
    )
    .slice(0, thresholds.digest.next);
}
