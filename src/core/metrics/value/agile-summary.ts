import type { Day } from '../../time/day.ts';
import { dayNumber } from '../../time/day.ts';
import { dayMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import type { AgileSummary } from '../figures.ts';
import type { SprintFigures } from '../sprint-figures.ts';
import type { MilestoneFigures } from '../milestone-figures.ts';
import { decidingMilestone } from '../milestones/deciding-milestone.ts';
import { withDistinctMilestones } from '../milestones/distinct-milestones.ts';
import type { Promised } from '../milestones/promised.ts';
import { mainBoardOf, middleOf, sprintsInTurn } from '../sprints/main-board.ts';
import type { ClosedSprint } from '../sprints/main-board.ts';
import { median } from '../statistics.ts';
import { agileEvm } from './agile-evm.ts';
import { planWeights } from './plan-weights.ts';
import { planOf } from './plan.ts';
import type { Plan } from './plan.ts';

/** The usual length of a sprint is the median over so many, from one start to the next. */
const usualSprints = 6;

/** What the AgileEVM summary of a project is made from: what the figure and its proof share. */
export interface AgileBasis {
  readonly summary: AgileSummary;
  /** Of the milestone alone, as it was promised. */
  readonly plan: Plan;
  readonly promisedOn: Day;
  readonly committedOn: Day;
  readonly promisedAt: Instant;
  /** Sprints of the main board that ended since the promise, oldest first; never none. */
  readonly sprints: readonly ClosedSprint[];
  /** Days from the promise to its date, both included, and from the start of one sprint to that of the next. */
  readonly days: number;
  readonly sprintDays: number;
  /** In the scope when the newest of the sprints ended without having been promised, and what was done by then. */
  readonly added: readonly ItemView[];
  readonly done: readonly ItemView[];
}

/** Why there is none, as a flag of the figure. */
export type NoAgile = 'noSprints' | 'noPromisedMilestone' | 'baselineUnknown' | 'bornLate' | 'noSprintDone';

interface Known {
  readonly promises: readonly Promised[];
  readonly milestones: readonly MilestoneFigures[];
  readonly sprints: readonly SprintFigures[];
}

/**
 * The release that a project plans by sprints (metrics.md 1.5): the milestone that decides, from its first promise on.
 * All is read at the end of the newest sprint since, so that what is done and the sprints that it took fit together; a
 * sprint counts from the promise on when its middle is. Planned sprints are frozen with the promise: its days over the
 * usual length of a sprint by then, or of the first sprints where there was none yet.
 */
export function agileBasisOf(view: ProjectView, { promises, milestones, sprints }: Known): AgileBasis | NoAgile {
  const board = mainBoardOf(sprints, view.asOf);
  if (board === null) return 'noSprints';
  const about = decidingMilestone(withDistinctMilestones({ milestones }).milestones, view);
  const promised = promises.find(({ milestone }) => milestone.id === about?.id && milestone.kind === about.kind);
  if (promised === undefined || promised.milestone.kind === 'item') return 'noPromisedMilestone';
  const { milestone, slip } = promised;
  const { committedOn, committedAt: promisedAt } = slip;
  if (committedOn === null || promisedAt === null)
    return milestone.isBaselineKnown ? 'noPromisedMilestone' : 'baselineUnknown';
  const promisedOn = view.calendar.zone.dayAt(promisedAt);
  const days = dayNumber(committedOn) - dayNumber(promisedOn) + 1;
  if (days <= 0) return 'bornLate';
  const turn = sprintsInTurn(sprints, board);
  const since = turn.filter((sprint) => middleOf(sprint) >= promisedAt);
  const sprintDays = usualDays(turn, promisedAt);
  if (since.length === 0 || sprintDays === null) return 'noSprintDone';
  let weights = planWeights(view, []);
  const plan = planOf(view, [promised], (planned) => (weights = planWeights(view, planned)));
  const planned = plan.planned.reduce((sum, { weight }) => sum + weight, 0);
  if (planned === 0) return 'noPromisedMilestone';
  const endedAt = since.at(-1)!.completedAt;
  const scope = new Set(milestone.scopeAt(endedAt));
  const added = plan.unbaselined.filter((item) => scope.has(item));
  const all = [
    ...plan.planned.map(({ item, weight }) => ({ item, weight })),
    ...added.map((item) => ({ item, weight: weights.weightOf(item, endedAt) })),
  ];
  const done = all.filter(({ item: { isDelivered, doneAt } }) => isDelivered && doneAt !== null && doneAt <= endedAt);
  const sumOf = (some: typeof all) => some.reduce((sum, { weight }) => sum + weight, 0);
  const counts = {
    planned,
    added: sumOf(all) - planned,
    done: sumOf(done),
    plannedSprints: Math.max(1, Math.round(days / sprintDays)),
    doneSprints: since.length,
  };
  const { expectedComplete, actualComplete, value, sprintsNeeded } = agileEvm({
    plannedPoints: counts.planned,
    addedPoints: counts.added,
    donePoints: counts.done,
    plannedSprints: counts.plannedSprints,
    doneSprints: counts.doneSprints,
    bac: 1,
    ac: null,
  });
  return {
    summary: {
      milestone: milestone.id,
      name: milestone.name,
      ...counts,
      // Known: sprints are planned, and some points.
      expectedComplete: expectedComplete!,
      actualComplete: actualComplete!,
      spi: value!.spi!,
      sprintsNeeded,
      sprints: since.map(({ id }) => id),
    },
    plan,
    promisedOn,
    committedOn,
    promisedAt,
    sprints: since,
    days,
    sprintDays,
    added,
    done: done.map(({ item }) => item),
  };
}

/** From start to start, which counts the days between two sprints as well. Null with one sprint in all. */
function usualDays(turn: readonly ClosedSprint[], by: Instant): number | null {
  const until = turn.filter(({ activatedAt }) => activatedAt <= by);
  const known = until.length > 1 ? until.slice(-usualSprints - 1) : turn.slice(0, usualSprints + 1);
  const lengths = known.slice(1).map(({ activatedAt }, index) => (activatedAt - known[index]!.activatedAt) / dayMs);
  return median(lengths);
}
