import { assess } from '../findings/assess.ts';
import type { Finding } from '../findings/finding.ts';
import type { Thresholds } from '../findings/thresholds.ts';
import type { Metrics, MilestoneFigures } from '../metrics/metrics.ts';
import type { ProjectView } from '../metrics/view.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import type { Zone } from '../time/zone.ts';
import { itemChanges, movesIn, movesOf, scopeChanges } from './changes.ts';
import { decidingMilestone } from './deciding-milestone.ts';
import { decisionsOf } from './decisions.ts';
import { withDistinctMilestones } from './distinct-milestones.ts';
import { findingLine, foldByRule } from './finding-line.ts';
import { createRefs, listingOf } from './item-ref.ts';
import type { RefOf } from './item-ref.ts';
import { milestoneLine } from './milestone-line.ts';
import { openItemLines } from './open-item-lines.ts';
import type {
  Decision,
  MilestoneLine,
  MoveLine,
  ProjectDigest,
  RunningSprintLine,
  ScopeLine,
  SprintLine,
} from './report.ts';
import { runningSprints, sprintLine } from './sprint-line.ts';

export interface DigestInput {
  readonly view: ProjectView;
  readonly metrics: Metrics;
  /** The same project at `since`; null when it was not there yet. */
  readonly previous: { readonly view: ProjectView; readonly metrics: Metrics } | null;
  readonly since: Instant;
  /** Where the reader is: the times of the digest are told in it. */
  readonly zone: Zone;
  readonly thresholds: Thresholds;
  readonly urlOf: (key: ItemKey) => string | null;
}

/** Told by other lines of the digest: the moves, the decisions and the trust line. */
const toldElsewhere = new Set(['MILESTONE_MOVED', 'RELEASED_WITH_OPEN_ITEMS', 'REOPENED']);
const toldByTrustLine = new Set(['NO_DATA', 'CUT_HISTORIES', 'UNMAPPED_STATUSES']);

/** The digest of one project: facts known at as-of only, the same bytes whenever it is made. */
export function buildProjectDigest(given: DigestInput): ProjectDigest {
  const input = { ...given, metrics: withDistinctMilestones(given.metrics) };
  const { view, metrics, previous, since, thresholds } = input;
  const refOf = createRefs(view, input.urlOf);
  const about = decidingMilestone(metrics.milestones, view);
  const findings = assess({ view, metrics, previous: previous?.metrics ?? null, thresholds });
  const decisions = decisionsOf({ view, about, findings, thresholds, refOf });
  const told = metrics.milestones.filter(({ kind }) => kind !== 'item');
  const moves = largestFirst(movesIn(told, since, metrics.asOf), about);
  const scope = scopeChanges(view, { metrics, about, since, thresholds, refOf }).slice(0, thresholds.digest.next);
  const sprints = sprintsNow(input, findings);
  const released = releasedIn(told, input);
  const isUntold = createUntold({ about, decisions, scope, sprints });
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
      about: about && milestoneLine(about, metrics, view),
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
    lookAt: foldByRule(findings.filter(isUntold), refOf).slice(0, thresholds.digest.lookAt),
    details: detailsOf(input, { about, told, moves, findings, decisions, refOf }),
    trust: metrics.trust,
  };
  return { ...digest, isQuiet: isQuiet(digest) && !hasNewTrouble(input, findings.filter(isUntold)) };
}

/** Something serious that was not there at the last report; what people know and live with breaks no quiet. */
function hasNewTrouble({ previous, thresholds }: DigestInput, findings: readonly Finding[]): boolean {
  const serious = findings.filter(({ severity }) => severity === 'high');
  if (serious.length === 0 || !previous) return serious.length > 0;
  const before = assess({ ...previous, previous: null, thresholds });
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  return serious.some(({ fingerprint }) => !known.has(fingerprint));
}

function largestFirst(moves: readonly MoveLine[], about: MilestoneFigures | null): readonly MoveLine[] {
  const sizeOf = ({ milestone, workingDays }: MoveLine) =>
    milestone === about?.name ? Infinity : Math.abs(workingDays ?? 0);
  return [...moves].sort((a, b) => (sizeOf(a) === sizeOf(b) ? 0 : sizeOf(b) - sizeOf(a)));
}

function coloursBefore(previous: Metrics | null, about: MilestoneFigures | null): ProjectDigest['health']['previous'] {
  const before = previous?.milestones.find(({ id }) => id === about?.id);
  return before ? { baseline: before.health.baseline.colour, current: before.health.current.colour } : null;
}

function releasedIn(
  milestones: readonly MilestoneFigures[],
  { view, metrics, previous, since }: DigestInput,
): readonly MilestoneLine[] {
  const sinceOn = view.calendar.zone.dayAt(since);
  const told = new Set(previous?.metrics.milestones.filter(({ state }) => state === 'finished').map(({ id }) => id));
  return milestones
    .filter(({ id, finishedOn }) => finishedOn !== null && finishedOn >= sinceOn && !told.has(id))
    .sort((a, b) => a.finishedOn!.localeCompare(b.finishedOn!) || a.id.localeCompare(b.id))
    .map((milestone) => milestoneLine(milestone, metrics, view));
}

