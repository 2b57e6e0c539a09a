import { coloursOf, evaluationsOf, withDependencies } from '../metrics/milestones/health.ts';
import type { Evaluation } from '../metrics/milestones/health.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import type { Milestone } from '../metrics/milestones/milestones.ts';
import { measureSlip } from '../metrics/milestones/slip.ts';
import type { Wish } from '../metrics/milestones/prospect.ts';
import type { RagThresholds } from '../metrics/milestones/rag.ts';
import type { Standing } from '../metrics/milestones/standing.ts';
import { laterOf } from '../time/day.ts';
import { isDoneAt } from '../view/item-clock.ts';
import { keysOf } from '../view/item-key.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import { buffersOf } from '../metrics/milestones/planned-buffer.ts';
import { proveDistance } from './distance-proof.ts';
import { provePortion } from './prove-forecast.ts';
import { proveTeams } from './prove-teams.ts';
import { workingDayBefore } from './working-day-before.ts';
import type {
  ForecastProof,
  GreenProof,
  HealthProof,
  MilestoneExplanation,
  PromiseProof,
  ScopeProof,
} from './milestone-explanation.ts';
import { headOf } from './explanation-head.ts';
import { sum } from '../metrics/statistics.ts';

export interface MilestoneQuestion {
  readonly figures: MilestoneFigures;
  readonly definitions: string;
  readonly thresholds: RagThresholds;
}

/**
 * Where each number of a milestone comes from (metrics.md 1.1, 3.3, 4.6): its dates, the days between them, its items,
 * the weeks behind the forecast and the evaluations behind the colours. The same functions as for the figures give it.
 */
export function explainMilestone(view: ProjectView, question: MilestoneQuestion): MilestoneExplanation {
  const { figures, thresholds } = question;
  const { openKeys: _, ...milestone } = figures;
  const all = milestonesOf(view);
  const subject = all.find(({ id }) => id === figures.id)!;
  const evaluations = [...evaluationsOf(view, all)];
  const now = evaluations.at(-1)!;
  const standing = now.standings.find((one) => one.milestone.id === figures.id) ?? null;
  const promise = provePromise(view, subject, figures);
  return {
    kind: 'milestone-explanation',
    ...headOf(view, question),
    milestone,
    promise,
    slip: proveSlip(view, figures),
    scope: proveScope(view, subject, promise),
    forecast: standing === null ? null : proveForecast(view, { standing, now, figures }),
    ...(standing === null ? {} : proveTeams(view, { standing, now, figures })),
    buffer: standing === null ? null : buffersOf(view)(figures),
    green: standing === null ? null : proveGreen(view, { standing, now, figures }, thresholds),
    health: standing === null ? null : proveHealth(view, evaluations, { subject, thresholds }),
  };
}

function provePromise(view: ProjectView, subject: Milestone, { committedOn }: MilestoneFigures): PromiseProof {
  const { dates: history, commitments, startOn, finishedOn } = subject;
  const { committedAt } = measureSlip({ history, commitments, startOn, finishedOn, asOf: view.asOf }, view.calendar);
  return {
    committedAt: committedOn === null ? null : committedAt,
    dates: history.filter(({ at }) => at <= view.asOf).map(({ at, on, by }) => ({ at, on, by: by ?? null })),
  };
}

function proveSlip({ calendar, today }: ProjectView, figures: MilestoneFigures): MilestoneExplanation['slip'] {
  const { committedOn, currentOn, finishedOn, slipCommitted, slipLast, replanGloss } = figures;
  const reachedOn = finishedOn ?? (currentOn === null ? null : laterOf(currentOn, today));
  return {
    committed: slipCommitted === null ? null : proveDistance(calendar, committedOn, reachedOn),
    last: slipLast === null ? null : proveDistance(calendar, currentOn, reachedOn),
    gloss: replanGloss === null ? null : proveDistance(calendar, committedOn, currentOn),
  };
}

function proveScope(view: ProjectView, { scopeAt }: Milestone, { committedAt }: PromiseProof): ScopeProof {
  const scope = scopeAt(view.asOf);
  const isDone = (item: ItemView) => isDoneAt(item, view.asOf);
  const promised = committedAt === null ? null : new Set(scopeAt(committedAt));
  const now = new Set(scope);
  return {
    done: keysOf(scope.filter(isDone)),
    open: keysOf(scope.filter((item) => !isDone(item))),
    enteredSince: promised && keysOf(scope.filter((item) => !promised.has(item))),
    leftSince: promised && keysOf([...promised].filter((item) => !now.has(item))),
  };
}

interface ForecastParts {
  readonly standing: Standing;
  readonly now: Evaluation;
  readonly figures: MilestoneFigures;
}

/** Of a milestone that is forecast as one. */
function proveForecast(view: ProjectView, { standing, now, figures }: ForecastParts): ForecastProof | null {
  const prospect = now.prospectOf(standing);
  const [portion] = prospect.portions;
  if (figures.forecast === null || prospect.portions.length > 1) return null;
  return provePortion(view, now.at, { portion: portion!, dates: figures.forecast });
}

/** The same chances as those that the search for the date and the cut went by (`greenIfOf`). */
function proveGreen(
  view: ProjectView,
  { standing, now, figures }: ForecastParts,
  { green, hysteresis }: RagThresholds,
): GreenProof | null {
  const wanted = figures.greenIf.current;
  const dueOn = standing.dueOn.current;
  const prospect = now.prospectOf(standing);
  if (wanted === null || dueOn === null || prospect.noForecast !== null) return null;
  const { dueOn: on, itemsOut } = wanted;
  const there: Wish = on === null ? { clock: 'current' } : { clock: 'current', datedOn: on };
  const before = on === null ? null : workingDayBefore(view, on);
  return {
    level: Number((green + hysteresis).toFixed(12)),
    date:
      on === null || before === null
        ? null
        : {
            on,
            chance: prospect.chance(there, on),
            before: { on: before, chance: prospect.chance(there, before) },
            need: sum(prospect.needs(there)),
          },
    cut:
      itemsOut === null || itemsOut === 0 || itemsOut === wanted.openItems
        ? null
        : {
            items: itemsOut,
            chance: prospect.chance({ clock: 'current', out: itemsOut }, dueOn),
            withOneLess: prospect.chance({ clock: 'current', out: itemsOut - 1 }, dueOn),
          },
  };
}

interface HealthParts {
  readonly subject: Milestone;
  readonly thresholds: RagThresholds;
}

/** Null when no chance could be said on any of the evenings: there is nothing to show. */
function proveHealth(
  view: ProjectView,
  evaluations: readonly Evaluation[],
  { subject, thresholds }: HealthParts,
): HealthProof | null {
  // The colour of an evaluation follows from all before it: each line is the series up to it.
  const lines = evaluations.flatMap((evaluation, index) => {
    const { today } = evaluation;
    const told = coloursOf(evaluations.slice(0, index + 1), thresholds);
    const isLast = index === evaluations.length - 1;
    const health = (isLast ? withDependencies(told, view, evaluation) : told).get(subject);
    return health ? [{ on: today, baseline: health.baseline, current: health.current }] : [];
  });
  const isKnown = lines.some(({ baseline, current }) => baseline.probability !== null || current.probability !== null);
  return isKnown ? { thresholds, evaluations: lines } : null;
}
