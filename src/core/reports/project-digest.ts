import { assess } from '../findings/assess.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import { budgetLine } from './budget-line.ts';
import { scopeChanges } from './scope-line.ts';
import { itemChanges } from './item-changes.ts';
import { movesIn } from './move-line.ts';
import { nextMilestones, sprintsNow } from './coming.ts';
import { decidingMilestone } from '../metrics/milestones/deciding-milestone.ts';
import { decisionsOf } from './decisions.ts';
import { detailsOf } from './digest-details.ts';
import type { DigestInput } from './digest-input.ts';
import { deliveryLines } from './delivery-line.ts';
import { withDistinctMilestones } from '../metrics/milestones/distinct-milestones.ts';
import { closedSprints, releasedIn } from './ended.ts';
import { foldByRule } from './finding-line.ts';
import { honestyLine } from './honesty-line.ts';
import { leftAlerts, leftFirst } from './left-alerts.ts';
import { createRefs } from './item-ref.ts';
import { laterLine } from './later-line.ts';
import { milestoneLine } from './milestone-line.ts';
import { isQuiet } from './quiet.ts';
import type { ProjectDigest } from './project-report.ts';
import type { MoveLine } from './move-line.ts';
import { createUntold } from './untold.ts';

/** The digest of one project: facts known at as-of only, the same bytes whenever it is made. */
export function buildProjectDigest(given: DigestInput): ProjectDigest {
  const input = { ...given, metrics: withDistinctMilestones(given.metrics) };
  const { view, metrics, previous, since, thresholds } = input;
  const refOf = createRefs(view, input.urlOf);
  const about = decidingMilestone(metrics.milestones, view);
  const findings = assess({ view, metrics, previous: previous?.metrics ?? null, thresholds });
  const decisions = decisionsOf({
    view,
    about,
    milestones: metrics.milestones,
    findings,
    later: given.later,
    thresholds,
    refOf,
  });
  const told = metrics.milestones.filter(({ kind }) => kind !== 'item');
  const moves = largestFirst(movesIn(told, since, metrics.asOf), about);
  const scope = scopeChanges(view, { metrics, about, since, thresholds, refOf }).slice(0, thresholds.digest.next);
  const sprints = sprintsNow(input, findings);
  const released = releasedIn(told, input);
  const { notes = [] } = input;
  const untold = leftFirst(findings.filter(createUntold({ about, decisions, scope, sprints })), notes);
  const digest: Omit<ProjectDigest, 'isQuiet'> = {
    kind: 'project-digest',
    project: { id: metrics.project, name: metrics.name },
    asOf: metrics.asOf,
    zone: input.zone.name,
    since,
    health: {
      baseline: about?.health.baseline.colour ?? 'unknown',
      current: about?.health.current.colour ?? 'unknown',
      previous: coloursBefore(previous?.metrics ?? null, about),
      reasons: about?.health.reasons ?? ['NO_MILESTONE'],
      ...heldByOf(about),
      about: about && milestoneLine(about, metrics, view),
      later: laterLine(given.later, refOf),
      isWayAsked: decisions.slice(0, thresholds.digest.decisions).some(({ question }) => question === 'REDATE_OR_CUT'),
    },
    moves: moves.slice(0, thresholds.digest.next),
    moreMoves: Math.max(0, moves.length - thresholds.digest.next),
    scope,
    ...itemChanges(view, since, refOf, thresholds.digest.listed),
    released: released.slice(-thresholds.digest.next),
    moreReleased: Math.max(0, released.length - thresholds.digest.next),
    usualWeek: metrics.figures.throughputPerWeek.value?.median ?? null,
    cycleTimeP85: {
      now: metrics.figures.cycleTimeDays.value?.p85 ?? null,
      before: previous?.metrics.figures.cycleTimeDays.value?.p85 ?? null,
    },
    decisions: decisions.slice(0, thresholds.digest.decisions),
    next: { milestones: nextMilestones(told, about, input), sprints },
    closedSprints: closedSprints(input),
    lookAt: foldByRule(untold, refOf).slice(0, thresholds.digest.lookAt),
    leftAlerts: leftAlerts(notes),
    budget: budgetLine(input),
    delivery: deliveryLines(input),
    details: detailsOf(input, { about, told, moves, findings, decisions, refOf }),
    trust: metrics.trust,
    honesty: honestyLine(input),
  };
  const { later } = digest.health;
  const isHeldUp = later !== null && (later.p85On === null || later.p85On > (about?.currentOn ?? ''));
  return { ...digest, isQuiet: !isHeldUp && isQuiet(digest, untold, input) };
}

function largestFirst(moves: readonly MoveLine[], about: MilestoneFigures | null): readonly MoveLine[] {
  const sizeOf = ({ milestone, workingDays }: MoveLine) =>
    milestone === about?.name ? Infinity : Math.abs(workingDays ?? 0);
  return [...moves].sort((a, b) => (sizeOf(a) === sizeOf(b) ? 0 : sizeOf(b) - sizeOf(a)));
}

function heldByOf(about: MilestoneFigures | null): Pick<ProjectDigest['health'], 'heldBy'> {
  const heldBy = about?.health.current.heldBy ?? about?.health.baseline.heldBy;
  return heldBy ? { heldBy } : {};
}

function coloursBefore(previous: Metrics | null, about: MilestoneFigures | null): ProjectDigest['health']['previous'] {
  const before = previous?.milestones.find(({ id }) => id === about?.id);
  return before ? { baseline: before.health.baseline.colour, current: before.health.current.colour } : null;
}
