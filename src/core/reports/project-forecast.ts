import { howMany } from '../metrics/forecast/forecast.ts';
import { gridFrom } from '../metrics/forecast/outlook.ts';
import type { Outlook } from '../metrics/forecast/outlook.ts';
import { horizonTo } from '../metrics/forecast/when.ts';
import { evaluationAt } from '../metrics/milestones/health.ts';
import type { Evaluation } from '../metrics/milestones/health.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { Day } from '../time/day.ts';
import type { AnswerInput } from './answer-input.ts';
import { aboutProject } from './answer-input.ts';
import { withDistinctMilestones } from '../metrics/milestones/distinct-milestones.ts';
import { milestoneLine } from './milestone-line.ts';
import type { ProjectForecast } from './project-answers.ts';
import { milestonesCalled } from './milestones-called.ts';
import { isWorthARow } from './worth-a-row.ts';

export interface ForecastQuestion {
  /** Name or id of one milestone; null for all. */
  readonly milestone: string | null;
  readonly by: Day | null;
  readonly items: number | null;
}

const mostMilestones = 8;

/**
 * Dates with their odds; how much is done by a day; when so many items are. Null when no milestone is called so. A day
 * that is over, and a history that is too short, are told and not guessed. `evaluation` is that of as-of.
 */
export function buildProjectForecast(
  input: AnswerInput,
  question: ForecastQuestion,
  evaluation: Evaluation = evaluationAt(input.view, milestonesOf(input.view), input.view.asOf),
): ProjectForecast | null {
  const { view } = input;
  const metrics = withDistinctMilestones(input.metrics);
  const open = metrics.milestones
    .filter((milestone) => milestone.kind !== 'item' && isWorthARow(milestone, view))
    .sort((a, b) => (a.currentOn ?? '9').localeCompare(b.currentOn ?? '9') || a.id.localeCompare(b.id));
  const asked = question.milestone === null ? open : milestonesCalled(metrics.milestones, question.milestone);
  if (asked.length === 0 && question.milestone !== null) return null;
  const told = asked.slice(0, mostMilestones);
  const { outlook } = evaluation;
  return {
    kind: 'project-forecast',
    ...aboutProject(input),
    milestones: told.map((milestone) => milestoneLine(milestone, metrics, view)),
    historyWeeks: outlook.weeks,
    noForecast: outlook.noForecast,
    by: question.by === null ? null : doneBy(input, evaluation, { on: question.by, told }),
    items: question.items === null || outlook.pace === null ? null : datesOf(outlook, question.items),
  };
}

function doneBy(
  { view }: AnswerInput,
  { outlook, standings, prospectOf }: Evaluation,
  { on, told }: { readonly on: Day; readonly told: readonly MilestoneFigures[] },
): ProjectForecast['by'] {
  const { supply } = outlook;
  if (supply === null) return null;
  const horizon = horizonTo(on, gridFrom(view.calendar, view.asOf));
  const count = (chance: number) => (horizon.weeks > 0 ? howMany(supply, outlook.levelOf(chance, on), horizon) : 0);
  return {
    on,
    p50: count(0.5),
    p85: count(0.85),
    // What each waits for comes first, as in its own date: the two must not contradict each other.
    milestones: told.flatMap(({ id, name, state, openItems }) => {
      const standing = standings.find(({ milestone }) => milestone.id === id);
      if (!standing || state !== 'open' || openItems === 0) return [];
      const prospect = prospectOf(standing);
      return prospect.noForecast === null ? { name, openItems, chance: prospect.chance({ clock: 'current' }, on) } : [];
    }),
  };
}

function datesOf(outlook: Outlook, count: number): ProjectForecast['items'] {
  const [p50, p85, p95] = outlook.when(count, [0.5, 0.85, 0.95]);
  return { count, p50: p50 ?? null, p85: p85 ?? null, p95: p95 ?? null };
}
