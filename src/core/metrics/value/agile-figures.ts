import { compareKeys, keysOf } from '../../view/item-key.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Figure, Grade } from '../figure.ts';
import type { AgileFigures, AgileSummary, VelocityRange } from '../figures.ts';
import { gradeOf, gradeOfGaps, share, worse } from '../grade.ts';
import type { Metrics } from '../metrics.ts';
import type { Promised } from '../milestones/promised.ts';
import { completedIn, velocityOf, velocitySprints } from '../sprints/velocity.ts';
import type { Velocity } from '../sprints/velocity.ts';
import { mainBoardOf } from '../sprints/main-board.ts';
import { agileBasisOf } from './agile-summary.ts';
import type { PlanUnit } from './plan-weights.ts';

/** With fewer sprints behind it a summary is grade C at best, as an earned schedule is (metrics.md 1.4). */
const leastSprints = 3;

/** Velocity and the AgileEVM summary (metrics.md 2.4, 1.5); null with the reason as a flag where no sprints are planned by. */
export function measureAgile(
  view: ProjectView,
  promises: readonly Promised[],
  { milestones, sprints }: Pick<Metrics, 'milestones' | 'sprints'>,
): AgileFigures {
  return { velocity: velocityFigure(view, sprints), agileEvm: summaryFigure(view, { promises, milestones, sprints }) };
}

function velocityFigure(view: ProjectView, sprints: Metrics['sprints']): Figure<VelocityRange> {
  const board = mainBoardOf(sprints, view.asOf);
  const question = board && { ...board, before: Infinity };
  const velocity = question && velocityOf(sprints, question);
  if (question === null || velocity === null) {
    return unknown(board === null ? 'noSprints' : 'truncatedHistories', `${unitOf(view)}/sprint`);
  }
  const counted = velocitySprints(sprints, question);
  const inPoints = velocityInPoints(view, velocity);
  const grades = counted.map(({ grade }) => grade);
  return {
    value: inPoints ?? velocity.count,
    unit: inPoints === null ? 'item/sprint' : 'point/sprint',
    n: velocity.n,
    window: { from: counted[0]!.activatedAt!, to: counted.at(-1)!.completedAt! },
    grade: grades.reduce<Grade>(worse, gradeOf(velocity.n)),
    flags: view.settings.planBy === 'points' && inPoints === null ? ['noPointsDone'] : [],
    evidence: [...new Set(counted.flatMap(completedIn))].sort(compareKeys),
  };
}

/** Null where items are counted: points are said where the project plans by them. */
function velocityInPoints({ settings }: ProjectView, { points }: Velocity): VelocityRange | null {
  return settings.planBy === 'points' ? points : null;
}

function summaryFigure(view: ProjectView, known: Parameters<typeof agileBasisOf>[1]): Figure<AgileSummary> {
  const basis = agileBasisOf(view, known);
  if (typeof basis === 'string') return unknown(basis, unitOf(view));
  const { plan, sprints, added, promisedAt, summary } = basis;
  const planned = plan.planned.map(({ item }) => item);
  const n = planned.length;
  const cut = planned.filter(({ isComplete }) => !isComplete).length;
  const bySprints: Grade = sprints.length < leastSprints ? 'C' : 'A';
  return {
    value: summary,
    unit: plan.unit,
    n,
    window: { from: promisedAt, to: sprints.at(-1)!.completedAt },
    grade: [gradeOf(n, share(plan.imputed.length, n)), gradeOfGaps(share(cut, n))].reduce(worse, bySprints),
    flags: [
      ...plan.flags,
      ...(cut > 0 ? ['truncatedHistories'] : []),
      ...(summary.done === 0 ? ['nothingEarned'] : []),
      ...(summary.doneSprints >= summary.plannedSprints ? ['pastPlannedFinish'] : []),
    ],
    evidence: keysOf([...planned, ...added].sort((a, b) => compareKeys(a.key, b.key))),
  };
}

function unitOf({ settings }: ProjectView): PlanUnit {
  return settings.planBy === 'points' ? 'point' : 'item';
}

function unknown(reason: string, unit: string): Figure<never> {
  return { value: null, unit, n: 0, window: null, grade: 'D', flags: [reason], evidence: [] };
}