function nextMilestones(
  told: readonly MilestoneFigures[],
  about: MilestoneFigures | null,
  { view, metrics, thresholds }: DigestInput,
): readonly MilestoneLine[] {
  const until = view.calendar.add(view.today, thresholds.digest.nextWorkingDays);
  return told
    .filter(
      ({ id, state, currentOn }) =>
        id !== about?.id && state === 'open' && currentOn !== null && currentOn >= view.today && currentOn <= until,
    )
    .sort((a, b) => a.currentOn!.localeCompare(b.currentOn!) || a.id.localeCompare(b.id))
    .slice(0, thresholds.digest.next)
    .map((milestone) => milestoneLine(milestone, metrics, view));
}

function sprintsNow(
  { view, metrics, thresholds }: DigestInput,
  findings: readonly Finding[],
): readonly RunningSprintLine[] {
  const atRisk = new Set(findings.filter(({ rule }) => rule === 'SPRINT_AT_RISK').map(({ subject }) => subject));
  return runningSprints(metrics)
    .slice(0, thresholds.digest.next)
    .flatMap((sprint) => {
      const line = sprintLine(sprint, view.calendar.zone);
      return line ? [{ ...line, isAtRisk: atRisk.has(sprint.id) }] : [];
    });
}

function closedSprints({ view, metrics, since, thresholds }: DigestInput): ProjectDigest['closedSprints'] {
  return metrics.sprints
    .filter(({ state, completedAt }) => state === 'closed' && completedAt !== null && completedAt > since)
    .flatMap((sprint) => {
      const line = sprintLine(sprint, view.calendar.zone);
      return line && line.done + line.open > 0
        ? [{ ...line, sayDo: sprint.grade === 'D' ? null : sprint.totals!.sayDo.count }]
        : [];
    })
    .slice(-thresholds.digest.next);
}

interface Told {
  readonly about: MilestoneFigures | null;
  readonly decisions: readonly Decision[];
  readonly scope: readonly ScopeLine[];
  readonly sprints: readonly SprintLine[];
}

/** What no other line of the digest says. */
function createUntold({ about, decisions, scope, sprints }: Told): (finding: Finding) => boolean {
  const asked = new Set(decisions.flatMap(({ items }) => items.map(({ key }) => key)));
  return ({ rule, subject, severity, reasons, facts }) => {
    if (toldElsewhere.has(rule) || severity === 'info' || severity === 'low' || asked.has(subject)) return false;
    if (rule === 'LOW_TRUST') return !reasons.every((reason) => toldByTrustLine.has(reason));
    if (rule === 'SCOPE_GROWTH') return !scope.some(({ milestone }) => milestone === facts['milestone']);
    if (rule === 'SPRINT_AT_RISK') return !sprints.some(({ name }) => name === facts['sprint']);
    return !(subject === about?.id && (rule === 'PROMISE_GAP' || rule === 'MILESTONE_OVERDUE'));
  };
}

interface Parts {
  readonly about: MilestoneFigures | null;
  readonly told: readonly MilestoneFigures[];
  readonly moves: readonly MoveLine[];
  readonly findings: readonly Finding[];
  readonly decisions: readonly Decision[];
  readonly refOf: RefOf;
}

function detailsOf({ view, metrics, thresholds }: DigestInput, parts: Parts): ProjectDigest['details'] {
  const { about, told, moves, findings, decisions, refOf } = parts;
  const { listed } = thresholds.digest;
  const open = told.filter((milestone) => milestone.id === about?.id || isWorthARow(milestone, view));
  const byDate = [...open].sort(
    (a, b) => (a.currentOn ?? '9').localeCompare(b.currentOn ?? '9') || a.id.localeCompare(b.id),
  );
  return {
    openItems: about && listingOf(openItemLines(about.openKeys, view, refOf), listed),
    moves: moves.length > thresholds.digest.next ? moves : [],
    ledger: about ? movesOf(about) : [],
    decisions: decisions.slice(thresholds.digest.decisions),
    findings: listingOf(
      findings.map((finding) => findingLine(finding, refOf)),
      listed,
    ),
    milestones: listingOf(
      byDate.map((milestone) => milestoneLine(milestone, metrics, view)),
      listed,
    ),
  };
}

/**
 * Open, with a date or work in it. Of a version that no pull had seen by then it is not known that it was there at all:
 * it may have been made years later, for items without a history.
 */
function isWorthARow({ id, kind, state, currentOn, openItems }: MilestoneFigures, view: ProjectView): boolean {
  if (state !== 'open' || (openItems === 0 && currentOn === null)) return false;
  if (kind !== 'version' || currentOn !== null) return true;
  const version = view.versions.find((seen) => seen.version.id === id);
  return version?.isSeen === true || view.counted.some((item) => item.isComplete && item.fixVersionIds.includes(id));
}

/** Nothing moved, nothing to decide, no other colour, and all of it green: one line is enough. */
function isQuiet({
  health,
  moves,
  decisions,
  released,
  closedSprints,
  trust,
}: Omit<ProjectDigest, 'isQuiet'>): boolean {
  const { previous } = health;
  const isSame = previous === null || (previous.baseline === health.baseline && previous.current === health.current);
  const happened = moves.length + decisions.length + released.length + closedSprints.length;
  return (
    isSame &&
    trust.failedSources.length === 0 &&
    happened === 0 &&
    health.baseline === 'green' &&
    health.current === 'green'
  );
}
