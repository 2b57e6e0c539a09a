import type { Metrics } from '../metrics.ts';
import type { MilestoneFigures } from '../milestone-figures.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import type { ProjectView } from '../../view/view.ts';
import { measureBuffer } from './buffer.ts';
import type { BufferZone } from './buffer.ts';
import { evaluationAt } from './health.ts';
import type { Evaluation } from './health.ts';
import { promisesOf } from './promised.ts';
import { milestonesOf } from './milestones.ts';
import type { Milestone } from './milestones.ts';

/** Buffer that a promise had over the even-odds forecast of the day it was made, and what is used of it (metrics.md 1.7). */
export interface PlannedBuffer {
  readonly committedAt: Instant;
  readonly promisedOn: Day;
  /** Dates of even odds: as forecast when it was promised, and now. */
  readonly forecastThenOn: Day;
  readonly forecastNowOn: Day;
  /** Working days from the forecast of then to the promise; not above 0: no buffer was planned (`noBufferPlanned`). */
  readonly bufferDays: number;
  /** Working days by which the forecast is later now, below 0 earlier. */
  readonly usedDays: number;
  /** usedDays / bufferDays, never below 0; above 1 is more than all of it. Null where none was planned. */
  readonly penetration: number | null;
  /** Items of its scope that are done, and all of them: the chain of work that the buffer stands behind. */
  readonly doneItems: number;
  readonly items: number;
  /** Where that puts it on the fever chart; null where no buffer was planned. */
  readonly zone: BufferZone | null;
  readonly flags: readonly string[];
}

export type BufferOf = (figures: MilestoneFigures) => PlannedBuffer | null;

/** Forecasts of the past cost time: rules ask about so many milestones, those whose promises come first. */
const mostAsked = 8;

/** The open milestones whose buffers rules ask about; items with dates of their own have none. */
export function milestonesWithBuffers({ milestones }: Metrics): readonly MilestoneFigures[] {
  return milestones
    .filter(({ kind, state, committedOn }) => kind !== 'item' && state === 'open' && committedOn !== null)
    .sort((a, b) => a.committedOn!.localeCompare(b.committedOn!) || a.id.localeCompare(b.id))
    .slice(0, mostAsked);
}

const known = new WeakMap<ProjectView, BufferOf>();

/**
 * The buffer of an open milestone in working days (metrics.md 1.7, probabilistic form: the wait from even odds to the
 * promise). Null without a promise, and without a forecast then or now that may be judged by (grade D). It asks the past
 * once more for a forecast, so it is worked out for those who ask about a milestone, and not with the figures; several
 * who ask about one view share the answers.
 */
export function buffersOf(view: ProjectView): BufferOf {
  const before = known.get(view);
  if (before) return before;
  const made = createBuffers(view);
  known.set(view, made);
  return made;
}

function createBuffers(view: ProjectView): BufferOf {
  const answers = new Map<string, PlannedBuffer | null>();
  // Milestones that were dated at once, as all are by the first pull, are asked about one after the other; an evaluation
  // of 100,000 items is some megabytes, so that only the last one is kept.
  let last: Evaluation | null = null;
  let all: readonly Milestone[] | null = null;
  return (figures) => {
    const answered = answers.get(figures.id);
    if (answered !== undefined) return answered;
    const answer = bufferOf(view, figures, (at) => {
      all ??= milestonesOf(view);
      if (at !== null && last?.at !== at) last = evaluationAt(view, all, at);
      return { milestones: all, evaluation: last };
    });
    answers.set(figures.id, answer);
    return answer;
  };
}

type Past = (at: Instant | null) => {
  readonly milestones: readonly Milestone[];
  readonly evaluation: Evaluation | null;
};

function bufferOf(view: ProjectView, figures: MilestoneFigures, past: Past): PlannedBuffer | null {
  const { id, committedOn: promisedOn, forecast, forecastGrade, doneItems, openItems } = figures;
  const forecastNowOn = forecast?.p50 ?? null;
  if (promisedOn === null || forecastNowOn === null || forecastGrade === 'D') return null;
  const milestone = past(null).milestones.find((one) => one.id === id);
  const committedAt = milestone ? promisesOf(view, [milestone])[0]!.slip.committedAt : null;
  if (committedAt === null) return null;
  const forecastThenOn = evenOddsOn(past(committedAt).evaluation!, id);
  if (forecastThenOn === null) return null;
  const { calendar } = view;
  const bufferDays = calendar.distance(forecastThenOn, promisedOn);
  const usedDays = calendar.distance(forecastThenOn, forecastNowOn);
  const items = doneItems + openItems;
  const buffer = measureBuffer({ bufferDays, usedDays, chainDays: items, remainingChainDays: openItems });
  return {
    committedAt,
    promisedOn,
    forecastThenOn,
    forecastNowOn,
    bufferDays,
    usedDays,
    penetration: buffer?.penetration ?? null,
    doneItems,
    items,
    zone: buffer?.zone ?? null,
    flags: buffer === null ? ['noBufferPlanned'] : [],
  };
}

/** The date of even odds as it was forecast then; null where nothing was open, or nothing could be said. */
function evenOddsOn({ standings, prospectOf }: Evaluation, id: string): Day | null {
  const standing = standings.find(({ milestone }) => milestone.id === id);
  if (!standing || standing.open.length === 0) return null;
  const prospect = prospectOf(standing);
  if (prospect.noForecast !== null || prospect.grade === 'D') return null;
  return prospect.when({ clock: 'current' }, [0.5])[0] ?? null;
}
